package org.superstep.algorithms;

import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Summary;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.Weights;

/**
 * Breadth-first search: the least number of edges on any path from the source, -1 where there is none.
 *
 * <p>A vertex that is reached takes the superstep as its level, says so and hears no more, so that pulling looks only for the first speaker
 * among the neighbours of vertices not yet reached. Supersteps: the greatest level and two more at most; messages: each edge at most once.
 * Memory: 8 bytes a vertex. S. Beamer, K. Asanovic, D. Patterson, "Direction-optimizing breadth-first search", 2012; the direction is the
 * engine's to choose. LDBC Graphalytics specification, section 2.3.1.
 */
public final class BreadthFirstSearch extends LongProgram {
    private final LongColumn level = longColumn("level", -1);
    private final VertexParameter source = vertexParameter("source", "where the search starts");

    /** Without a source; set the parameter. */
    public BreadthFirstSearch() {
    }

    /** From this source. */
    public BreadthFirstSearch(long source) {
        this.source.set(source);
    }

    @Override public String name() {
        return "bfs";
    }

    @Override public String description() {
        return "breadth-first levels from one source, -1 where unreached";
    }

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public Summary summary() {
        return Summary.distribution(level);
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.FIRST;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        boolean reached = v.superstep() == 0 ? v.id() == source.get() : !in.isEmpty();
        if (reached) {
            v.set(level, v.superstep());
            v.broadcast(v.superstep());
            v.haltForGood();
        } else {
            v.halt();
        }
    }
}
