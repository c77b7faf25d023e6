package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.VertexView;

/** What was said to one vertex in the superstep before, in vectors; a cursor, valid while that vertex computes. */
public final class DoubleVectorMessages {
    private final VertexView view;
    private double[] folded = new double[0];

    /** For the engine: the messages of whichever vertex the view stands at. */
    public DoubleVectorMessages(VertexView view) {
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
        if (view.combiner != DoubleCombiner.NONE) {
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
     * An element of the message that {@link #next} has come to.
     *
     * @throws IllegalStateException if it has not come to any, or gone past the last
     */
    public double value(int place) {
        MessageWalk walk = standing();
        int width = walk.messages.width;
        if (place < 0 || place >= width) {
            throw new IndexOutOfBoundsException("messages have " + width + " elements, asked for number " + place);
        }
        return Double.longBitsToDouble(walk.messages.words[walk.at * width + place]);
    }

    /**
     * The id of the vertex that said the message that {@link #next} has come to.
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
     * All messages folded element by element, in the order of their senders' ids, by the combiner of the phase that spoke; of none, its
     * identity in every element. The array is the cursor's own: it holds until the next call.
     *
     * @throws IllegalStateException if that phase has no combiner
     */
    public double[] combined() {
        var combiner = (DoubleCombiner) view.combiner;
        if (combiner == DoubleCombiner.NONE) {
            throw ObjectCombiner.uncombined();
        }
        if (folded.length != view.saidWords.length) {
            folded = new double[view.saidWords.length];
        }
        if (!view.heard) {
            Arrays.fill(folded, combiner.identity());
            return folded;
        }
        view.walk.rewind();
        view.walk.next();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = value(i);
        }
        while (combiner != DoubleCombiner.FIRST && view.walk.next()) {
            for (int i = 0; i < folded.length; i++) {
                folded[i] = combiner.combine(folded[i], value(i));
            }
        }
        return folded;
    }
}
