package org.superstep.graph;

import org.superstep.graph.internal.VertexView;

/** What was said to one vertex in the superstep before, folded by the combiner; a cursor, valid while that vertex computes. */
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
     * All messages folded in the order of their senders' ids. Of none, the identity of the combiner of the phase that spoke, the one that
     * ran in the superstep before; where that has messages of another type, or there was none, of the phase that computes.
     */
    public double combined() {
        return view.heardDouble;
    }
}
