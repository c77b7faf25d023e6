package org.superstep.worker;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a worker keeps what its partitions have said since the job was last saved, so that lost partitions can be computed again by
 * themselves.
 *
 * @param scratch a folder on a local disk, made where it is missing, for what does not fit in memory
 * @param memoryBytes how much is kept in memory, at least 0
 * @param limitBytes how much is kept at all, in memory and on disk; beyond, all is given up
 */
public record LogPlan(Path scratch, long memoryBytes, long limitBytes) {
    /** Checks the bounds. */
    public LogPlan {
        Objects.requireNonNull(scratch, "scratch");
        if (memoryBytes < 0 || limitBytes < 0) {
            throw new IllegalArgumentException("a log's bounds are at least 0, were " + memoryBytes + " and " + limitBytes);
        }
    }
}
