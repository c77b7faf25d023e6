package org.superstep.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.superstep.graph.Aggregation;
import org.superstep.graph.BooleanAggregator;
import org.superstep.graph.BooleanGlobal;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.CustomAggregator;
import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleGlobal;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.HistogramAggregator;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectGlobal;
import org.superstep.graph.Program;
import org.superstep.graph.Ranking;
import org.superstep.graph.RankingAggregator;

/** Programs whose columns show what their aggregators and globals came to, superstep by superstep; see {@link TestPrograms}. */
public final class AggregatorPrograms {
    /** How often each residue occurred; the values' forms differ in length from superstep to superstep. */
    static final class Residues implements Aggregation<TreeMap<Long, Long>> {
        @Override public TreeMap<Long, Long> identity() {
            return new TreeMap<>();
        }

        @Override public TreeMap<Long, Long> merge(TreeMap<Long, Long> left, TreeMap<Long, Long> right) {
            var both = new TreeMap<>(left);
            right.forEach((residue, count) -> both.merge(residue, count, Long::sum));
            return both;
        }

        @Override public Codec<TreeMap<Long, Long>> codec() {
            return new Codec<>() {
                @Override public void write(TreeMap<Long, Long> value, DataOutput out) throws IOException {
                    out.writeShort(value.size());
                    for (var entry : value.entrySet()) {
                        out.writeByte(entry.getKey().intValue());
                        out.writeLong(entry.getValue());
                    }
                }

                @Override public TreeMap<Long, Long> read(DataInput in) throws IOException {
                    var value = new TreeMap<Long, Long>();
                    for (int i = in.readShort(); i > 0; i--) {
                        value.put((long) in.readByte(), in.readLong());
                    }
                    return value;
                }
            };
        }
    }

    private AggregatorPrograms() {
    }

    /** One of each. */
    static List<Supplier<Program>> all() {
        return List.of(EveryObjectAggregator::new, Rankings::new, EveryPersistentAggregator::new, HookedPersistentAggregators::new,
            EveryGlobal::new);
    }

    private static boolean speaks(long id, int superstep) {
        return superstep != 2 && TestPrograms.scramble(id, superstep) % 3 != 0;
    }

    /** Rankings, histograms and custom aggregators, fed by some vertices, not at all in superstep 2; read by all and by the hook. */
    public static final class EveryObjectAggregator extends LongProgram {
        private final RankingAggregator top = topK("top", 5);
        private final RankingAggregator least = leastK("least", 1);
        private final HistogramAggregator histogram = histogram("histogram", -1e9, -1, 0, 1e-3, 1e12);
        private final HistogramAggregator even = evenHistogram("even", 0, 64, 8);
        private final CustomAggregator<TreeMap<Long, Long>> residues = customAggregator("residues", new Residues());
        private final CustomAggregator<TreeMap<Long, Long>> overwritten = customAggregator("overwritten", new Residues());
        private final LongAggregator count = count("count");
        private final LongGlobal seen = longGlobal("seen", 0);
        private final LongColumn read = longColumn("read", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            long all = TestPrograms.scramble(v.previous(top).hashCode(), v.previous(least).hashCode());
            all = TestPrograms.scramble(all, v.previous(histogram).hashCode());
            all = TestPrograms.scramble(all, v.previous(even).hashCode());
            all = TestPrograms.scramble(all, v.previous(residues).hashCode());
            all = TestPrograms.scramble(all, v.previous(overwritten).hashCode() + v.previous(count) + v.global(seen));
            v.set(read, TestPrograms.scramble(v.get(read), all));
            long dice = TestPrograms.scramble(v.id(), 7 + v.superstep());
            if (speaks(v.id(), v.superstep())) {
                v.add(top, TestPrograms.wild(dice, 1));
                v.add(least, dice % 50 == 0 ? Double.NaN : TestPrograms.wild(dice, 2));
                v.add(histogram, dice % 31 == 0 ? Double.NaN : TestPrograms.wild(dice, 3));
                v.add(even, Long.remainderUnsigned(dice, 80) - 8);
                v.add(residues, new TreeMap<>(Map.of(dice % 9, 1L)));
                v.add(overwritten, new TreeMap<>(Map.of(dice % 5, dice)));
                v.add(count, 1);
            }
            if (v.superstep() == 5) {
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            m.set(seen, TestPrograms.scramble(m.get(top).hashCode() + m.get(histogram).total(), m.get(residues).hashCode()));
            if (m.superstep() % 2 == 1) {
                m.set(overwritten, new TreeMap<>(Map.of((long) m.superstep(), m.get(count))));
                m.clear(even);
            }
        }
    }

