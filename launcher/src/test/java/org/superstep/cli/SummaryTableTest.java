package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Summary;

final class SummaryTableTest {
    private final ArrayResult.Columns columns = new ArrayResult.Columns();

    @Test void theGreatestComeFirstAndTiesGoById() {
        var table = new RankTable(ArrayResult.of(0.25, 0.5, 0.125, 0.5), (Summary.Top) Summary.top(columns.score), 3).table();
        assertThat(table).hasToString("""
            #  vertex  score
            1      10   0.50
            2      30   0.50
            3       0   0.25
            """);
    }

    @Test void theLeastComeFirstWhereTheSummarySaysSo() {
        var result = ArrayResult.of(Double.POSITIVE_INFINITY, 3, 0, 12);
        var table = new RankTable(result, (Summary.Top) Summary.bottom(columns.score), 10).table();
        assertThat(table).hasToString("""
            #  vertex     score
            1      20         0
            2      10         3
            3      30        12
            4       0  Infinity
            """);
    }

    @Test void whatIsNoNumberComesLast() {
        var result = ArrayResult.of(Double.NaN, -1, 4);
        assertThat(new RankTable(result, (Summary.Top) Summary.top(columns.score), 3).table().toString().lines().skip(1))
            .containsExactly("1      20      4", "2      10     -1", "3       0    NaN");
        assertThat(new RankTable(result, (Summary.Top) Summary.bottom(columns.score), 2).table().toString().lines().skip(1))
            .containsExactly("1      10     -1", "2      20      4");
    }

    @Property(tries = 100)
    void ranksAsSortingDoes(@ForAll long seed, @ForAll @IntRange(max = 70) int size, @ForAll @IntRange(max = 80) int rows,
            @ForAll boolean ascending) {
        var random = new SplittableRandom(seed);
        long[] labels = random.longs(size, -9, 10).toArray();
        var summary = ascending ? Summary.bottom(columns.label) : Summary.top(columns.label);
        var expected = IntStream.range(0, size).boxed()
            .sorted((a, b) -> labels[a] != labels[b] ? Long.compare(labels[a], labels[b]) * (ascending ? 1 : -1) : a - b)
            .limit(rows).map(position -> 10 * position + " " + labels[position]).toList();
        var lines = new RankTable(ArrayResult.ofLabels(labels), (Summary.Top) summary, rows).table().toString().lines().skip(1)
            .map(line -> line.strip().replaceAll(" +", " ").replaceFirst("^[0-9]+ ", "")).toList();
        assertThat(lines).isEqualTo(expected);
    }

    @Test void theMostFrequentValuesComeFirst() {
        var result = ArrayResult.ofLabels(7, 7, 3, 9, 3, 7);
        assertThat(new CountTable(result, (Summary.Counts) Summary.counts(columns.label), 10).table()).hasToString("""
            label  vertices
                7         3
                3         2
                9         1
            """);
        assertThat(new CountTable(result, (Summary.Counts) Summary.counts(columns.label), 1).table()).hasToString("""
            label  vertices
                7         3
            and 2 more values
            """);
    }

    @Test void aDistributionIsInTheOrderOfValues() {
        var table = new CountTable(ArrayResult.ofLevels(1, -1, 0, 1), (Summary.Counts) Summary.distribution(columns.level), 10).table();
        assertThat(table).hasToString("""
            level  vertices
               -1         1
                0         1
                1         2
            """);
    }

    @Test void countsReachBeyondTheFirstFewValues() {
        var result = ArrayResult.ofLabels(IntStream.range(0, 1000).mapToLong(i -> i % 100).toArray());
        assertThat(new CountTable(result, (Summary.Counts) Summary.counts(columns.label), 100).table().toString().lines().skip(1))
            .hasSize(100).allMatch(line -> line.endsWith("        10"));
    }
}
