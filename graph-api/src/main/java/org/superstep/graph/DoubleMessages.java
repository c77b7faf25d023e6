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

    /** All messages folded in the order of their senders' ids; of none, the combiner's identity. */
    public double combined() {
        return view.heardDouble;
    }
}
