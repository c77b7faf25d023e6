package org.superstep.engine.programs;

import org.superstep.graph.Edges;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Weights;

/**
 * Contracts the edges of an undirected graph until none is left: of each component one vertex remains, that with the smallest id, and knows
 * how many it stands for.
 *
 * <p>Rounds of three phases. A vertex whose neighbours all have greater ids is a centre and says so. Everyone else who hears centres will
 * be merged into the smallest of them, and all tell their neighbours into whom. Then every edge gives way to one between those into whom
 * its ends are merged, if they differ, and who is merged goes, leaving to its centre how many it stood for.
 *
 * <p>Supersteps: three a round, and in each round at least the neighbours of each component's smallest vertex are merged. Messages: three
 * an edge and round at most. Memory: 16 bytes a vertex and the edges. Source: star contraction as in U. Acar and G. Blelloch, "Algorithms:
 * parallel and sequential", 2019, chapter "Graph contraction", but with local minima as centres instead of coins, so that the result is
 * defined.
 */
public final class EdgeContraction extends PhasedProgram {
    private final LongColumn size = longColumn("size", 1);
    private final LongColumn centre = longColumn("centre", 0).hidden();
    private final Edges out = outEdges();
    private final Phase announce = phase("announce", new Announce());
    private final Phase choose = phase("choose", new Choose());
    private final Phase contract = phase("contract", new Contract());

    @Override public boolean changesGraph() {
        return true;
    }

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public void beforeSuperstep(Master m) {
        int turn = m.superstep() % 3;
        if (turn == 1 && m.edgeCount() == 0) {
            m.halt();
        } else {
            m.startPhase(turn == 0 ? announce : turn == 1 ? choose : contract);
        }
    }

    /** Hears how many the merged stood for. */
    private final class Announce implements LongPhase {
        @Override public LongCombiner combiner() {
            return LongCombiner.MIN;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (!in.isEmpty()) {
                v.set(size, v.get(size) + in.combined());
            }
            var e = v.edges(out);
            if (e.next() && e.neighbour() >= v.id()) {
                v.broadcast(v.id());
            }
            v.halt();
        }
    }

    /** Hears the smallest centre, which is smaller than the vertex itself if it is another. */
    private final class Choose implements LongPhase {
        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(centre, Math.min(v.id(), in.combined()));
            v.broadcast(v.get(centre));
            v.halt();
        }
    }

    /** Hears each neighbour's centre, as often as there are edges to it, in the order of the edges. */
    private final class Contract implements LongPhase {
        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            long from = v.get(centre);
            for (var e = v.edges(out); e.next() && in.next();) {
                long to = in.value();
                if (from != v.id() || to != e.neighbour() || from == to) {
                    e.remove();
                    if (from != to) {
                        v.addEdge(from, to, 1);
                    }
                }
            }
            if (from != v.id()) {
                v.send(from, v.get(size));
                v.removeVertex(v.id());
            }
            v.halt();
        }
    }
}
