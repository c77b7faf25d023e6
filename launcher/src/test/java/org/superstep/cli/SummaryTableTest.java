package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.superstep.Result;
import org.superstep.graph.Summary;

final class SummaryTableTest {
    private final ArrayResult.Columns columns = new ArrayResult.Columns();

    private static String table(Result result, Summary summary, int rows) {
        return new SummaryTable(summary, SummaryTable.part(summary, result, rows), rows).text();
    }

    @Test void theGreatestComeFirstAndTiesGoById() {
        var table = table(ArrayResult.of(0.25, 0.5, 0.125, 0.5), Summary.top(columns.score), 3);
        assertThat(table).isEqualTo("""
            #  vertex  score
            1      10   0.50
            2      30   0.50
            3       0   0.25
            """);
    }

    @Test void theLeastComeFirstWhereTheSummarySaysSo() {
        var result = ArrayResult.of(Double.POSITIVE_INFINITY, 3, 0, 12);
        var table = table(result, Summary.bottom(columns.score), 10);
        assertThat(table).isEqualTo("""
            #  vertex     score
            1      20         0
            2      10         3
            3      30        12
            4       0  Infinity
            """);
    }

    @Test void whatIsNoNumberComesLast() {
        var result = ArrayResult.of(Double.NaN, -1, 4);
        assertThat(table(result, Summary.top(columns.score), 3).lines().skip(1))
            .containsExactly("1      20      4", "2      10     -1", "3       0    NaN");
        assertThat(table(result, Summary.bottom(columns.score), 2).lines().skip(1))
            .containsExactly("1      10     -1", "2      20      4");
    }

    @Property(tries = 100)
    void ranksAsSortingDoes(@ForAll long seed, @ForAll @IntRange(max = 4_000) int size, @ForAll @IntRange(max = 80) int rows,
            @ForAll boolean ascending) {
        var random = new SplittableRandom(seed);
        long[] labels = random.longs(size, -9, 10).toArray();
        var summary = ascending ? Summary.bottom(columns.label) : Summary.top(columns.label);
        var expected = IntStream.range(0, size).boxed()
            .sorted((a, b) -> labels[a] != labels[b] ? Long.compare(labels[a], labels[b]) * (ascending ? 1 : -1) : a - b)
            .limit(rows).map(position -> 10 * position + " " + labels[position]).toList();
        var lines = table(ArrayResult.ofLabels(labels), summary, rows).lines().skip(1)
            .map(line -> line.strip().replaceAll(" +", " ").replaceFirst("^[0-9]+ ", "")).toList();
        assertThat(lines).isEqualTo(expected);
    }

    @Test void theMostFrequentValuesComeFirst() {
        var result = ArrayResult.ofLabels(7, 7, 3, 9, 3, 7);
        assertThat(table(result, Summary.counts(columns.label), 10)).isEqualTo("""
            label  vertices
                7         3
                3         2
                9         1
            """);
        assertThat(table(result, Summary.counts(columns.label), 1)).isEqualTo("""
            label  vertices
                7         3
            and 2 more values
            """);
    }

    @Test void aDistributionIsInTheOrderOfValues() {
        var table = table(ArrayResult.ofLevels(1, -1, 0, 1), Summary.distribution(columns.level), 10);
        assertThat(table).isEqualTo("""
            level  vertices
               -1         1
                0         1
                1         2
            """);
    }

    @Test void countsReachBeyondTheFirstFewValues() {
        var result = ArrayResult.ofLabels(IntStream.range(0, 1000).mapToLong(i -> i % 100).toArray());
        assertThat(table(result, Summary.counts(columns.label), 100).lines().skip(1))
            .hasSize(100).allMatch(line -> line.endsWith("        10"));
    }

    @Test void floatsRankAsNumbersDo() {
        var result = ArrayResult.ofShares(0.25f, Float.NaN, 0.1f, -0f);
        assertThat(table(result, Summary.top(columns.share), 4)).isEqualTo("""
            #  vertex  share
            1       0   0.25
            2      20   0.10
            3      30   0.00
            4      10    NaN
            """);
        assertThat(table(result, Summary.distribution(columns.share), 9).lines().skip(1))
            .hasSize(4).allMatch(line -> line.endsWith("         1"));
    }

    @Test void truthValuesAreCounted() {
        var result = ArrayResult.ofLeaders(true, false, true);
        assertThat(table(result, Summary.counts(columns.leader), 10)).isEqualTo("""
            leader  vertices
              true         2
             false         1
            """);
        assertThat(table(result, Summary.bottom(columns.leader), 2)).isEqualTo("""
            #  vertex  leader
            1      10   false
            2       0    true
            """);
    }

    @Test void vectorsRankByTheirFirstElementsThatDiffer() {
        var places = ArrayResult.ofPlaces(new double[] {1, 0}, new double[] {1, 2.5}, new double[] {0.5, 9});
        assertThat(table(places, Summary.top(columns.place), 3)).isEqualTo("""
            #  vertex       place
            1      10  [1.0, 2.5]
            2       0  [1.0, 0.0]
            3      20  [0.5, 9.0]
            """);
        var paths = ArrayResult.ofPaths(new long[] {10, 1}, new long[] {9, 7}, new long[] {10, 1});
        assertThat(table(paths, Summary.distribution(columns.path), 3)).isEqualTo("""
               path  vertices
             [9, 7]         1
            [10, 1]         2
            """);
    }

    @Test void objectsAreCountedByTheirTextsAndRankByNature() {
        var titles = ArrayResult.ofObjects("b", "a", "b", "a tab\tand a line\nin one cell", "x".repeat(1000));
        assertThat(table(titles, Summary.counts(columns.title), 4).lines())
            .map(line -> line.strip().replaceAll(" {2,}", "  "))
            .containsExactly("title  vertices", "b  2", "a  1", "a tab and a line in one cell  1", "x".repeat(57) + "...  1");
        var numbers = ArrayResult.ofObjects(new BigInteger("9"), new BigInteger("10"), new BigInteger("-1"));
        assertThat(table(numbers, Summary.top(columns.title), 3)).isEqualTo("""
            #  vertex  title
            1      10     10
            2       0      9
            3      20     -1
            """);
        var arrays = ArrayResult.ofObjects(new byte[] {1}, new byte[] {}, new byte[] {1});
        assertThat(table(arrays, Summary.counts(columns.title), 3)).isEqualTo("""
            title  vertices
              [1]         2
               []         1
            """);
    }
}
