package org.superstep.algorithms;

import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleParameter;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongParameter;
import org.superstep.graph.Master;
import org.superstep.graph.Weights;

/**
 * PageRank: the share of time that a surfer spends at each vertex who follows a random out-edge with chance {@code damping} and else jumps
 * anywhere; from a vertex without out-edges (a sink) every move is a jump. Ranks sum to 1.
 *
 * <p>Power iteration from the uniform vector, one superstep an iteration and one to start; each iteration says one value a vertex. The rank
 * held by sinks is added up exactly and spread evenly in the next iteration. With a tolerance, the iteration ends when the ranks' L1 change
 * is less. Memory: 8 bytes a vertex. S. Brin, L. Page, "The anatomy of a large-scale hypertextual Web search engine", 1998, section 2.1;
 * sinks are treated as in the LDBC Graphalytics specification, section 2.3.2.
 */
public final class PageRank extends DoubleProgram {
    private final LongParameter iterations = longParameter("iterations", 20, "power iterations, at most").between(0, Integer.MAX_VALUE);
    private final DoubleParameter damping = doubleParameter("damping", 0.85, "chance to follow an edge").between(0, 1);
    private final DoubleParameter tolerance = doubleParameter("tolerance", 0, "end when the ranks' L1 change is less; 0 = off").atLeast(0);
    private final DoubleColumn rank = doubleColumn("rank", 0);
    private final DoubleAggregator sinks = sum("rank held by sinks");
    private final DoubleAggregator change = sum("L1 change");

    /** With the default parameters. */
    public PageRank() {
    }

    /** With this damping and so many iterations. */
    public PageRank(double damping, long iterations) {
        this.damping.set(damping);
        this.iterations.set(iterations);
    }

    @Override public String name() {
        return "pagerank";
    }

    @Override public String description() {
        return "rank vertices by the rank of those that point to them";
    }

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public DoubleCombiner combiner() {
        return DoubleCombiner.SUM;
    }

    @Override public boolean everyoneSpeaks() {
        return true;
    }

    @Override public void compute(DoubleVertex v, DoubleMessages in) {
        double n = v.vertexCount();
        double mine = v.superstep() == 0 ? 1 / n
            : (1 - damping.get()) / n + damping.get() * (in.combined() + v.previous(sinks) / n);
        if (tolerance.get() > 0 && v.superstep() > 0) {
            v.add(change, Math.abs(mine - v.get(rank)));
        }
        v.set(rank, mine);
        if (v.superstep() == iterations.get()) {
            v.halt();
        } else if (v.outDegree() == 0) {
            v.add(sinks, mine);
        } else {
            v.broadcast(mine / v.outDegree());
        }
    }

    @Override public void beforeSuperstep(Master m) {
        if (m.superstep() > 1 && m.get(change) < tolerance.get()) {
            m.halt();
        }
    }
}
