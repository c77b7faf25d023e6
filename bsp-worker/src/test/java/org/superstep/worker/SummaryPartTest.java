package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Codec;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Summary;

/** What becomes of a table whose parts are too long to be sent. */
class SummaryPartTest {
    private static final LongColumn NUMBER = new Numbered().number;
    private static final Summary COUNTS = Summary.counts(NUMBER);
    private static final Summary DISTRIBUTION = Summary.distribution(NUMBER);
    private static final Summary TOP = Summary.top(NUMBER);

    /** A program for the sake of its column. */
    private static final class Numbered extends LongProgram {
        private final LongColumn number = longColumn("number", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.halt();
        }
    }

    /** A program for the sake of its column of objects. */
    private static final class Timed extends LongProgram {
        private final ObjectColumn<Lap> lap = objectColumn("lap", new Codec<>() {
            @Override public void write(Lap value, DataOutput out) throws IOException {
                out.writeLong(value.millis);
            }

            @Override public Lap read(DataInput in) throws IOException {
                return new Lap(in.readLong());
            }
        }, new Lap(0));

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.halt();
        }
    }

    /** What has gone through bytes, of which there is room for so many entries. */
    private static SummaryPart sent(Summary summary, int rows, long[] values, int entries) {
        var part = SummaryPart.of(summary, rows, values.length, place -> place, values);
        return SummaryPart.decoded(summary, rows, part.encoded(2 + 2 * entries));
    }

    @Test void countsThatDoNotFitSayHowManyValuesAreLeftOut() {
        var part = sent(COUNTS, 10, new long[] {5, 5, 5, 7, 7, 9, 8}, 2);
        assertThat(part.size()).isEqualTo(2);
        assertThat(part.left()).isEqualTo(2);
        var both = SummaryPart.of(COUNTS, 10, List.of(part, sent(COUNTS, 10, new long[] {7, 9}, 2)));
        assertThat(both.left()).isEqualTo(2);
        assertThat(IntStream.range(0, both.size()).mapToObj(i -> both.value(i) + "x" + both.number(i)))
            .containsExactly("5x3", "7x3", "9x1");
    }

    @Test void aDistributionKeepsItsLeastValues() {
        var part = sent(DISTRIBUTION, 10, new long[] {5, 5, 5, 7, 7, 9, 8}, 3);
        assertThat(IntStream.range(0, part.size()).mapToObj(i -> part.value(i))).containsExactly(5L, 7L, 8L);
        assertThat(part.left()).isEqualTo(1);
    }

    @Test void aRankingEndsWhereAPartThatDidNotFitEnds() {
        var shorter = sent(TOP, 4, new long[] {9, 7, 5, 3}, 2);
        var whole = SummaryPart.of(TOP, 4, 4, place -> 10 + place, new long[] {8, 6, 4, 2});
        var all = SummaryPart.of(TOP, 4, List.of(shorter, whole));
        assertThat(all.left()).isEqualTo(2);
        // The third could be the 5 that was left out, for all that is known.
        assertThat(IntStream.range(0, all.size()).mapToObj(i -> all.value(i))).containsExactly(9L, 8L);
    }

    /** Durations that look the same in whole seconds, as they would in a program whose text tells no more. */
    private record Lap(long millis) implements Comparable<Lap> {
        @Override public int compareTo(Lap other) {
            return Long.compare(millis, other.millis);
        }

        @Override public String toString() {
            return millis % 10 + " s";
        }
    }

    @Test void theOrderOfPartsDoesNotShow() {
        Summary laps = Summary.distribution(new Timed().lap);
        var values = new Object[] {new Lap(21), new Lap(12), new Lap(1), new Lap(32)};
        var first = SummaryPart.of(laps, 9, 2, place -> place, Arrays.copyOfRange(values, 0, 2));
        var second = SummaryPart.of(laps, 9, 2, place -> 2 + place, Arrays.copyOfRange(values, 2, 4));
        for (SummaryPart all : List.of(SummaryPart.of(laps, 9, 4, place -> place, values), SummaryPart.of(laps, 9, List.of(first, second)),
                SummaryPart.of(laps, 9, List.of(second, first)))) {
            assertThat(IntStream.range(0, all.size()).mapToObj(i -> all.value(i) + " x" + all.number(i)))
                .containsExactly("1 s x2", "2 s x2");
        }
    }

    @Test void nothingAtAllIsAPartToo() {
        assertThat(SummaryPart.decoded(TOP, 3, new byte[0]).size()).isZero();
        assertThat(sent(COUNTS, 3, new long[0], 8).size()).isZero();
    }
}
