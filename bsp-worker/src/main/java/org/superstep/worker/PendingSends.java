package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongArrays;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superstep.graph.internal.SendList;

/**
 * The sends to a worker's vertices that are still to be delivered, by the partition that they go to. They stand with their senders'
 * partitions, wherever those are; a checkpoint keeps them with their receivers', ordered by sender, then call.
 */
final class PendingSends {
    private final LocalGraph graph;
    /** By group of speakers: where the sends to each partition begin in {@link #orders}; null for a group without sends. */
    private final int[][] bounds;
    /** The numbers of a group's sends, by the partition that they go to, each partition's in call order. */
    private final int[][] orders;
    /** The groups that have sends; else every partition would look at every group. */
    private int[] sending = {};

    private PendingSends(LocalGraph graph) {
        this.graph = graph;
        bounds = new int[graph.speakers.size()][];
        orders = new int[bounds.length][];
    }

    /** All there are now. */
    static PendingSends of(LocalGraph graph, Crew crew) {
        var pending = new PendingSends(graph);
        if (graph.speakers.stream().anyMatch(group -> group.sends.size > 0)) {
            crew.run(pending.bounds.length, (group, thread) -> pending.order(group));
            pending.sending = IntStream.range(0, pending.bounds.length).filter(group -> pending.bounds[group] != null).toArray();
        }
        return pending;
    }

    private void order(int group) {
        SendList sends = graph.speakers.get(group).sends;
        if (sends.size == 0) {
            return;
        }
        // Sends to other workers' vertices have gone from the list with the outboxes.
        var places = new int[sends.size];
        var ends = new int[graph.partitions.length + 1];
        for (int i = 0; i < sends.size; i++) {
            places[i] = graph.placeOf(sends.targets[i]);
            ends[places[i]]++;
        }
        for (int place = 1; place < ends.length; place++) {
            ends[place] += ends[place - 1];
        }
        orders[group] = new int[sends.size];
        // From behind, each run's end becomes its beginning.
        for (int i = sends.size - 1; i >= 0; i--) {
            orders[group][--ends[places[i]]] = i;
        }
        bounds[group] = ends;
    }

    /** Writes the sends to a partition: how many, and of each its sender, its receiver, its message. */
    void write(int place, Board board, FrameWriter out) {
        int count = 0;
        for (int group : sending) {
            count += bounds[group][place + 1] - bounds[group][place];
        }
        out.putInt(count);
        // Groups ascend, and each one's sends by sender.
        for (int group : sending) {
            SendList sends = graph.speakers.get(group).sends;
            for (int i = bounds[group][place]; i < bounds[group][place + 1]; i++) {
                int send = orders[group][i];
                out.putLong(sends.senders[send]).putLong(sends.targets[send]);
                board.writeSend(sends, send, out);
            }
        }
    }

    /** Puts what {@link #write} has written of each partition back to where it is delivered from. */
    static void restore(List<ByteBuffer> saved, LocalGraph graph, Board board, Crew crew) {
        for (ByteBuffer in : saved) {
            int count = in.getInt();
            for (int i = 0; i < count; i++) {
                long sender = in.getLong();
                board.readSend(graph.speakersOf(sender).sends, sender, in.getLong(), in);
            }
        }
        crew.run(graph.speakers.size(), (group, thread) -> sort(graph.speakers.get(group).sends));
    }

    /** Orders sends by sender; those of one sender to one vertex are in call order, and stay so. */
    private static void sort(SendList sends) {
        long[] senders = Arrays.copyOf(sends.senders, sends.size);
        if (IntStream.range(1, senders.length).allMatch(i -> senders[i - 1] <= senders[i])) {
            return;
        }
        var unordered = new SendList();
        unordered.hold(sends.messages.width);
        for (int i = 0; i < sends.size; i++) {
            unordered.add(sends.senders[i], sends.targets[i], sends.messages, i);
        }
        int[] order = IntStream.range(0, senders.length).toArray();
        LongArrays.radixSortIndirect(order, senders, true);
        for (int i = 0; i < order.length; i++) {
            sends.set(i, unordered, order[i]);
        }
    }
}
