package org.superstep.benchmarks;

import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.EnumParameter;
import org.superstep.graph.LongParameter;
import org.superstep.graph.Weights;

/**
 * PageRank as a user may write it, for comparison with the bundled one, whose ranks it gives to the bit: with a combiner and an
 * {@code along} of its own, or without a combiner, adding message by message.
 */
public final class OwnPageRank extends DoubleProgram {
    private static final double DAMPING = 0.85;
    private static final DoubleCombiner OWN_SUM = new DoubleCombiner() {
        @Override public double identity() {
            return -0.0;
        }

        @Override public double combine(double left, double right) {
            return left + right;
        }
    };

    private final LongParameter iterations = longParameter("iterations", 20, "power iterations").atLeast(1);
    private final EnumParameter<Adding> adding = enumParameter("adding", Adding.COMBINED, "how messages are added");
    private final DoubleColumn rank = doubleColumn("rank", 0);
    private final DoubleAggregator sinks = sum("rank held by sinks");

    /** How messages are added. */
    public enum Adding {
        /** By a combiner. */
        COMBINED,
        /** By compute, one by one. */
        ONE_BY_ONE
    }

    /** Twenty iterations. */
    public OwnPageRank() {
    }

    /** Twenty iterations, adding in this way. */
    public OwnPageRank(Adding way) {
        adding.set(way);
    }

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public DoubleCombiner combiner() {
        return adding.get() == Adding.COMBINED ? OWN_SUM : DoubleCombiner.NONE;
    }

    @Override public double along(double message, double weight) {
        return message;
    }

    @Override public boolean everyoneSpeaks() {
        return true;
    }

    @Override public void compute(DoubleVertex v, DoubleMessages in) {
        double n = v.vertexCount();
        double mine = v.superstep() == 0 ? 1 / n : (1 - DAMPING) / n + DAMPING * (heard(in) + v.previous(sinks) / n);
        v.set(rank, mine);
        if (v.superstep() == iterations.get()) {
            v.halt();
        } else if (v.outDegree() == 0) {
            v.add(sinks, mine);
        } else {
            v.broadcast(mine / v.outDegree());
        }
    }

    private double heard(DoubleMessages in) {
        if (adding.get() == Adding.COMBINED) {
            return in.combined();
        }
        double sum = -0.0;
        while (in.next()) {
            sum += in.value();
        }
        return sum;
    }
}
