package org.superstep.algorithms;

import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.Summary;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.Weights;

/**
 * Single-source shortest paths: the least sum of weights along any path from the source, infinity where there is none.
 *
 * <p>Each vertex keeps the best distance that it has heard and says so when it gets better (Bellman-Ford, only where something changed).
 * Supersteps: one more than the greatest number of edges on any shortest path that is found on the way; messages: at most edges times
 * supersteps, far fewer as a rule. Memory: 8 bytes a vertex. Weights must not be negative. G. Malewicz et al., "Pregel: a system for
 * large-scale graph processing", 2010, section 5.2; LDBC Graphalytics specification, section 2.3.6.
 */
public final class ShortestPaths extends DoubleProgram {
    private final DoubleColumn distance = doubleColumn("distance", Double.POSITIVE_INFINITY);
    private final VertexParameter source = vertexParameter("source", "where the paths start");

    /** Without a source; set the parameter. */
    public ShortestPaths() {
    }

    /** From this source. */
    public ShortestPaths(long source) {
        this.source.set(source);
    }

    @Override public String name() {
        return "sssp";
    }

    @Override public String description() {
        return "shortest paths from one source; weights must not be negative";
    }

    @Override public Weights weights() {
        return Weights.OPTIONAL.atLeast(0);
    }

    @Override public Summary summary() {
        return Summary.bottom(distance);
    }

    @Override public DoubleCombiner combiner() {
        return DoubleCombiner.MIN;
    }

    @Override public double along(double distance, double weight) {
        return distance + weight;
    }

    @Override public void compute(DoubleVertex v, DoubleMessages in) {
        double candidate = v.superstep() == 0 && v.id() == source.get() ? 0 : in.combined();
        if (candidate < v.get(distance)) {
            v.set(distance, candidate);
            v.broadcast(candidate);
        }
        v.halt();
    }
}
