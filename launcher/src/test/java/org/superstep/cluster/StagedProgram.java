package org.superstep.cluster;

import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;

/** Sums what it hears for some supersteps; in superstep 2 the hook does one thing, and vertex 3 another. */
final class StagedProgram extends LongProgram {
    private static final int SUPERSTEPS = 6;

    private final LongColumn sum = longColumn("sum", 0);
    private final int supersteps;
    private final Runnable inHook;
    private final Runnable inCompute;

    StagedProgram(Runnable inHook, Runnable inCompute) {
        this(SUPERSTEPS, inHook, inCompute);
    }

    StagedProgram(int supersteps, Runnable inHook, Runnable inCompute) {
        this.supersteps = supersteps;
        this.inHook = inHook;
        this.inCompute = inCompute;
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.SUM;
    }

    @Override public void beforeSuperstep(Master m) {
        if (m.superstep() == 2) {
            inHook.run();
        }
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        if (v.superstep() == 2 && v.id() == 3) {
            inCompute.run();
        }
        v.set(sum, v.get(sum) + in.combined());
        if (v.superstep() == supersteps) {
            v.halt();
        } else {
            v.broadcast(v.id() + v.superstep());
        }
    }
}
