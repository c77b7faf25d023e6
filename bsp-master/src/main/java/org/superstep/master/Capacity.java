package org.superstep.master;

import java.util.Collections;
import java.util.List;

/**
 * What a worker can take on.
 *
 * @param threads its compute threads
 * @param memoryBytes how much of its heap the graph may take
 * @param speed how fast each of its threads is; 1: as fast as others are
 */
public record Capacity(int threads, long memoryBytes, double speed) {
    /** Checks that there is any. */
    public Capacity {
        if (threads < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException("a worker has at least one thread and some memory, was " + threads + " and " + memoryBytes);
        }
        if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a worker's threads have some speed, was " + speed);
        }
    }

    /** A worker as fast as others. */
    public Capacity(int threads, long memoryBytes) {
        this(threads, memoryBytes, 1);
    }

    /** So many workers that share threads and memory evenly; each has one thread at least. */
    public static List<Capacity> equal(int workers, int threads, long memoryBytes) {
        return Collections.nCopies(workers, new Capacity(Math.max(1, threads / workers), Math.max(1, memoryBytes / workers)));
    }

    /** The same with threads of another speed. */
    Capacity withSpeed(double each) {
        return new Capacity(threads, memoryBytes, each);
    }

    /** How much it computes in the time in which a thread of speed 1 computes 1. */
    double power() {
        return threads * speed;
    }
}
