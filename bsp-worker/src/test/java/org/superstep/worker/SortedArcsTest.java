package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parallel arcs in order, kept or not; two kinds of arcs in one list. */
class SortedArcsTest {
    private static final double[] WEIGHTS = {-1, -0.0, 0.0, 1, 2};

    /** One entry: the speaker's rank, the weight, and which of the two lists it is from. */
    private record Entry(int speaker, double weight, int kind) {
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static List<List<Entry>> rows(SplittableRandom random, boolean weighted, int count, int kind) {
        var rows = new ArrayList<List<Entry>>();
        for (int row = 0; row < count; row++) {
            var entries = new ArrayList<Entry>();
            for (int i = random.nextInt(12); i > 0; i--) {
                entries.add(new Entry(random.nextInt(6), weighted ? WEIGHTS[random.nextInt(WEIGHTS.length)] : 1, kind));
            }
            entries.sort(Comparator.comparingInt(Entry::speaker));
            rows.add(entries);
        }
        return rows;
    }

    private static SortedArcs arcs(List<List<Entry>> rows, boolean weighted) {
        var offsets = new int[rows.size() + 1];
        for (int row = 0; row < rows.size(); row++) {
            offsets[row + 1] = offsets[row] + rows.get(row).size();
        }
        List<Entry> all = rows.stream().flatMap(List::stream).toList();
        return new SortedArcs(offsets, all.stream().mapToInt(Entry::speaker).toArray(),
            weighted ? all.stream().mapToDouble(Entry::weight).toArray() : null, new long[0][]);
    }

    private static void check(String words, SortedArcs arcs, List<List<Entry>> rows, boolean weighted) {
        SortedArcs expected = arcs(rows, weighted);
        assertThat(arcs.offsets).as(words).isEqualTo(expected.offsets);
        assertThat(arcs.speakers).as(words).isEqualTo(expected.speakers);
        // By bits: -0.0 is lighter than 0.0.
        assertThat(arcs.weights == null ? null : LongStream.of(bits(arcs.weights)).boxed().toList()).as(words)
            .isEqualTo(weighted ? LongStream.of(bits(expected.weights)).boxed().toList() : null);
    }

    private static long[] bits(double[] weights) {
        return Arrays.stream(weights).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void parallelArcsAreOrderedByWeightAndOnlyTheLightestIsKeptIfAsked(long seed) {
        var random = new SplittableRandom(seed);
        boolean weighted = random.nextBoolean();
        boolean dedupe = random.nextBoolean();
        List<List<Entry>> rows = rows(random, weighted, random.nextInt(20), 0);
        SortedArcs arcs = arcs(rows, weighted).withParallelArcsInOrder(dedupe);
        var expected = new ArrayList<List<Entry>>();
        for (List<Entry> row : rows) {
            var sorted = new ArrayList<>(row);
            sorted.sort(Comparator.comparingInt(Entry::speaker).thenComparingDouble(Entry::weight));
            if (dedupe) {
                for (int i = sorted.size() - 1; i > 0; i--) {
                    if (sorted.get(i).speaker == sorted.get(i - 1).speaker) {
                        sorted.remove(i);
                    }
                }
            }
            expected.add(sorted);
        }
        check("seed " + seed + ", weighted " + weighted + ", dedupe " + dedupe, arcs, expected, weighted);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoKindsAreMergedBySpeakerAndWeight(long seed) {
        var random = new SplittableRandom(seed);
        boolean weighted = random.nextBoolean();
        int count = random.nextInt(20);
        List<List<Entry>> one = rows(random, weighted, count, 0);
        List<List<Entry>> other = rows(random, weighted, count, 1);
        SortedArcs merged = arcs(one, weighted).withParallelArcsInOrder(false)
            .mergedWith(arcs(other, weighted).withParallelArcsInOrder(false));
        var expected = new ArrayList<List<Entry>>();
        for (int row = 0; row < count; row++) {
            var both = new ArrayList<>(one.get(row));
            both.addAll(other.get(row));
            both.sort(Comparator.comparingInt(Entry::speaker).thenComparingDouble(Entry::weight).thenComparingInt(Entry::kind));
            expected.add(both);
        }
        check("seed " + seed, merged, expected, weighted);
    }

    @Test
    void arcsWithoutWeightsAreLeftAsTheyAreUnlessDeduped() {
        var arcs = new SortedArcs(new int[] {0, 3}, new int[] {1, 1, 2}, null, new long[0][]);
        assertThat(arcs.withParallelArcsInOrder(false)).isSameAs(arcs);
        SortedArcs deduped = arcs.withParallelArcsInOrder(true);
        assertThat(deduped.speakers).containsExactly(1, 2);
        assertThat(deduped.count(0)).isEqualTo(2);
    }

    @Test
    void mergingAListWithItselfSaysEverythingTwice() {
        var arcs = new SortedArcs(new int[] {0, 2, 2, 3}, new int[] {4, 7, 5}, new double[] {2, 1, 9},
            new long[0][]);
        SortedArcs merged = arcs.mergedWith(arcs);
        assertThat(merged.offsets).containsExactly(0, 4, 4, 6);
        assertThat(merged.speakers).containsExactly(4, 4, 7, 7, 5, 5);
        assertThat(merged.weights).containsExactly(2, 2, 1, 1, 9, 9);
    }

    @Test
    void columnsOrderWhatWeightsDoNotAndStayWithTheirArcs() {
        for (boolean dedupe : new boolean[] {false, true}) {
            var arcs = new SortedArcs(new int[] {0, 4, 4, 6}, new int[] {1, 1, 1, 2, 5, 5}, new double[] {2, 1, 2, 0, 3, 3},
                new long[][] {{-1, 9, -1, 8, 4, 4}, {7, 6, -7, 5, 3, 3}}).withParallelArcsInOrder(dedupe);
            assertThat(arcs.offsets).containsExactly(dedupe ? new int[] {0, 2, 2, 3} : new int[] {0, 4, 4, 6});
            assertThat(arcs.speakers).containsExactly(dedupe ? new int[] {1, 2, 5} : new int[] {1, 1, 1, 2, 5, 5});
            assertThat(arcs.weights).containsExactly(dedupe ? new double[] {1, 0, 3} : new double[] {1, 2, 2, 0, 3, 3});
            assertThat(arcs.columns).isDeepEqualTo(dedupe ? new long[][] {{9, 8, 4}, {6, 5, 3}}
                : new long[][] {{9, -1, -1, 8, 4, 4}, {6, -7, 7, 5, 3, 3}});
        }
        var unweighted = new SortedArcs(new int[] {0, 2}, new int[] {1, 1}, null, new long[][] {{3, -3}});
        assertThat(unweighted.withParallelArcsInOrder(false).columns).isDeepEqualTo(new long[][] {{-3, 3}});
    }
}
