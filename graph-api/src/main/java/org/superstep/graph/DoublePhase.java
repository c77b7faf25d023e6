package org.superstep.graph;

/** A phase whose messages are {@code double} values. Immutable and shared by all compute threads. */
public non-sealed interface DoublePhase extends Phase {
    /**
     * What a vertex does in a superstep in which it is awake or has heard something. Called once a superstep and vertex, by one of
     * several threads; everything that varies goes through the cursor.
     *
     * @param v the vertex, a cursor that is valid during the call only
     * @param in what was said to the vertex in the superstep before
     */
    void compute(DoubleVertex v, DoubleMessages in);

    /** How messages to one vertex are folded; the same object in every call. */
    DoubleCombiner combiner();

    /** What a broadcast value has become when it arrives over an edge of this weight; a pure function. Sends do not pass through it. */
    default double along(double message, double weight) {
        return message;
    }
}
