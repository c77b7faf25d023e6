package org.superstep.worker;

import java.util.Arrays;

/**
 * Of which vertices it is told what they do, and in which supersteps.
 *
 * @param vertices their ids, ascending; not to be changed
 * @param first the first superstep
 * @param last the last superstep
 */
public record TracePlan(long[] vertices, int first, int last) {
    boolean covers(long vertexId, int superstep) {
        return superstep >= first && superstep <= last && Arrays.binarySearch(vertices, vertexId) >= 0;
    }
}
