package org.superstep;

import java.util.OptionalLong;

/**
 * How much each worker keeps of what its vertices have said since the job was last saved, for confined recovery.
 *
 * @param memoryBytes how much of it stays in memory, at least 0, but never more than half of the worker's heap, and the rest goes to a
 *     file on a local disk; empty: an eighth of the heap
 * @param limitBytes how much is kept at all, in memory and on disk, at least 0; where that is too little, a job that has lost a worker goes
 *     back to its last checkpoint
 */
public record RecoveryLog(OptionalLong memoryBytes, long limitBytes) {
    /** An eighth of the heap in memory, 16 GiB in all. */
    public static final RecoveryLog DEFAULT = new RecoveryLog(OptionalLong.empty(), 16L << 30);
    private static final long HEAP_SHARE = 8;
    /** A job is not to fail of its log, whatever was said: the graph needs the rest. */
    private static final long GREATEST_HEAP_SHARE = 2;

    /** Checks the bounds. */
    public RecoveryLog {
        if (memoryBytes.orElse(0) < 0 || limitBytes < 0) {
            throw new IllegalArgumentException("a log's bounds are at least 0, were " + memoryBytes + " and " + limitBytes);
        }
    }

    /** The same with so much in memory. */
    public RecoveryLog withMemory(long bytes) {
        return new RecoveryLog(OptionalLong.of(bytes), limitBytes);
    }

    /** The same with so much in all. */
    public RecoveryLog withLimit(long bytes) {
        return new RecoveryLog(memoryBytes, bytes);
    }

    /** How much a worker with such a heap keeps in memory. */
    public long memoryBytes(long heapBytes) {
        return Math.min(memoryBytes.orElse(heapBytes / HEAP_SHARE), heapBytes / GREATEST_HEAP_SHARE);
    }
}
