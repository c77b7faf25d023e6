package org.superstep.worker;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superstep.graph.Program;
import org.superstep.net.ToPeer;
import org.superstep.net.Transport;

/**
 * What a worker's partitions say to other workers in a superstep, as it leaves. A partition's outboxes are encoded and sent by the thread
 * that has run it, as soon as it has, while other partitions still compute; a partition that has nothing to say to a worker sends it
 * nothing. When all have computed, each worker is told how many outboxes there were.
 */
final class Outboxes {
    private final int worker;
    private final int workers;
    private final Program program;
    private final LocalGraph graph;
    private final Transport transport;
    /** Who hears each partition, by its place. */
    private final List<List<LocalGraph.Subscription>> subscriptions;
    /** By compute thread. */
    private final Departures[] departures;

    private int superstep;
    private int phase;
    private Board board;

    /** What one thread has sent in this superstep. */
    private static final class Departures {
        final RoutedSends routed;
        /** How many outboxes, by receiver. */
        final int[] outboxes;
        long bytes;
        long nanos;

        Departures(int workers) {
            routed = new RoutedSends(workers);
            outboxes = new int[workers];
        }
    }

    Outboxes(int worker, int workers, Program program, LocalGraph graph, int threads, Transport transport) {
        this.worker = worker;
        this.workers = workers;
        this.program = program;
        this.graph = graph;
        this.transport = transport;
        Map<Partition, List<LocalGraph.Subscription>> byPartition =
            graph.subscriptions.stream().collect(Collectors.groupingBy(LocalGraph.Subscription::partition));
        subscriptions = Arrays.stream(graph.partitions).map(partition -> byPartition.getOrDefault(partition, List.of())).toList();
        departures = IntStream.range(0, threads).mapToObj(thread -> new Departures(workers)).toArray(Departures[]::new);
    }

    /** A superstep begins, in which this phase speaks, and whose messages will stand on this board. */
    void begin(int begun, int speaking, Board said) {
        superstep = begun;
        phase = speaking;
        board = said;
        for (Departures thread : departures) {
            thread.bytes = 0;
            thread.nanos = 0;
        }
    }

    /**
     * Sends what the partition at this place has said, and forgets what it sent to other workers' vertices. To be called by the thread that
     * has run it; waits where a receiver is slow.
     */
    void ship(int place, int thread) {
        Speakers speakers = graph.partitions[place].speakers;
        if (workers == 1 || speakers.areSilent() && !speakers.haveChanges()) {
            return;
        }
        Departures mine = departures[thread];
        long begun = System.nanoTime();
        mine.routed.route(speakers.sends, graph);
        for (LocalGraph.Subscription subscription : subscriptions.get(place)) {
            byte[] frame;
            try {
                frame = OutboxFrame.encode(subscription, board, mine.routed, graph);
            } catch (Throwable t) {
                throw ProgramException.shipping(program, phase, superstep, t);
            }
            if (!OutboxFrame.isSilent(frame)) {
                mine.outboxes[subscription.peer()]++;
                mine.bytes += transport.ship(subscription.peer(),
                    new ToPeer.Outbox(worker, superstep, subscription.partition().number, frame));
            }
        }
        mine.routed.keepOnly(worker, speakers.sends);
        mine.nanos += System.nanoTime() - begun;
    }

    /** Tells every other worker that this was all. */
    void end() {
        for (int peer = 0; peer < workers; peer++) {
            if (peer != worker) {
                int sent = 0;
                for (Departures thread : departures) {
                    sent += thread.outboxes[peer];
                    thread.outboxes[peer] = 0;
                }
                transport.toPeer(peer, new ToPeer.OutboxesEnd(worker, superstep, sent));
            }
        }
    }

    /** How many bytes of outboxes have been sent in this superstep, as they travel. */
    long sentBytes() {
        return Arrays.stream(departures).mapToLong(thread -> thread.bytes).sum();
    }

    /** How long encoding and sending has taken of a thread's time: of the one that it has taken most of, as all work side by side. */
    long shippingNanos() {
        return Arrays.stream(departures).mapToLong(thread -> thread.nanos).max().orElse(0);
    }
}
