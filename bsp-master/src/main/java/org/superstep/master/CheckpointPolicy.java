package org.superstep.master;

/**
 * When a job is saved: before superstep 0, when its graph is saved too, and then after so many supersteps or so much time. One thread uses
 * it.
 *
 * <p>Where nobody has said after how many supersteps, the time between two checkpoints is that which costs least: saving too often costs
 * the time of saving, too seldom what has to be computed again after a loss. With <i>c</i> the cost of a checkpoint and <i>m</i> the mean
 * time between losses, Young (A first order approximation to the optimum checkpoint interval, 1974) has sqrt(2cm); this is the formula for
 * higher orders, which holds also where losses are frequent, of Daly (A higher order estimate of the optimum checkpoint interval for
 * restart dumps, 2006, equation 37): sqrt(2cm) (1 + sqrt(c/2m) / 3 + c/2m / 9) - c where c is less than 2m, else m. The cost is all the
 * time until the checkpoint is on disk: while it is written supersteps go on, but slower, and a loss in that time goes back to the one
 * before.
 *
 * <p>That would save a small graph, whose checkpoints cost next to nothing, at every barrier. So it is saved once a second at most, and
 * saving takes no more than a twentieth of the time.
 */
final class CheckpointPolicy {
    static final long LEAST_NANOS = 1_000_000_000L;
    static final long LEAST_COSTS = 20;

    private final int everySupersteps;
    private final long failureNanos;
    /** The superstep before which it was last saved, or tried to; -1: it was not yet. */
    private int last;
    private long lastNanos;
    /** What the checkpoints so far have cost, the later the more; -1: unknown. */
    private long costNanos = -1;

    /** After so many supersteps, or, where that is 0, as the cost says; the job stands before this superstep, with which it has begun. */
    CheckpointPolicy(int everySupersteps, long failureNanos, int superstep, long nanos) {
        this.everySupersteps = everySupersteps;
        this.failureNanos = failureNanos;
        last = superstep == 0 ? -1 : superstep;
        lastNanos = nanos;
    }

    /** Whether it is to be saved now, before this superstep. With a fixed distance that is before its multiples, in every attempt. */
    boolean isDue(int superstep, long nanos) {
        if (last < 0) {
            return true;
        }
        return everySupersteps > 0 ? superstep / everySupersteps > last / everySupersteps
            : superstep > last && nanos - lastNanos >= interval(Math.max(0, costNanos), failureNanos);
    }

    /** It is being saved before this superstep. */
    void begun(int superstep, long nanos) {
        last = superstep;
        lastNanos = nanos;
    }

    /** What a checkpoint has cost. */
    void cost(long nanos) {
        costNanos = costNanos < 0 ? nanos : (costNanos + nanos) / 2;
    }

    /** The time between the beginnings of two checkpoints that cost so much. */
    static long interval(long costNanos, long failureNanos) {
        double ratio = costNanos / (2.0 * failureNanos);
        double best = ratio >= 1 ? failureNanos
            : Math.sqrt(2.0 * costNanos * failureNanos) * (1 + Math.sqrt(ratio) / 3 + ratio / 9) - costNanos;
        return Math.max(Math.max(LEAST_NANOS, LEAST_COSTS * costNanos), (long) best);
    }
}
