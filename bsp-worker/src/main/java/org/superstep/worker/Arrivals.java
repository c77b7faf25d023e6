package org.superstep.worker;

import java.util.ArrayList;
import java.util.List;
import org.superstep.graph.Program;
import org.superstep.net.ToPeer;

/**
 * What other workers say in a superstep, as it comes in. Outboxes are gathered and decoded together, by all compute threads: most come in
 * while this worker computes, and lie there when it has done so.
 */
final class Arrivals {
    /** So many bytes for each thread are decoded at once, without waiting for more. */
    private static final long BYTES_A_THREAD = 1 << 18;
    /** Fewer bytes than this are decoded by one thread: starting the others would take longer. */
    private static final long SERIAL_BYTES = 1 << 15;

    private final int peers;
    private final Program program;
    private final LocalGraph graph;
    private final Crew crew;
    private final List<ToPeer.Outbox> gathered = new ArrayList<>();
    private long gatheredBytes;
    private int superstep;
    private int phase;
    private Board board;
    /** Workers that have said all. */
    private int ends;
    /** How many outboxes those have named that have yet to come; below 0 while outboxes have come whose sender goes on speaking. */
    private int outstanding;
    private long receivedBytes;
    private long decodingNanos;

    Arrivals(int peers, Program program, LocalGraph graph, Crew crew) {
        this.peers = peers;
        this.program = program;
        this.graph = graph;
        this.crew = crew;
    }

    /** A superstep begins, in which this phase speaks, and whose messages will stand on this board. */
    void begin(int begun, int speaking, Board said) {
        superstep = begun;
        phase = speaking;
        board = said;
        ends = 0;
        outstanding = 0;
        receivedBytes = 0;
        decodingNanos = 0;
    }

    /** Takes what a partition of another worker has said. */
    void add(ToPeer.Outbox outbox) {
        gathered.add(outbox);
        gatheredBytes += outbox.frame().length;
        receivedBytes += outbox.travelledBytes();
        outstanding--;
        if (gatheredBytes >= BYTES_A_THREAD * crew.threads()) {
            decode();
        }
    }

    /** Takes how many outboxes a worker has sent. */
    void add(ToPeer.OutboxesEnd end) {
        ends++;
        outstanding += end.outboxes();
    }

    /** Whether all has come that the other workers say. */
    boolean areComplete() {
        return ends == peers && outstanding == 0;
    }

    /** How many bytes of outboxes have come in this superstep, as they travelled. */
    long receivedBytes() {
        return receivedBytes;
    }

    /** How long decoding has taken in this superstep. */
    long decodingNanos() {
        return decodingNanos;
    }

    /** Sets mirrors to what was said in the outboxes gathered. */
    void decode() {
        if (gathered.isEmpty()) {
            return;
        }
        long begun = System.nanoTime();
        Crew.Step step = (number, thread) -> {
            ToPeer.Outbox outbox = gathered.get(number);
            try {
                OutboxFrame.decode(outbox.frame(), graph.mirrorsOf(outbox.partition()), board);
            } catch (Throwable t) {
                throw ProgramException.shipping(program, phase, superstep, t);
            }
        };
        if (gatheredBytes < SERIAL_BYTES) {
            crew.runSerially(gathered.size(), step);
        } else {
            crew.run(gathered.size(), step);
        }
        gathered.clear();
        gatheredBytes = 0;
        decodingNanos += System.nanoTime() - begun;
    }
}
