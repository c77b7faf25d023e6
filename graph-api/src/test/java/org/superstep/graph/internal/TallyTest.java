package org.superstep.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.superstep.graph.Aggregation;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Aggregator.Kind;
import org.superstep.graph.BooleanAggregator;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.CustomAggregator;
import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.Histogram;
import org.superstep.graph.HistogramAggregator;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.Ranking;
import org.superstep.graph.RankingAggregator;

/** What is added to aggregators, merged in any grouping and order, is one to the bit. */
class TallyTest {
    private static final List<Kind> DOUBLES = List.of(Kind.DOUBLE_SUM, Kind.DOUBLE_MIN, Kind.DOUBLE_MAX);

    @Property(tries = 200)
    void anyGroupingAndOrderComesToTheSame(@ForAll long seed) {
        var random = new Random(seed);
        var aggregators = new EveryKind().declarations().aggregators();
        var values = random.longs(random.nextInt(50)).boxed().toList();
        var whole = new Tally(aggregators);
        values.forEach(value -> addEverywhere(whole, aggregators, value));

        var groups = new ArrayList<Tally>();
        for (int i = 0; i < 4; i++) {
            groups.add(new Tally(aggregators));
        }
        var shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(value -> addEverywhere(groups.get(random.nextInt(4)), aggregators, value));
        while (groups.size() > 1) {
            var merged = groups.remove(random.nextInt(groups.size()));
            var into = groups.get(random.nextInt(groups.size()));
            if (random.nextBoolean()) {
                into.merge(merged);
            } else {
                into.merge(merged.states());
            }
        }
        assertThat(groups.get(0).values()).isEqualTo(whole.values());
        assertThat(objects(groups.get(0))).isEqualTo(objects(whole));
        assertThat(groups.get(0).states()).isDeepEqualTo(whole.states());
    }

    @Test
    void ofNothingEachIsItsIdentity() {
        var tally = new Tally(new EveryKind().declarations().aggregators());
        long[] identities = {bits(0), bits(Double.POSITIVE_INFINITY), bits(Double.NEGATIVE_INFINITY),
            0, Long.MAX_VALUE, Long.MIN_VALUE, 1, 0, 0, 0, 0, 0};
        assertThat(tally.values()).isEqualTo(identities);
        assertThat(Arrays.asList(tally.states())).containsOnlyNulls();
        var into = new Tally(new EveryKind().declarations().aggregators());
        into.merge(tally);
        into.merge(tally.states());
        assertThat(Arrays.asList(into.states())).containsOnlyNulls();
        addEverywhere(tally, new EveryKind().declarations().aggregators(), 17);
        tally.clear();
        assertThat(tally.values()).isEqualTo(identities);
        assertThat(Arrays.asList(tally.states())).containsOnlyNulls();
    }

    @Test
    void anIdentityThatWasAddedIsKeptApartFromNothing() {
        var tally = new Tally(new EveryKind().declarations().aggregators());
        tally.add(0, 0.0);
        tally.add(4, Long.MAX_VALUE);
        assertThat(tally.states()[0]).isNotNull();
        assertThat(tally.states()[4]).isNotNull();
        assertThat(tally.states()[1]).isNull();
    }

