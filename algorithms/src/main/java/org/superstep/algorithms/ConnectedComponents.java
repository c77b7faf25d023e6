package org.superstep.algorithms;

import org.superstep.graph.Direction;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Summary;
import org.superstep.graph.Weights;

/**
 * Weakly connected components: each vertex learns the smallest vertex id in its component, edges taken both ways.
 *
 * <p>Each vertex keeps the smallest id that it has heard and says so when it gets smaller. Supersteps: one more than the greatest distance
 * of a vertex from the smallest of its component; messages: at most twice the edges times supersteps. Memory: 8 bytes a vertex. Known as
 * HashMin; LDBC Graphalytics specification, section 2.3.3.
 */
public final class ConnectedComponents extends LongProgram {
    private final LongColumn component = longColumn("component", 0);

    @Override public String name() {
        return "wcc";
    }

    @Override public String description() {
        return "weakly connected components, each named by its smallest vertex id";
    }

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public Summary summary() {
        return Summary.counts(component);
    }

    @Override public Direction direction() {
        return Direction.BOTH;
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.MIN;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        if (v.superstep() == 0) {
            v.set(component, v.id());
            v.broadcast(v.id());
        } else if (in.combined() < v.get(component)) {
            v.set(component, in.combined());
            v.broadcast(in.combined());
        }
        v.halt();
    }
}
