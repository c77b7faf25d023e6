package org.superstep.worker;

import java.util.Arrays;
import java.util.Optional;

/**
 * Of which vertices it is told what they do, and in which supersteps.
 *
 * @param vertices their ids, ascending; not to be changed
 * @param first the first superstep
 * @param last the last superstep
 * @param isFull whether it is also told what a vertex could read besides its messages, and of which messages those were made that were
 *     folded as they came; that much only one worker knows that has all partitions and pulls
 * @param witness looks on, in the same process
 */
public record TracePlan(long[] vertices, int first, int last, boolean isFull, Optional<Witness> witness) {
    /** What any worker can tell. */
    public TracePlan(long[] vertices, int first, int last) {
        this(vertices, first, last, false, Optional.empty());
    }

    boolean covers(long vertexId, int superstep) {
        return superstep >= first && superstep <= last && Arrays.binarySearch(vertices, vertexId) >= 0;
    }
}
