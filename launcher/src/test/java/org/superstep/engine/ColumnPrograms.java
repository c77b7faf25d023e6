package org.superstep.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.LongVertex;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Program;
import org.superstep.graph.Scratch;

/** Programs that compute nothing of use with columns of every type: each value comes from those before and from what was heard. */
public final class ColumnPrograms {
    private ColumnPrograms() {
    }

    /** One of each. */
    static List<Supplier<Program>> all() {
        return List.of(EveryType::new, EveryTypeOfOddNumbers::new);
    }

    /** An immutable value of a program's own. */
    record Visit(int superstep, long heard) {
        static final Codec<Visit> CODEC = new Codec<>() {
            @Override public void write(Visit visit, DataOutput out) throws IOException {
                out.writeInt(visit.superstep);
                out.writeLong(visit.heard);
            }

            @Override public Visit read(DataInput in) throws IOException {
                return new Visit(in.readInt(), in.readLong());
            }
        };
    }

    /** Two columns of some types, hidden and shown, declared in another order than their types are stored. */
    public static final class EveryType extends LongProgram {
        private static final int WIDTH = 3;

        private final ObjectColumn<String> story = objectColumn("story", Codecs.STRING, "");
        private final BooleanColumn even = booleanColumn("even", true);
        private final DoubleVectorColumn embedding = doubleVectorColumn("embedding", WIDTH, 0.5);
        private final LongColumn hash = longColumn("hash", 17);
        private final FloatColumn share = floatColumn("share", -0f);
        private final LongVectorColumn window = longVectorColumn("window", 2, -1);
        private final ObjectColumn<Visit> visit = objectColumn("visit", Visit.CODEC, new Visit(-1, 0)).hidden();
        private final DoubleVectorColumn single = doubleVectorColumn("single", 1, 0).hidden();
        private final BooleanColumn never = booleanColumn("never", false);
        private final IntColumn heard = intColumn("heard", 0);
        private final ObjectColumn<long[]> trace = objectColumn("trace", Codecs.LONGS, new long[0]);
        private final Scratch<double[]> buffer = scratch(() -> new double[WIDTH]);

        @Override public LongCombiner combiner() {
            return TestPrograms.POLYNOMIAL;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            long said = TestPrograms.scramble(v.get(hash), in.combined());
            double[] mine = v.get(embedding, v.scratch(buffer));
            for (int i = 0; i < WIDTH; i++) {
                mine[i] = mine[i] / 3 + TestPrograms.wild(said, i);
            }
            v.set(embedding, mine);
            v.set(embedding, 1, v.get(embedding, 0) + v.get(embedding, 2));
            v.set(single, 0, v.get(share) + v.get(single, 0));
            v.set(window, new long[] {v.get(window, 1), said});
            v.set(story, v.get(story) + (v.get(even) ? "+" : "-") + Long.toHexString(said & 15));
            v.set(even, !v.get(even) && (said & 2) == 0);
            v.set(share, v.get(share) / 7 + (float) TestPrograms.wild(said, 99));
            v.set(visit, new Visit(v.superstep(), v.get(visit).heard() * 31 + said));
            v.set(trace, new long[] {v.get(trace).length, v.get(visit).heard(), v.superstep()});
            v.set(heard, v.get(heard) + (in.isEmpty() || v.get(never) ? 0 : 1));
            v.set(hash, said);
            if (v.superstep() < 4 && (said & 3) != 0) {
                v.broadcast(said);
            } else {
                v.halt();
            }
        }
    }

    /** Every NaN is one; signs of zeros and infinities stay. */
    public static final class EveryTypeOfOddNumbers extends DoubleProgram {
        private static final float[] FLOATS = {Float.intBitsToFloat(0xFFC0_0007), -0f, Float.POSITIVE_INFINITY, Float.MIN_VALUE, 0.1f};
        private static final double[] DOUBLES = {Double.longBitsToDouble(0xFFF8_0000_0000_0007L), -0.0, Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE, 0.1};

        private final FloatColumn odd = floatColumn("odd", Float.intBitsToFloat(0x7FC0_0001));
        private final DoubleVectorColumn odds = doubleVectorColumn("odds", DOUBLES.length, Double.longBitsToDouble(0x7FF8_0000_0000_0001L));
        private final DoubleVectorColumn element = doubleVectorColumn("element", 1, -0.0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            int which = (int) Long.remainderUnsigned(v.id() + v.superstep(), DOUBLES.length);
            v.set(odd, FLOATS[which] + (float) in.combined());
            if (which < 2) {
                v.set(odds, DOUBLES);
            }
            v.set(element, 0, DOUBLES[which]);
            if (v.superstep() < 3) {
                v.broadcast(v.get(odds, which));
            } else {
                v.halt();
            }
        }
    }
}
