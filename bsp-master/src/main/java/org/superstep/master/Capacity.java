package org.superstep.master;

import java.util.Collections;
import java.util.List;

/**
 * What a worker can take on.
 *
 * @param threads its compute threads
 * @param memoryBytes how much of its heap the graph may take
 */
public record Capacity(int threads, long memoryBytes) {
    /** Checks that there is any. */
    public Capacity {
        if (threads < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException("a worker has at least one thread and some memory, was " + threads + " and " + memoryBytes);
        }
    }

    /** So many workers that share threads and memory evenly; each has one thread at least. */
    public static List<Capacity> equal(int workers, int threads, long memoryBytes) {
        return Collections.nCopies(workers, new Capacity(Math.max(1, threads / workers), Math.max(1, memoryBytes / workers)));
    }
}
