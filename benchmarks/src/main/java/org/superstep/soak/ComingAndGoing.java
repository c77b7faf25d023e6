package org.superstep.soak;

import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongParameter;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.Weights;

/**
 * In some supersteps vertices and edges come and go by chance, in the others nothing changes; all that a vertex hears goes into a hash, and
 * some emit it. So a loss meets a graph that has changed since the checkpoint, or has not.
 */
public final class ComingAndGoing extends LongProgram {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final LongParameter steps = longParameter("steps", 20, "how long").atLeast(1);
    private final LongParameter every = longParameter("every", 7, "in each so manieth superstep the graph changes").atLeast(1);
    private final LongColumn hash = longColumn("hash", 1);
    private final LongAggregator heard = count("messages heard");
    private final RecordOutput seen = recordOutput("seen", "superstep", "id", "hash");

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
        long mine = v.get(hash) * PRIME + v.previous(heard);
        while (in.next()) {
            mine = (mine ^ in.value()) * PRIME;
            v.add(heard, 1);
        }
        v.set(hash, mine);
        if (v.superstep() % every.get() == every.get() - 1) {
            change(v);
        }
        if (v.random().nextInt(16) == 0) {
            v.emit(seen, v.superstep(), v.id(), mine);
        }
        if (v.superstep() >= steps.get()) {
            v.halt();
        } else if (v.random().nextInt(4) > 0) {
            v.broadcast(mine >>> 8);
        } else {
            v.send(v.id(), mine >>> 4);
        }
    }

    private static void change(LongVertex v) {
        long near = v.id() + v.random().nextInt(9) - 4;
        switch (v.random().nextInt(8)) {
            case 0 -> v.addVertex(near);
            case 1 -> v.removeVertex(near);
            case 2, 3 -> v.addEdge(near);
            case 4 -> v.removeEdges(near);
            default -> { }
        }
    }
}
