package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The radix sort against a stable sort of the library. */
class ArcSorterTest {
    private static final Crew CREW = new Crew("arc-sorter-test", 1);
    private static final int[] COUNTS = {0, 1, 2, 63, 64, 65, 127, 128, 129, 300, 20_000};
    /** One sorter for all tests, as a thread has one for all partitions: what it keeps from one sort must not show in the next. */
    private static final ArcSorter SORTER = new ArcSorter();

    @AfterAll
    static void closeCrew() {
        CREW.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void arcsAreOrderedByHearerThenSpeakerAndEqualOnesKeepTheirOrder(long seed) {
        var random = new SplittableRandom(seed);
        long[] ids = Ids.random(random, 1 + random.nextInt(200));
        sort("seed " + seed, random, ids, COUNTS[random.nextInt(COUNTS.length)], random.nextBoolean(), Loading.anyBase(random, ids));
    }

    /** The greatest rank decides the passes: 11 bits each. */
    @ParameterizedTest(name = "ranks up to {0}, {1} arcs, weighted {2}")
    @CsvSource({
        "0, 65, false", "1, 64, true", "2047, 500, true", "2048, 500, false", "4095, 63, true", "65535, 5000, true",
        "4194303, 3000, false", "4194303, 3000, true", "4194304, 3000, false", "4194304, 3000, true", "5000000, 64, true"})
    void anyNumberOfPassesSorts(int greatestRank, int count, boolean weighted) {
        var random = new SplittableRandom(greatestRank);
        // The greatest ids differ in every digit; the least are there so that all digits begin at 0.
        long[] ids = LongStream.concat(LongStream.of(0, greatestRank),
            LongStream.generate(() -> random.nextLong(greatestRank + 1L)).limit(100)).sorted().distinct().map(id -> id - 77).toArray();
        for (long base : new long[] {-77, -1000, 1L << 40}) {
            sort("base " + base, random, ids, count, weighted, base);
        }
    }

    private static void sort(String words, SplittableRandom random, long[] ids, int count, boolean weighted, long base) {
        int from = random.nextInt(ids.length);
        int to = Math.min(ids.length - 1, from + random.nextInt(50));
        var arcs = new ArrayList<PlainGraph.Arc>();
        var blocks = new ArrayList<ArcBlock>();
        ArcBlock narrow = null;
        ArcBlock wide = null;
        for (int i = 0; i < count; i++) {
            long hearer = ids[from + random.nextInt(to - from + 1)];
            long speaker = ids[random.nextInt(ids.length)];
            boolean isWide = (hearer - base | speaker - base) >>> 32 != 0;
            ArcBlock block = isWide ? wide : narrow;
            if (block == null || block.isFull()) {
                block = ArcBlock.after(block, isWide, weighted, 0);
                blocks.add(block);
                wide = isWide ? block : wide;
                narrow = isWide ? narrow : block;
            }
            if (isWide) {
                block.wide[2 * block.size] = hearer;
                block.wide[2 * block.size + 1] = speaker;
            } else {
                block.narrow[2 * block.size] = (int) (hearer - base);
                block.narrow[2 * block.size + 1] = (int) (speaker - base);
            }
            if (weighted) {
                block.weights[block.size] = i;
            }
            block.size++;
        }
        for (ArcBlock block : blocks) {
            for (int arc = 0; arc < block.size; arc++) {
                arcs.add(new PlainGraph.Arc(block.id(2 * arc, base), block.id(2 * arc + 1, base), weighted ? block.weights[arc] : 1));
            }
        }
        arcs.sort(Comparator.comparingLong(PlainGraph.Arc::hearer).thenComparingLong(PlainGraph.Arc::speaker));

        var bins = new ArcBins(1, base);
        var all = ArcBlock.ofCapacity(ids.length, true, false, 0);
        for (long id : ids) {
            all.wide[2 * all.size] = id;
            all.wide[2 * all.size++ + 1] = id;
        }
        bins.add(0, false, all);
        // Claims arcs enough for the ids to be dense where their span allows.
        bins.seen(ids[0], ids[ids.length - 1], 3_000_000);
        RankSpace ranks = RankSpace.of(bins, new int[] {0}, CREW);
        int first = ranks.rankOf(ids[from]);
        int end = ranks.rankOf(ids[to]) + 1;
        check(words, SORTER.sort(blocks, base, ranks, first, end, weighted), ranks, first, end, arcs, weighted);
    }

    private static void check(String words, SortedArcs sorted, RankSpace ranks, int first, int end, List<PlainGraph.Arc> arcs,
            boolean weighted) {
        var found = new ArrayList<PlainGraph.Arc>();
        assertThat(sorted.offsets).as(words).hasSize(end - first + 1);
        assertThat(sorted.offsets[end - first]).as(words).isEqualTo(arcs.size());
        assertThat(sorted.weights != null).as(words).isEqualTo(weighted);
        for (int row = 0; row < end - first; row++) {
            assertThat(sorted.count(row)).as(words).isEqualTo(sorted.offsets[row + 1] - sorted.offsets[row]);
            for (int entry = sorted.offsets[row]; entry < sorted.offsets[row + 1]; entry++) {
                found.add(new PlainGraph.Arc(ranks.idOf(first + row), ranks.idOf(sorted.speakers[entry]),
                    weighted ? sorted.weights[entry] : 1));
            }
        }
        assertThat(found).as(words).isEqualTo(arcs);
    }
}