    /** Values of which many are equal, and more places than there are values. */
    public static final class Rankings extends LongProgram {
        private final RankingAggregator top = topK("top", 3);
        private final RankingAggregator least = leastK("least", 10_000);
        private final RankingAggregator twice = topK("twice", 4);
        private final RankingAggregator ever = leastK("ever", 6).persistent();
        private final LongColumn read = longColumn("read", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(read, TestPrograms.scramble(v.get(read), hash(v.previous(top)) + 3 * hash(v.previous(least)) + 5 * hash(v.previous(twice))
                + 7 * hash(v.previous(ever))));
            long dice = TestPrograms.scramble(v.id(), v.superstep());
            v.add(top, dice % 3);
            v.add(least, dice % 2 == 0 ? 0.0 : -0.0);
            v.add(twice, dice % 5);
            v.add(twice, dice % 5 + (v.id() % 2));
            v.add(ever, -v.superstep() / 2);
            if (v.superstep() == 4) {
                v.halt();
            }
        }

        private static long hash(Ranking ranking) {
            long hash = ranking.size();
            for (int i = 0; i < ranking.size(); i++) {
                hash = TestPrograms.scramble(hash, ranking.id(i) + Double.doubleToRawLongBits(ranking.value(i)));
            }
            return hash;
        }
    }

    /** Every kind, persistent; halted vertices read on, and nobody adds in the end. */
    public static final class EveryPersistentAggregator extends DoubleProgram {
        private final DoubleAggregator sum = sum("sum").persistent();
        private final DoubleAggregator least = min("least").persistent();
        private final DoubleAggregator greatest = max("greatest").persistent();
        private final LongAggregator longSum = longSum("long sum").persistent();
        private final LongAggregator longLeast = longMin("long least").persistent();
        private final LongAggregator longGreatest = longMax("long greatest").persistent();
        private final LongAggregator now = count("now");
        private final BooleanAggregator all = and("all").persistent();
        private final BooleanAggregator any = or("any").persistent();
        private final RankingAggregator top = topK("top", 4).persistent();
        private final HistogramAggregator histogram = histogram("histogram", -1, 1).persistent();
        private final CustomAggregator<TreeMap<Long, Long>> residues = customAggregator("residues", new Residues()).persistent();
        private final DoubleColumn sums = doubleColumn("sums", 0);
        private final LongColumn read = longColumn("read", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(sums, v.previous(sum));
            long doubles = TestPrograms.scramble(Double.doubleToRawLongBits(v.previous(least)),
                Double.doubleToRawLongBits(v.previous(greatest)));
            long longs = TestPrograms.scramble(v.previous(longSum) + v.previous(now), v.previous(longLeast) ^ v.previous(longGreatest));
            long objects = TestPrograms.scramble(v.previous(top).hashCode(), v.previous(histogram).hashCode())
                + v.previous(residues).hashCode();
            v.set(read, TestPrograms.scramble(v.get(read) + doubles, longs + objects) * 4 + (v.previous(all) ? 2 : 0)
                + (v.previous(any) ? 1 : 0));
            long dice = TestPrograms.scramble(v.id(), v.superstep());
            if (v.superstep() < 4 && speaks(v.id(), v.superstep())) {
                // Terms that cancel only over supersteps: a sum that is rounded in between is another one.
                v.add(sum, v.superstep() % 2 == 0 ? TestPrograms.wild(v.id(), 0) : -TestPrograms.wild(v.id(), 0));
                v.add(sum, Math.scalb(1.0, (int) (dice % 60) - 60));
                v.add(least, TestPrograms.wild(dice, 3));
                v.add(greatest, TestPrograms.wild(dice, 4));
                v.add(longSum, dice);
                v.add(longLeast, dice);
                v.add(longGreatest, dice);
                v.add(now, 1);
                v.add(all, dice % 64 != 0);
                v.add(any, dice % 64 == 0);
                v.add(top, TestPrograms.wild(dice, 5));
                v.add(histogram, dice % 3);
                v.add(residues, new TreeMap<>(Map.of(dice % 7, 1L)));
            }
            if (v.superstep() == 6) {
                v.halt();
            }
        }
    }

