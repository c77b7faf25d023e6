package org.superstep.graph;

/**
 * A phase whose messages are objects with a {@link Codec}. Immutable and shared by all compute threads. Messages are handed over by
 * reference inside a process, so they are immutable too: an object that has been said is never changed.
 *
 * @param <M> the messages' type
 */
public non-sealed interface ObjectPhase<M> extends Phase {
    /**
     * What a vertex does in a superstep in which it is awake or has heard something. Called once a superstep and vertex, by one of
     * several threads; everything that varies goes through the cursor.
     *
     * @param v the vertex, a cursor that is valid during the call only
     * @param in what was said to the vertex in the superstep before
     */
    void compute(ObjectVertex<M> v, ObjectMessages<M> in);

    /** How messages become bytes; the same object in every call. */
    Codec<M> codec();

    /** How messages to one vertex are folded; by default they are not, and {@code in} iterates over them. The same object in every call. */
    default ObjectCombiner<M> combiner() {
        return ObjectCombiner.none();
    }

    /** What a broadcast has become when it arrives over an edge of this weight; a pure function that does not change its argument. */
    default M along(M message, double weight) {
        return message;
    }
}
