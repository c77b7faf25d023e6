package org.superstep.engine.programs;

import org.superstep.graph.Edges;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongParameter;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Vertex;
import org.superstep.graph.Weights;

/**
 * Deletes the vertices of an undirected graph that have fewer than {@code k} edges, until none is left that has; what remains is the
 * k-core. With {@code k = 2} it deletes leaf after leaf until there are only cycles and what joins them.
 *
 * <p>A vertex that goes takes its own edges with it, so those who had it for a neighbour see one in-edge less in the next superstep. It
 * says so, to wake them, and they remove their edges to it, which dangle.
 *
 * <p>Supersteps: as many as the longest chain of deletions, and two. Messages: one for each edge of a deleted vertex. Memory: 4 bytes a
 * vertex and the edges. Parallel edges each count, self-loops do not. Source: S. Seidman, "Network structure and minimum degree", 1983;
 * deletion of leaves as in G. Malewicz et al., "Pregel: a system for large-scale graph processing", 2010, section 3.
 */
public final class CoreByDeletion extends LongProgram {
    private final LongParameter k = longParameter("k", 2, "edges that a vertex needs to stay").atLeast(0);
    private final IntColumn degree = intColumn("degree", 0);
    private final Edges out = outEdges();

    /** Of leaves. */
    public CoreByDeletion() {
    }

    /** Of vertices with fewer than {@code k} edges. */
    public CoreByDeletion(long k) {
        this.k.set(k);
    }

    @Override public boolean changesGraph() {
        return true;
    }

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.NONE;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        while (in.next()) {
            v.removeEdges(v.id(), in.senderId());
        }
        v.set(degree, v.inDegree() - selfLoops(v));
        if (v.get(degree) < k.get()) {
            v.broadcast(v.id());
            v.removeVertex(v.id());
        }
        v.halt();
    }

    private int selfLoops(Vertex v) {
        var e = v.edges(out);
        int loops = 0;
        for (boolean more = e.find(v.id()); more && e.neighbour() == v.id(); more = e.next()) {
            loops++;
        }
        return loops;
    }
}
