package org.superstep.engine;

import org.superstep.graph.LongVertex;
import org.superstep.graph.VertexRandom;
import org.superstep.graph.internal.VertexView;

/** The random numbers that a vertex draws, for oracles that follow a program's dice. */
final class VertexNumbers {
    private VertexNumbers() {
    }

    /** Those of a vertex in a superstep, from the first on. */
    static VertexRandom of(long seed, int superstep, long id) {
        var view = new VertexView();
        view.seed = seed;
        view.superstep = superstep;
        view.ids = new long[] {id};
        return new LongVertex(view).random();
    }
}
