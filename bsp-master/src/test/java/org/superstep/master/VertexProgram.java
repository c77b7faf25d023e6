package org.superstep.master;

import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.VerticesParameter;

/** A program that wants two vertices named, perhaps others too, and has neither aggregators nor a hook. */
final class VertexProgram extends LongProgram {
    final VertexParameter source = vertexParameter("source", "where it starts");
    final VertexParameter target = vertexParameter("target", "where it ends");
    final VerticesParameter others;

    VertexProgram() {
        this(false);
    }

    VertexProgram(boolean wantsOthers) {
        others = wantsOthers ? verticesParameter("others", "where it passes") : null;
    }

    @Override public String name() {
        return "route";
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.MIN;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        throw new AssertionError("the master computes no vertex");
    }
}
