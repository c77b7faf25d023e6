package org.superstep.graph;

import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.VertexView;

/**
 * What was said to one vertex in the superstep before; a cursor, valid while that vertex computes.
 *
 * @param <M> the messages' type
 */
public final class ObjectMessages<M> {
    private final VertexView view;

    /** For the engine: the messages of whichever vertex the view stands at. */
    public ObjectMessages(VertexView view) {
        this.view = view;
    }

    /** Whether nothing was said to the vertex. */
    public boolean isEmpty() {
        return !view.heard;
    }

    /**
     * Goes to the next message, in the order of their senders' ids; false where there is none.
     *
     * @throws IllegalStateException if the phase that spoke has a combiner: its messages are one
     */
    public boolean next() {
        requireOneByOne();
        return view.heard && view.walk.next();
    }

    private void requireOneByOne() {
        if (view.combiner != ObjectCombiner.none()) {
            throw ObjectCombiner.combinedOnly();
        }
    }

    /**
     * How many messages there are. They are counted by going over all of them, which costs as much as hearing them; the cursor then stands
     * before the first.
     *
     * @throws IllegalStateException if the phase that spoke has a combiner: its messages are one
     */
    public int count() {
        requireOneByOne();
        return view.heard ? view.walk.count() : 0;
    }

    /** Goes back to before the first message. */
    public void rewind() {
        if (view.heard) {
            view.walk.rewind();
        }
    }

    /**
     * The message that {@link #next} has come to. Shared by all that hear it: not to be changed.
     *
     * @throws IllegalStateException if it has not come to any, or gone past the last
     */
    @SuppressWarnings("unchecked")
    public M value() {
        MessageWalk walk = standing();
        return (M) walk.messages.objects[walk.at];
    }

    /**
     * The id of the vertex that said {@link #value}.
     *
     * @throws IllegalStateException if it has not come to any, or gone past the last
     */
    public long senderId() {
        return standing().senderId();
    }

    private MessageWalk standing() {
        return view.heard ? view.walk.standing() : MessageWalk.standsNowhere();
    }

    /**
     * All messages folded in the order of their senders' ids by the combiner of the phase that spoke; of none, its identity.
     *
     * @throws IllegalStateException if that phase has no combiner
     */
    @SuppressWarnings("unchecked")
    public M combined() {
        var combiner = (ObjectCombiner<M>) view.combiner;
        if (combiner == ObjectCombiner.none()) {
            throw ObjectCombiner.uncombined();
        }
        if (!view.heard) {
            return combiner.identity();
        }
        view.walk.rewind();
        view.walk.next();
        M folded = value();
        while (combiner != ObjectCombiner.first() && view.walk.next()) {
            folded = combiner.combine(folded, value());
        }
        return folded;
    }
}
