package org.superstep.engine.programs;

import org.superstep.graph.Edges;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongParameter;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Weights;

/**
 * Some walkers begin at each vertex and follow so many edges, each chosen by chance among those that leave the vertex. Counts for each
 * vertex how often it was visited and how many walks ended there, and adds the ids of the vertices where these had begun, wrapping around.
 *
 * <p>A walker is a message that says where it began. At a vertex without out-edges the walk ends.
 *
 * <p>Supersteps: {@code length + 1}. Messages: one a walker and superstep. Memory: 24 bytes a vertex, 24 a walker. Source: A. Kyrola,
 * "DrunkardMob: billions of random walks on just a PC", 2013, section 2.
 */
public final class RandomWalks extends LongProgram {
    private final LongParameter walkers = longParameter("walkers", 3, "walks that begin at each vertex").atLeast(0);
    private final LongParameter length = longParameter("length", 10, "edges that a walker follows").atLeast(0);
    private final LongColumn visits = longColumn("visits", 0);
    private final LongColumn ends = longColumn("ends", 0);
    private final LongColumn origins = longColumn("origins", 0);
    private final Edges out = outEdges();

    /** With defaults. */
    public RandomWalks() {
    }

    /** So many walkers from each vertex, each of whom follows so many edges. */
    public RandomWalks(long walkers, long length) {
        this.walkers.set(walkers);
        this.length.set(length);
    }

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.NONE;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        for (long i = 0; v.superstep() == 0 && i < walkers.get(); i++) {
            walkOn(v, v.id());
        }
        while (in.next()) {
            walkOn(v, in.value());
        }
        v.halt();
    }

    private void walkOn(LongVertex v, long origin) {
        v.set(visits, v.get(visits) + 1);
        var e = v.edges(out);
        if (v.superstep() == length.get() || e.size() == 0) {
            v.set(ends, v.get(ends) + 1);
            v.set(origins, v.get(origins) + origin);
        } else {
            v.send(e.at(v.random().nextInt(e.size())).target(), origin);
        }
    }
}
