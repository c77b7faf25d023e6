package org.superstep.graph;

import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.VertexView;

/**
 * What was said to one vertex in the superstep before, folded by the combiner, or where that is {@link DoubleCombiner#NONE} one by one; a
 * cursor, valid while that vertex computes.
 */
public final class DoubleMessages {
    private final VertexView view;

    /** For the engine: the messages of whichever vertex the view stands at. */
    public DoubleMessages(VertexView view) {
        this.view = view;
    }

    /** Whether nothing was said to the vertex. */
    public boolean isEmpty() {
        return !view.heard;
    }

    /**
     * Goes to the next message, in the order of their senders' ids; false where there is none.
     *
     * @throws IllegalStateException if the phase that spoke has a combiner: its messages are one by now
     */
    public boolean next() {
        MessageWalk walk = walk();
        return view.heard && walk.next();
    }

    /**
     * How many messages there are. They are counted by going over all of them, which costs as much as hearing them; the cursor then stands
     * before the first.
     *
     * @throws IllegalStateException if the phase that spoke has a combiner: its messages are one by now
     */
    public int count() {
        MessageWalk walk = walk();
        return view.heard ? walk.count() : 0;
    }

    /**
     * Goes back to before the first message.
     *
     * @throws IllegalStateException if the phase that spoke has a combiner: its messages are one by now
     */
    public void rewind() {
        MessageWalk walk = walk();
        if (view.heard) {
            walk.rewind();
        }
    }

    /**
     * The message that {@link #next} has come to.
     *
     * @throws IllegalStateException if it has not come to any, or gone past the last
     */
    public double value() {
        MessageWalk walk = standing();
        return Double.longBitsToDouble(walk.messages.words[walk.at]);
    }

    /**
     * The id of the vertex that said {@link #value}.
     *
     * @throws IllegalStateException if it has not come to any, or gone past the last
     */
    public long senderId() {
        return standing().senderId();
    }

    /** A call that does not go with the combiner fails whether or not anything was said: a wrong program is not to be right by chance. */
    private MessageWalk walk() {
        if (view.walk == null) {
            throw ObjectCombiner.combinedOnly();
        }
        return view.walk;
    }

    private MessageWalk standing() {
        MessageWalk walk = walk();
        return view.heard ? walk.standing() : MessageWalk.standsNowhere();
    }

    /**
     * All messages folded in the order of their senders' ids. Of none, the identity of the combiner of the phase that spoke, the one that
     * ran in the superstep before; where that has messages of another type, or there was none, of the phase that computes.
     *
     * @throws IllegalStateException if the phase that spoke has no combiner
     */
    public double combined() {
        if (view.walk != null) {
            throw ObjectCombiner.uncombined();
        }
        return view.heardDouble;
    }
}
