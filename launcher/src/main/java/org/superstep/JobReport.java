package org.superstep;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.superstep.net.Delivery;

/**
 * What a job did, in figures. Times are wall-clock nanoseconds.
 *
 * @param program the program's name
 * @param input what was decided about the input
 * @param vertices vertices of the graph as it was loaded
 * @param edges edges of the graph as it was loaded; an undirected one counts as two, a self-loop as one
 * @param mirrors vertices of the graph as it was loaded that other workers than their own hear, once for each of those; 0 with one worker
 * @param partitions how many partitions the graph was cut into
 * @param threads compute threads, over all workers
 * @param workers workers; where workers were lost, those that have brought it to its end
 * @param loadNanos from the start of the job to the first superstep
 * @param computeNanos all supersteps
 * @param writeNanos writing the output; 0 without one
 * @param droppedMessages sends to vertices that do not exist or have halted for good, and broadcasts over edges to vertices that do not
 *     exist; not counted is what was said to a vertex that was removed in the same superstep
 * @param supersteps each superstep's figures, in order, one that was run again as it was run last; of a job of more than half a million
 *     supersteps the last quarter of a million at least
 * @param globals each global, by its name, as the master hook left it
 * @param workerTotals where each worker's time went in all supersteps since it was last begun or went on, by worker; empty where there is
 *     one
 * @param cut why the job was cut before its end, in one line; empty where it was not
 * @param recovery how it was saved, and how often it went on from there
 */
public record JobReport(String program, String input, long vertices, long edges, long mirrors, int partitions, int threads, int workers,
        long loadNanos, long computeNanos, long writeNanos, long droppedMessages, List<Superstep> supersteps, Map<String, Object> globals,
        List<Effort> workerTotals, Optional<String> cut, Recovery recovery) {

    /**
     * One superstep's figures.
     *
     * @param number the superstep, from 0
     * @param phase the name of the phase that computed
     * @param delivery how the messages of the superstep before were delivered; {@code AUTO} where there were none
     * @param computed vertices that computed
     * @param awake vertices awake at its end
     * @param messages messages that it said, each neighbour of a broadcast counted
     * @param nanos how long it took
     * @param aggregates what each aggregator came to, by its name, before the master hook saw it: a Double, Long or Boolean, a
     *     {@link org.superstep.graph.Ranking} or {@link org.superstep.graph.Histogram}, or the custom aggregator's value; those that are no
     *     numbers or truth values are missing where 1,000 or more supersteps follow
     * @param globals what vertices read of each global, by its name, in the same way
     * @param workers where each worker's time went, by worker; empty where there is one, and where 1,000 or more supersteps follow
     */
    public record Superstep(int number, String phase, Delivery delivery, long computed, long awake, long messages, long nanos,
            Map<String, Object> aggregates, Map<String, Object> globals, List<Effort> workers) {
        /** Figures that tell nothing of single workers. */
        public Superstep(int number, String phase, Delivery delivery, long computed, long awake, long messages, long nanos,
                Map<String, Object> aggregates, Map<String, Object> globals) {
            this(number, phase, delivery, computed, awake, messages, nanos, aggregates, globals, List.of());
        }
    }

    /**
     * Where a worker's time went, and what it exchanged with other workers.
     *
     * @param computeNanos delivering and computing
     * @param networkNanos encoding, sending and decoding what workers say to each other, as far as computing did not go on meanwhile
     * @param waitNanos waiting for what other workers still had to say
     * @param sentBytes sent to other workers, as they travel: packed or not
     * @param receivedBytes received from other workers, as they travelled
     */
    public record Effort(long computeNanos, long networkNanos, long waitNanos, long sentBytes, long receivedBytes) {
        /** Nothing yet. */
        public static final Effort NONE = new Effort(0, 0, 0, 0, 0);

        /** The two together. */
        public Effort plus(Effort more) {
            return new Effort(computeNanos + more.computeNanos, networkNanos + more.networkNanos, waitNanos + more.waitNanos,
                sentBytes + more.sentBytes, receivedBytes + more.receivedBytes);
        }
    }

    /**
     * How a job was saved, and how often it went on from there.
     *
     * @param resumedFrom the superstep with which it went on that another process had begun; empty where it was begun here
     * @param restarts how often it began anew, or went back to a checkpoint, because a worker was lost or a checkpoint damaged
     * @param moves how often its partitions moved on purpose
     * @param checkpoints how many checkpoints there were
     * @param checkpointBytes what was written for them
     * @param copyNanos how long supersteps stood still for them
     * @param writeNanos how long writing them took, while supersteps went on
     * @param confined how many of the restarts let only lost partitions compute again, while the others waited
     * @param lostNanos how long it took, after losses, until the job was where it had been, in all
     * @param computedAgain vertices that computed once more for that, counted once for each superstep; what was computed again in vain,
     *     because a further worker was lost meanwhile, only as far as all partitions had gone back
     * @param computedAgainOfAll what that would be, if all partitions had gone back each time; the same where none was confined
     */
    public record Recovery(OptionalInt resumedFrom, int restarts, int moves, int checkpoints, long checkpointBytes, long copyNanos,
            long writeNanos, int confined, long lostNanos, long computedAgain, long computedAgainOfAll) {
        /** Nothing happened. */
        public static final Recovery NONE = new Recovery(OptionalInt.empty(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** How many supersteps there were. */
    public int superstepCount() {
        return supersteps.isEmpty() ? 0 : supersteps.get(supersteps.size() - 1).number() + 1;
    }

    /** Compute time per edge and superstep, in nanoseconds; 0 where there is no edge or superstep. */
    public double nanosPerEdge() {
        int run = superstepCount() - recovery.resumedFrom().orElse(0);
        return edges == 0 || run == 0 ? 0 : (double) computeNanos / edges / run;
    }
}
