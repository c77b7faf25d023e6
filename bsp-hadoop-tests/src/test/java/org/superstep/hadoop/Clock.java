package org.superstep.hadoop;

import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;

/** A program of a user's own, to be loaded from a jar: it counts supersteps. */
public final class Clock extends LongProgram {
    private final LongColumn ticks = longColumn("ticks", 0);

    @Override public LongCombiner combiner() {
        return LongCombiner.SUM;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        v.set(ticks, v.get(ticks) + 1);
        if (v.superstep() == 2000) {
            v.halt();
        }
    }
}
