package org.superstep.master;

import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;

/** A program whose vertices are asleep until the hook wakes them, which it does or does not. */
final class SleepingProgram extends LongProgram {
    private final boolean wakes;

    SleepingProgram(boolean wakes) {
        this.wakes = wakes;
    }

    @Override public boolean startsAwake() {
        return false;
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.MIN;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        throw new AssertionError("the master computes no vertex");
    }

    @Override public void beforeSuperstep(Master m) {
        if (wakes && m.superstep() == 0) {
            m.wakeAll();
        }
    }
}
