package org.superstep.graph;

/**
 * A phase whose messages are vectors of {@code long} values, all of one width, kept flat. Combining is element by element. Immutable and
 * shared by all compute threads.
 */
public non-sealed interface LongVectorPhase extends Phase {
    /** How many elements each message has, at least 1; the same in every call. */
    int width();

    /**
     * What a vertex does in a superstep in which it is awake or has heard something. Called once a superstep and vertex, by one of
     * several threads; everything that varies goes through the cursor.
     *
     * @param v the vertex, a cursor that is valid during the call only
     * @param in what was said to the vertex in the superstep before
     */
    void compute(LongVectorVertex v, LongVectorMessages in);

    /** How messages to one vertex are folded, each element by itself; the same object in every call. */
    LongCombiner combiner();

    /** What an element of a broadcast has become when it arrives over an edge of this weight; a pure function. */
    default long along(long element, int place, double weight) {
        return element;
    }
}
