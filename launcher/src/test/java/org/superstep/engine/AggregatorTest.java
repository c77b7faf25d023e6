package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.JobException;
import org.superstep.JobReport;
import org.superstep.Superstep;
import org.superstep.graph.Aggregation;
import org.superstep.graph.BooleanGlobal;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.CustomAggregator;
import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.Histogram;
import org.superstep.graph.HistogramAggregator;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectGlobal;
import org.superstep.graph.Ranking;
import org.superstep.graph.RankingAggregator;
import org.superstep.net.Delivery;

/** What aggregators and globals come to, superstep by superstep, in figures that can be told beforehand; and how they fail. */
class AggregatorTest {
    /** Vertices 0 to 9. */
    private static final Sample TEN = RandomGraphs.path(9);

    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(3, 16, 1, Delivery.AUTO), new Shape(2, 7, 2, Delivery.PUSH),
            new Shape(4, 64, 3, Delivery.PULL));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theReportTellsWhatEachSuperstepCameTo(Shape shape) {
        JobReport report = Superstep.run(new Everything(), TEN.graph(), shape.options()).report();
        var supersteps = report.supersteps();
        assertThat(supersteps).hasSize(4);
        assertThat(supersteps.get(0).aggregates()).containsExactly(
            Map.entry("sum", 45.0), Map.entry("ever", 45.0), Map.entry("count", 10L),
            Map.entry("top", new Ranking(new long[] {8, 9, 6}, new double[] {4, 4, 3})),
            Map.entry("histogram", new Histogram(new double[] {1, 8.5}, new long[] {1, 8, 1}, 0)),
            Map.entry("texts", "0123456789"));
        assertThat(supersteps.get(0).globals()).containsExactly(Map.entry("even", true), Map.entry("seen", "begun"));
        assertThat(supersteps.get(1).aggregates()).containsEntry("sum", 4.5).containsEntry("ever", 49.5).containsEntry("count", 20L)
            .containsEntry("texts", "0123456789");
        assertThat(supersteps.get(1).globals()).containsExactly(Map.entry("even", false), Map.entry("seen", "begun 10"));
        // Before superstep 2 the hook makes it 1.
        assertThat(supersteps.get(2).aggregates()).containsEntry("sum", 0.45).containsEntry("ever", 49.95).containsEntry("count", 11L);
        assertThat(supersteps.get(3).aggregates()).containsEntry("count", 21L)
            .containsEntry("top", new Ranking(new long[0], new double[0]));
        assertThat(report.globals()).containsExactly(Map.entry("even", true), Map.entry("seen", "begun 10 20 11 21"));
    }

    /** In supersteps 0 to 2 all vertices add; in superstep 3 they count only. */
    private static final class Everything extends LongProgram {
        private final DoubleAggregator sum = sum("sum");
        private final DoubleAggregator ever = sum("ever").persistent();
        private final LongAggregator count = count("count").persistent();
        private final RankingAggregator top = topK("top", 3);
        private final HistogramAggregator histogram = histogram("histogram", 1, 8.5);
        private final CustomAggregator<String> texts = customAggregator("texts", new Letters(Fault.NONE)).persistent();
        private final BooleanGlobal even = booleanGlobal("even", false);
        private final ObjectGlobal<String> seen = objectGlobal("seen", Codecs.STRING, "begun");
        private final LongColumn column = longColumn("column", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(column, v.previous(count));
            v.add(count, 1);
            if (v.superstep() == 3) {
                v.halt();
                return;
            }
            v.add(sum, v.id() / Math.pow(10, v.superstep()));
            v.add(ever, v.id() / Math.pow(10, v.superstep()));
            v.add(top, v.id() / 2);
            v.add(histogram, v.id());
            v.add(texts, Long.toString(v.id()));
        }

        @Override public void beforeSuperstep(Master m) {
            m.set(even, m.superstep() % 2 == 0);
            if (m.superstep() > 0) {
                m.set(seen, m.get(seen) + " " + m.get(count));
            }
            if (m.superstep() == 2) {
                m.set(count, 1);
            }
        }
    }

    @Test
    void objectsAreKeptOfTheLastSuperstepsAndNumbersOfAll() {
        var supersteps = Superstep.run(new Long1500(), TEN.graph(), new Shape(1, 1, 1, Delivery.AUTO).options()).report().supersteps();
        assertThat(supersteps).hasSize(1500);
        assertThat(supersteps.get(499).aggregates()).containsExactly(Map.entry("count", 1L));
        assertThat(supersteps.get(500).aggregates()).containsExactly(Map.entry("count", 1L),
            Map.entry("top", new Ranking(new long[] {9}, new double[] {500})));
        assertThat(supersteps.get(1499).aggregates()).containsOnlyKeys("count", "top");
    }

    /** One vertex is awake for 1,500 supersteps. */
    private static final class Long1500 extends LongProgram {
        private final LongAggregator count = count("count");
        private final RankingAggregator top = topK("top", 3);
        private final LongColumn column = longColumn("column", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(column, v.superstep());
            if (v.id() == 9) {
                v.add(count, 1);
                v.add(top, v.superstep());
            }
            if (v.id() != 9 || v.superstep() == 1499) {
                v.halt();
            }
        }
    }

    /** Where a program's own part of an aggregator may fail. */
    enum Fault { NONE, MERGE, MERGE_TO_NULL, WRITE, READ, READ_FEWER, READ_MORE, IDENTITY, ADD_NULL, SET_NULL }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFaultyAggregatorFailsTheJobInOneLine(Fault fault) {
        shapes().forEach(shape -> assertThatThrownBy(() -> Superstep.run(new Faulty(fault), TEN.graph(), shape.options()))
            .as("%s, %s", fault, shape).isInstanceOf(JobException.class).hasMessageStartingWith("faulty failed ")
            .satisfies(thrown -> assertThat(thrown.getMessage().lines()).hasSize(1))
            .satisfies(thrown -> expectation(fault).accept(thrown.getMessage())));
    }

    private static Consumer<String> expectation(Fault fault) {
        return message -> assertThat(message).contains(switch (fault) {
            case NONE -> "";
            case MERGE -> "merge breaks";
            case MERGE_TO_NULL -> "merge returns null";
            case WRITE -> "the codec of aggregator \"letters\" cannot write a value: java.io.IOException: write breaks";
            case READ -> "the codec of aggregator \"letters\" cannot read what it has written: java.io.IOException: read breaks";
            case READ_FEWER -> "and reads 2; it must read exactly what it has written";
            case READ_MORE -> "and reads more; it must read exactly what it has written";
            case IDENTITY -> "identity() returns null";
            case ADD_NULL, SET_NULL -> "null is no value for an aggregator";
        });
    }

    /** Every vertex adds its id as a letter, from superstep 1 on. */
    private static final class Faulty extends LongProgram {
        private final Fault fault;
        private final LongAggregator before = count("before");
        private final CustomAggregator<String> letters;
        private final LongColumn column = longColumn("column", 0);

        Faulty(Fault fault) {
            this.fault = fault;
            letters = customAggregator("letters", new Letters(fault));
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(column, v.previous(letters).length());
            v.add(before, 1);
            if (v.superstep() > 0) {
                v.add(letters, fault == Fault.ADD_NULL ? null : Long.toString(v.id()));
            }
            if (v.superstep() == 2) {
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            if (fault == Fault.SET_NULL) {
                m.set(letters, null);
            }
        }
    }

    /** The set of all letters, in alphabetical order, and what can be wrong about it. */
    private record Letters(Fault fault) implements Aggregation<String>, Codec<String> {
        @Override public String identity() {
            return fault == Fault.IDENTITY ? null : "";
        }

        @Override public String merge(String left, String right) {
            if (fault == Fault.MERGE) {
                throw new UnsupportedOperationException("merge breaks\nand says more");
            }
            var all = new TreeMap<Integer, String>();
            (left + right).chars().forEach(letter -> all.put(letter, Character.toString(letter)));
            return fault == Fault.MERGE_TO_NULL ? null : String.join("", all.values());
        }

        @Override public Codec<String> codec() {
            return this;
        }

        @Override public void write(String value, DataOutput out) throws IOException {
            if (fault == Fault.WRITE && !value.isEmpty()) {
                throw new IOException("write breaks");
            }
            out.writeUTF(value);
        }

        @Override public String read(DataInput in) throws IOException {
            String value = fault == Fault.READ_FEWER ? "" + in.readShort() : in.readUTF();
            if (fault == Fault.READ) {
                throw new IOException("read breaks");
            }
            if (fault == Fault.READ_MORE) {
                in.readByte();
            }
            return value;
        }
    }
}
