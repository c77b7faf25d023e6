package org.superstep.worker;

/**
 * The sends to one partition in one superstep, gathered by receiving vertex, each vertex's in the order of sender ids and calls.
 *
 * @param offsets the sends to vertex {@code i} are entries {@code offsets[i]} to {@code offsets[i + 1]}
 * @param senders vertex ids of the senders
 * @param bits the messages as raw bits
 */
record SendBox(int[] offsets, long[] senders, long[] bits) {
    boolean hasAny(int index) {
        return offsets[index] < offsets[index + 1];
    }
}
