package org.superstep.master;

import java.util.function.BiConsumer;
import org.superstep.graph.BooleanAggregator;
import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleGlobal;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.internal.Tally;

/** A program of several phases whose master hook does what a test says; nobody ever computes its vertices. */
final class SteeredProgram extends PhasedProgram {
    static final int WALK = 0;
    static final int REST = 1;
    static final int COUNT = 2;
    static final int HUM = 3;

    final DoubleAggregator rank = sum("rank");
    final LongAggregator count = count("count");
    final BooleanAggregator all = and("all");
    final LongGlobal turn = longGlobal("turn", -7);
    final DoubleGlobal scale = doubleGlobal("scale", 2.5);
    /** The first phase: doubles, starts awake. */
    final DoublePhase walk = phase("walk", new Doubles(true, false));
    /** Doubles, starts asleep. */
    final DoublePhase rest = phase("rest", new Doubles(false, false));
    /** Longs, starts awake. */
    final LongPhase counting = phase("count", new Longs());
    /** Doubles, everyone speaks. */
    final DoublePhase hum = phase("hum", new Doubles(true, true));
    private final BiConsumer<SteeredProgram, Master> hook;

    SteeredProgram(BiConsumer<SteeredProgram, Master> hook) {
        this.hook = hook;
    }

    @Override public void beforeSuperstep(Master m) {
        hook.accept(this, m);
    }

    /** What a worker reports that has added these. */
    long[][] tally(double addedToRank, long addedToCount, boolean addedToAll) {
        var tally = new Tally(declarations().aggregators());
        tally.add(rank.index(), addedToRank);
        tally.add(count.index(), addedToCount);
        tally.add(all.index(), addedToAll ? 1 : 0);
        return tally.states();
    }

    private record Doubles(boolean startsAwake, boolean everyoneSpeaks) implements DoublePhase {
        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            throw new AssertionError("the master computes no vertex");
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }
    }

    private record Longs() implements LongPhase {
        @Override public void compute(LongVertex v, LongMessages in) {
            throw new AssertionError("the master computes no vertex");
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }
    }
}