    /** Persistent ones that the hook sets and clears, while the vertices go on adding. */
    public static final class HookedPersistentAggregators extends DoubleProgram {
        private final DoubleAggregator sum = sum("sum").persistent();
        private final DoubleAggregator greatest = max("greatest").persistent();
        private final LongAggregator count = count("count").persistent();
        private final BooleanAggregator all = and("all").persistent();
        private final RankingAggregator top = topK("top", 3).persistent();
        private final HistogramAggregator histogram = histogram("histogram", 0).persistent();
        private final CustomAggregator<TreeMap<Long, Long>> residues = customAggregator("residues", new Residues()).persistent();
        private final DoubleColumn sums = doubleColumn("sums", 0);
        private final LongColumn read = longColumn("read", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(sums, v.previous(sum) + v.previous(greatest));
            v.set(read, TestPrograms.scramble(v.get(read) + v.previous(count), v.previous(top).hashCode() + v.previous(histogram).hashCode()
                + v.previous(residues).hashCode() + (v.previous(all) ? 1 : 0)));
            long dice = TestPrograms.scramble(v.id(), v.superstep());
            v.add(sum, TestPrograms.wild(dice, 1));
            v.add(greatest, TestPrograms.wild(dice, 2));
            v.add(count, 1);
            v.add(all, dice % 16 != 0);
            v.add(top, TestPrograms.wild(dice, 3));
            v.add(histogram, dice);
            v.add(residues, new TreeMap<>(Map.of(dice % 3, dice)));
            if (v.superstep() == 7) {
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            switch (m.superstep()) {
                case 0 -> m.set(count, 1000);
                case 2 -> {
                    m.set(sum, m.get(sum) / 3);
                    m.set(all, true);
                    m.clear(top);
                }
                case 4 -> {
                    m.set(greatest, -1e300);
                    m.clear(count);
                    m.set(residues, new TreeMap<>(Map.of(1L, m.get(count))));
                }
                case 5 -> {
                    m.clear(sum);
                    m.clear(histogram);
                    m.clear(residues);
                    m.clear(all);
                }
                default -> {
                }
            }
        }
    }

    /** Globals of every type, from what they begin with on. */
    public static final class EveryGlobal extends LongProgram {
        private final LongAggregator awake = count("awake");
        private final BooleanGlobal odd = booleanGlobal("odd", true);
        private final LongGlobal number = longGlobal("number", -3);
        private final DoubleGlobal fraction = doubleGlobal("fraction", 0.1);
        private final ObjectGlobal<String> text = objectGlobal("text", Codecs.STRING, "begin");
        private final ObjectGlobal<String> constant = objectGlobal("constant", Codecs.STRING, "äöü");
        private final LongColumn read = longColumn("read", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(read, TestPrograms.scramble(v.get(read) + (v.global(odd) ? 1 : 0), v.global(text).hashCode() + v.global(number)
                + Double.doubleToRawLongBits(v.global(fraction)) + v.global(constant).hashCode()));
            v.add(awake, 1);
            if (v.id() % (2 + v.superstep()) == 0) {
                v.halt();
            }
            if (v.superstep() == 5) {
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() > 0) {
                m.set(odd, !m.get(odd));
                m.set(text, m.get(text) + "|" + m.get(awake));
                m.set(number, m.get(number) * 7 + m.get(text).length());
                m.set(fraction, m.get(fraction) / 3);
            }
        }
    }
}
