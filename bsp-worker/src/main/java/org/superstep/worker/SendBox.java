package org.superstep.worker;

import org.superstep.graph.internal.SendList;

/**
 * The sends to one partition in one superstep, gathered by receiving vertex, each vertex's in the order of sender ids and calls.
 *
 * @param offsets the sends to vertex {@code i} are entries {@code offsets[i]} to {@code offsets[i + 1]}
 * @param sends the sends in that order; their targets are vertex indexes
 */
record SendBox(int[] offsets, SendList sends) {
    boolean hasAny(int index) {
        return offsets[index] < offsets[index + 1];
    }
}
