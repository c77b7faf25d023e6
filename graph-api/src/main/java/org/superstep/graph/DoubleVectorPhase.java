package org.superstep.graph;

/**
 * A phase whose messages are vectors of {@code double} values, all of one width, kept flat. Combining is element by element. Immutable and
 * shared by all compute threads.
 */
public non-sealed interface DoubleVectorPhase extends Phase {
    /** How many elements each message has, at least 1; the same in every call. */
    int width();

    /**
     * What a vertex does in a superstep in which it is awake or has heard something. Called once a superstep and vertex, by one of
     * several threads; everything that varies goes through the cursor.
     *
     * @param v the vertex, a cursor that is valid during the call only
     * @param in what was said to the vertex in the superstep before
     */
    void compute(DoubleVectorVertex v, DoubleVectorMessages in);

    /** How messages to one vertex are folded, each element by itself; the same object in every call. */
    DoubleCombiner combiner();

    /** What an element of a broadcast has become when it arrives over an edge of this weight; a pure function. */
    default double along(double element, int place, double weight) {
        return element;
    }
}
