package org.superstep.engine.programs;

import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Weights;

/**
 * A maximal matching of a bipartite graph whose edges lead from left to right: a set of edges without common ends, to which none can be
 * added. Who is matched to nobody is its own match.
 *
 * <p>Cycles of four supersteps: left vertices without a match ask all their neighbours; right vertices without one grant one of the
 * requests, by chance, and deny the others; left vertices accept one of the grants, by chance; right vertices note who has accepted. A left
 * vertex whose neighbours are all matched hears no answer and asks no more.
 *
 * <p>Supersteps: expected to be logarithmic in the number of vertices. Messages: two an edge and cycle between vertices without a match.
 * Memory: 8 bytes a vertex. Source: G. Malewicz et al., "Pregel: a system for large-scale graph processing", 2010, section 5.3, after
 * T. Anderson et al., "High-speed switch scheduling for local-area networks", 1993.
 */
public final class BipartiteMatching extends LongProgram {
    private static final long REQUEST = 0;
    private static final long DENIAL = 1;
    private static final long GRANT = 2;
    private static final long ACCEPTANCE = 3;
    private final LongColumn match = longColumn("match", 0);

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.NONE;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        if (v.superstep() == 0) {
            v.set(match, v.id());
        }
        boolean isLeft = v.outDegree() > 0;
        boolean isFree = v.get(match) == v.id();
        switch (v.superstep() % 4) {
            case 0 -> {
                if (isLeft && isFree) {
                    v.broadcast(REQUEST);
                }
                v.halt();
            }
            case 1 -> {
                if (isFree) {
                    grantOne(v, in);
                }
                v.halt();
            }
            case 2 -> {
                // Denied on all sides, it stays awake to ask again.
                if (acceptOne(v, in)) {
                    v.halt();
                }
            }
            default -> {
                if (in.next()) {
                    v.set(match, in.senderId());
                    v.halt();
                }
            }
        }
    }

    private static void grantOne(LongVertex v, LongMessages in) {
        int requests = count(in, REQUEST);
        int granted = v.random().nextInt(requests);
        for (int i = 0; in.next(); i++) {
            v.send(in.senderId(), i == granted ? GRANT : DENIAL);
        }
    }

    private boolean acceptOne(LongVertex v, LongMessages in) {
        int grants = count(in, GRANT);
        if (grants == 0) {
            return false;
        }
        int before = v.random().nextInt(grants);
        while (in.next()) {
            if (in.value() == GRANT && before-- == 0) {
                v.set(match, in.senderId());
                v.send(in.senderId(), ACCEPTANCE);
                break;
            }
        }
        return true;
    }

    private static int count(LongMessages in, long what) {
        int count = 0;
        while (in.next()) {
            count += in.value() == what ? 1 : 0;
        }
        in.rewind();
        return count;
    }
}
