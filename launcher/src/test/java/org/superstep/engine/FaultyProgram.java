package org.superstep.engine;

import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongParameter;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;

/** Runs for six supersteps and does what a program must not do, in superstep 2, at vertex 64. */
public final class FaultyProgram extends LongProgram {
    private final LongParameter fault = longParameter("fault", 0, "the place of the fault in the list");
    private final LongColumn heard = longColumn("heard", 0);

    /** Without a fault; set the parameter. */
    public FaultyProgram() {
    }

    FaultyProgram(Fault fault) {
        this.fault.set(fault.ordinal());
    }

    /** What goes wrong. */
    enum Fault {
        NONE, SECOND_BROADCAST, EXCEPTION_IN_COMPUTE, ERROR_IN_COMPUTE, EXCEPTION_IN_ALONG, EXCEPTION_IN_COMBINER, EXCEPTION_IN_HOOK
    }

    @Override public LongCombiner combiner() {
        return fault() == Fault.EXCEPTION_IN_COMBINER ? BREAKS : LongCombiner.SUM;
    }

    @Override public long along(long message, double weight) {
        if (message == 64 * 1000 + 2 && fault() == Fault.EXCEPTION_IN_ALONG) {
            throw new UnsupportedOperationException("along breaks");
        }
        return message;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        v.set(heard, in.combined());
        if (v.superstep() == 5) {
            v.halt();
            return;
        }
        v.broadcast(v.id() * 1000 + v.superstep());
        if (v.superstep() == 2 && v.id() == 64) {
            switch (fault()) {
                case SECOND_BROADCAST -> v.broadcast(1);
                case EXCEPTION_IN_COMPUTE -> throw new UnsupportedOperationException("compute breaks");
                case ERROR_IN_COMPUTE -> throw new StackOverflowError("compute breaks");
                case NONE, EXCEPTION_IN_ALONG, EXCEPTION_IN_COMBINER, EXCEPTION_IN_HOOK -> { }
            }
        }
    }

    @Override public void beforeSuperstep(Master m) {
        if (m.superstep() == 3 && fault() == Fault.EXCEPTION_IN_HOOK) {
            throw new UnsupportedOperationException("the hook breaks");
        }
    }

    private Fault fault() {
        return Fault.values()[(int) fault.get()];
    }

    private static final LongCombiner BREAKS = new LongCombiner() {
        @Override public long identity() {
            return 0;
        }

        @Override public long combine(long left, long right) {
            if (left == 64 * 1000 + 2 || right == 64 * 1000 + 2) {
                throw new UnsupportedOperationException("the combiner breaks");
            }
            return left + right;
        }
    };
}