    @Test
    void extremesOfDoublesOrderZerosAndLetNaNWin() {
        assertThat(extreme(Kind.DOUBLE_MIN, 0.0, -0.0)).isEqualTo(bits(-0.0));
        assertThat(extreme(Kind.DOUBLE_MIN, -0.0, 0.0)).isEqualTo(bits(-0.0));
        assertThat(extreme(Kind.DOUBLE_MAX, 0.0, -0.0)).isEqualTo(bits(0.0));
        assertThat(extreme(Kind.DOUBLE_MAX, -0.0, 0.0)).isEqualTo(bits(0.0));
        double otherNaN = Double.longBitsToDouble(0x7FF8_0000_0000_1234L);
        assertThat(extreme(Kind.DOUBLE_MIN, otherNaN, 1)).isEqualTo(bits(Double.NaN));
        assertThat(extreme(Kind.DOUBLE_MAX, 1, otherNaN)).isEqualTo(bits(Double.NaN));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPartialTakesItsOwnTypeAlone(Kind kind) {
        var partial = Partial.of(kind);
        assertThatThrownBy(() -> {
            if (DOUBLES.contains(kind)) {
                partial.add(1L);
            } else {
                partial.add(1.0);
            }
        }).isInstanceOf(IllegalStateException.class);
        assertThat(partial.isEmpty()).isTrue();
    }

    @Test
    void thoseOfObjectsTakeNothingElse() {
        for (var aggregator : new EveryKind().declarations().aggregators()) {
            var partial = aggregator.newPartial();
            if (!(aggregator instanceof RankingAggregator)) {
                assertThatThrownBy(() -> partial.add(1, 1.0)).isInstanceOf(IllegalStateException.class);
            }
            if (!(aggregator instanceof CustomAggregator<?>)) {
                assertThatThrownBy(() -> partial.addObject("text")).isInstanceOf(IllegalStateException.class);
            }
            if (partial instanceof ObjectPartial<?>) {
                assertThatThrownBy(() -> partial.add(1L)).isInstanceOf(IllegalStateException.class);
            } else {
                assertThatThrownBy(() -> partial.setObject("text")).isInstanceOf(IllegalStateException.class);
            }
            assertThat(partial.isEmpty()).isTrue();
        }
    }

    /** Tallies that are merged and read after every superstep against one that has seen all supersteps at once. */
    @Property(tries = 200)
    void persistentOnesComeToAllThatWasEverAdded(@ForAll long seed) {
        var random = new Random(seed);
        var regular = new EveryKind().declarations().aggregators();
        var persistent = new EveryKind();
        persistent.persist();
        var master = new Tally(persistent.declarations().aggregators());
        var everything = new Tally(regular);
        for (int superstep = 0; superstep < 5; superstep++) {
            var worker = new Tally(regular);
            for (int i = random.nextInt(20); i > 0; i--) {
                long value = random.nextLong();
                addEverywhere(worker, regular, value);
                addEverywhere(everything, regular, value);
            }
            master.merge(worker.states());
            assertThat(objects(master)).isEqualTo(objects(everything));
            assertThat(master.states()).isDeepEqualTo(everything.states());
            master.clearUnlessPersistent();
        }
    }

    @Test
    void onlyRegularOnesStartAnew() {
        var program = new EveryKind();
        program.declarations().aggregators().stream().filter(DoubleAggregator.class::isInstance)
            .forEach(aggregator -> ((DoubleAggregator) aggregator).persistent());
        var tally = new Tally(program.declarations().aggregators());
        addEverywhere(tally, program.declarations().aggregators(), 4);
        tally.clearUnlessPersistent();
        assertThat(IntStream.range(0, tally.states().length).filter(i -> tally.states()[i] != null)).containsExactly(0, 1, 2);
    }

    @Property(tries = 200)
    void whatIsSetIsAllThatWasAdded(@ForAll long seed) {
        var random = new Random(seed);
        var aggregators = new EveryKind().declarations().aggregators();
        var set = new Tally(aggregators);
        var added = new Tally(aggregators);
        for (int i = 0; i < 5; i++) {
            addEverywhere(set, aggregators, random.nextLong());
        }
        // Custom ones and those of one long are set; only the engine sets the others.
        long value = random.nextLong(1 << 20);
        addEverywhere(added, aggregators, value);
        var values = Values.ofAggregators(new EveryKind().declarations());
        added.read(values);
        for (var aggregator : aggregators) {
            if (aggregator.form().isOneWord()) {
                set.set(aggregator.index(), values.bits[aggregator.index()]);
            } else {
                set.setObject(aggregator.index(), values.objects[aggregator.index()]);
            }
        }
        assertThat(set.states()).isDeepEqualTo(added.states());
        addEverywhere(set, aggregators, value + 1);
        addEverywhere(added, aggregators, value + 1);
        assertThat(set.states()).isDeepEqualTo(added.states());
        assertThat(objects(set)).isEqualTo(objects(added));
    }

    @Property(tries = 300)
    void aRankingIsWhatSortingGives(@ForAll long seed) {
        var random = new Random(seed);
        int places = 1 + random.nextInt(12);
        for (boolean least : new boolean[] {false, true}) {
            var partial = new RankingPartial(places, least, null);
            var pairs = new ArrayList<Map.Entry<Long, Double>>();
            for (int i = random.nextInt(40); i > 0; i--) {
                double value = switch (random.nextInt(8)) {
                    case 0 -> Double.NaN;
                    case 1 -> -0.0;
                    case 2 -> Double.NEGATIVE_INFINITY;
                    default -> random.nextInt(6) - 2;
                };
                long id = random.nextInt(20) - 10;
                partial.add(id, value);
                pairs.add(Map.entry(id, value));
            }
            Comparator<Double> byValue = least ? Comparator.naturalOrder() : Comparator.reverseOrder();
            pairs.sort(Comparator.<Map.Entry<Long, Double>, Boolean>comparing(pair -> pair.getValue().isNaN())
                .thenComparing(Map.Entry::getValue, byValue).thenComparing(Map.Entry::getKey));
            var best = pairs.subList(0, Math.min(places, pairs.size()));
            assertThat(partial.object()).isEqualTo(new Ranking(best.stream().mapToLong(Map.Entry::getKey).toArray(),
                best.stream().mapToDouble(Map.Entry::getValue).toArray()));
        }
    }

    @Test
    void aHistogramCountsFromEachBoundUpToTheNext() {
        var partial = new HistogramPartial(new double[] {0, 1, 2.5}, null);
        for (double value : new double[] {Double.NEGATIVE_INFINITY, -1e-9, -0.0, 0, 0.999, 1, 2.5, Double.POSITIVE_INFINITY, Double.NaN}) {
            partial.add(value);
        }
        var histogram = partial.object();
        assertThat(histogram).isEqualTo(new Histogram(new double[] {0, 1, 2.5}, new long[] {2, 3, 1, 2}, 1))
            .hasToString("[<0.0: 2, <1.0: 3, <2.5: 1, rest: 2, NaN: 1]");
        assertThat(histogram.total()).isEqualTo(9);
        assertThat(histogram.bound(2)).isEqualTo(2.5);
    }

    @Test
    void valuesArePackedAndUnpacked() {
        var program = new EveryKind();
        var tally = new Tally(program.declarations().aggregators());
        addEverywhere(tally, program.declarations().aggregators(), 12_345);
        addEverywhere(tally, program.declarations().aggregators(), -777);
        var values = Values.ofAggregators(program.declarations());
        tally.read(values);
        var unpacked = Values.ofAggregators(program.declarations());
        unpacked.unpack(values.packed());
        assertThat(unpacked.boxed()).isEqualTo(values.boxed());
    }

    @Test
    void sumsOfLongsWrapAround() {
        var sum = Partial.of(Kind.LONG_SUM);
        sum.add(Long.MAX_VALUE);
        sum.add(1L);
        assertThat(sum.value()).isEqualTo(Long.MIN_VALUE);
    }

    private static long extreme(Kind kind, double... values) {
        var partial = Partial.of(kind);
        for (double value : values) {
            partial.add(value);
        }
        return partial.value();
    }

    private static void addEverywhere(Tally tally, List<Aggregator> aggregators, long value) {
        // Few ids and few values of small numbers, so that there are ties.
        double number = Double.longBitsToDouble(value);
        double anyNumber = Double.isNaN(number) ? Double.NaN : value % 3 == 0 ? value % 5 : number;
        for (var aggregator : aggregators) {
            if (aggregator instanceof RankingAggregator) {
                tally.add(aggregator.index(), value % 7, anyNumber);
            } else if (aggregator instanceof DoubleAggregator || aggregator instanceof HistogramAggregator) {
                tally.add(aggregator.index(), anyNumber);
            } else if (aggregator instanceof BooleanAggregator) {
                tally.add(aggregator.index(), value & 1);
            } else if (aggregator instanceof CustomAggregator<?>) {
                tally.addObject(aggregator.index(), Long.toString(value % 100));
            } else {
                tally.add(aggregator.index(), value);
            }
        }
    }

    private static List<Object> objects(Tally tally) {
        var values = Values.ofAggregators(new EveryKind().declarations());
        tally.read(values);
        return values.boxed();
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** Of two texts the longer, of equally long ones the first by the alphabet. */
    private static final class LongestText implements Aggregation<String> {
        @Override public String identity() {
            return "";
        }

        @Override public String merge(String left, String right) {
            return left.length() > right.length() || left.length() == right.length() && left.compareTo(right) < 0 ? left : right;
        }

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }
    }

    /** Declares one aggregator of each kind. */
    private static final class EveryKind extends DoubleProgram {
        EveryKind() {
            sum("double sum");
            min("double min");
            max("double max");
            longSum("long sum");
            longMin("long min");
            longMax("long max");
            and("and");
            or("or");
            topK("top", 5);
            leastK("least", 3);
            histogram("histogram", -1, 0, 1e3);
            customAggregator("longest text", new LongestText());
        }

        void persist() {
            for (var aggregator : declarations().aggregators()) {
                if (aggregator instanceof DoubleAggregator doubles) {
                    doubles.persistent();
                } else if (aggregator instanceof LongAggregator longs) {
                    longs.persistent();
                } else if (aggregator instanceof BooleanAggregator truths) {
                    truths.persistent();
                } else if (aggregator instanceof RankingAggregator ranking) {
                    ranking.persistent();
                } else if (aggregator instanceof HistogramAggregator histogram) {
                    histogram.persistent();
                } else if (aggregator instanceof CustomAggregator<?> custom) {
                    custom.persistent();
                }
            }
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
        }
    }
}
