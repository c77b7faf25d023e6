package org.superstep.simulation;

import java.util.PriorityQueue;

/** Simulated time: what is to happen, in order; what is to happen at the same time, in the order in which it was said. */
final class Timeline {
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000_000_000;

    private final PriorityQueue<Moment> moments = new PriorityQueue<>();
    private long nanos;
    private long said;

    private record Moment(long nanos, long number, Runnable what) implements Comparable<Moment> {
        @Override public int compareTo(Moment other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(number, other.number);
        }
    }

    long nanos() {
        return nanos;
    }

    void at(long when, Runnable what) {
        moments.add(new Moment(Math.max(when, nanos), said++, what));
    }

    void after(long delayNanos, Runnable what) {
        at(nanos + delayNanos, what);
    }

    /** Lets the next thing happen; false: nothing is left. */
    boolean step() {
        Moment next = moments.poll();
        if (next == null) {
            return false;
        }
        nanos = next.nanos();
        next.what().run();
        return true;
    }
}
