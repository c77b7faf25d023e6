package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranks against sorted arrays of ids. */
class RankSpaceTest {
    private static final Crew CREW = new Crew("rank-space-test", 2);

    @AfterAll
    static void closeCrew() {
        CREW.close();
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** Bins of two partitions that hold arcs between neighbouring ids of the list, in blocks of either form. */
    private static ArcBins bins(SplittableRandom random, long base, long... ids) {
        var bins = new ArcBins(2, base);
        var blocks = new ArcBlock[] {ArcBlock.after(null, false, false, 0), ArcBlock.after(null, true, false, 0)};
        for (int i = 0; i < ids.length; i++) {
            long hearer = ids[i];
            long speaker = ids[(i + 1) % ids.length];
            boolean isWide = (hearer - base | speaker - base) >>> 32 != 0;
            int form = isWide || random.nextInt(3) == 0 ? 1 : 0;
            if (blocks[form].isFull()) {
                bins.add(random.nextInt(2), random.nextBoolean(), blocks[form]);
                blocks[form] = ArcBlock.after(null, form == 1, false, 0);
            }
            ArcBlock block = blocks[form];
            if (form == 1) {
                block.wide[2 * block.size] = hearer;
                block.wide[2 * block.size + 1] = speaker;
            } else {
                block.narrow[2 * block.size] = (int) (hearer - base);
                block.narrow[2 * block.size + 1] = (int) (speaker - base);
            }
            block.size++;
        }
        for (ArcBlock block : blocks) {
            bins.add(random.nextInt(2), random.nextBoolean(), block);
        }
        bins.seen(Arrays.stream(ids).min().orElseThrow(), Arrays.stream(ids).max().orElseThrow(), ids.length);
        return bins;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ranksAreTheIdsInOrder(long seed) {
        var random = new SplittableRandom(seed);
        long[] ids = Ids.random(random, 1 + random.nextInt(400));
        RankSpace ranks = RankSpace.of(bins(random, Loading.anyBase(random, ids), ids), new int[] {0, 1}, CREW);
        check("seed " + seed, random, ranks, ids);
    }

    private static void check(String words, SplittableRandom random, RankSpace ranks, long... ids) {
        // Where ids are dense, ids in between have ranks too: what has a rank is then the whole range.
        long[] ranked = ranks.isDense() ? LongStream.rangeClosed(ids[0], ids[ids.length - 1]).toArray() : ids;
        assertThat(ranks.size()).as(words).isEqualTo(ranked.length);
        for (int rank = 0; rank < ranked.length; rank++) {
            assertThat(ranks.idOf(rank)).as(words).isEqualTo(ranked[rank]);
        }
        LongStream near = Arrays.stream(ids).flatMap(id -> LongStream.of(id - 1, id, id + 1));
        LongStream.concat(near, LongStream.concat(LongStream.of(Long.MIN_VALUE, 0, Long.MAX_VALUE), random.longs(50))).forEach(id -> {
            int place = Arrays.binarySearch(ranked, id);
            assertThat(ranks.rankOf(id)).as("%s, rank of %d", words, id).isEqualTo(Math.max(place, -1));
            assertThat(ranks.ceiling(id)).as("%s, ceiling of %d", words, id).isEqualTo(place >= 0 ? place : -place - 1);
        });
    }

    @Test
    void withoutArcsThereAreNoRanks() {
        RankSpace ranks = RankSpace.of(new ArcBins(2, 0), new int[] {0, 1}, CREW);
        assertThat(ranks.size()).isZero();
        for (long id : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            assertThat(ranks.rankOf(id)).isEqualTo(-1);
            assertThat(ranks.ceiling(id)).isZero();
        }
    }

    @Test
    void aSmallSpanIsDenseAndAWideOneIsNot() {
        var random = new SplittableRandom(1);
        long offset = -70_000;
        RankSpace dense = RankSpace.of(bins(random, 0, offset, offset + 65_535), new int[] {0, 1}, CREW);
        assertThat(dense.isDense()).isTrue();
        assertThat(dense.first()).isEqualTo(offset);
        check("dense", random, dense, offset, offset + 65_535);
        RankSpace sparse = RankSpace.of(bins(random, 0, offset, offset + 65_536), new int[] {0, 1}, CREW);
        assertThat(sparse.isDense()).isFalse();
        check("sparse", random, sparse, offset, offset + 65_536);
    }

    @Test
    void manyArcsMakeAWiderSpanDense() {
        var random = new SplittableRandom(1);
        ArcBins bins = bins(random, 0, 0, 99_999);
        bins.seen(0, 99_999, 49_998);
        assertThat(RankSpace.of(bins, new int[] {0, 1}, CREW).isDense()).isTrue();
    }

    @Test
    void aSpanThatOverflowsIsNotTakenForASmallOne() {
        var random = new SplittableRandom(1);
        for (long[] ids : new long[][] {{Long.MIN_VALUE, Long.MAX_VALUE}, {Long.MIN_VALUE, -1, Long.MAX_VALUE},
            {-(1L << 62) - 5, 1L << 62}, {Long.MIN_VALUE, 0}}) {
            RankSpace ranks = RankSpace.of(bins(random, 0, ids), new int[] {0, 1}, CREW);
            assertThat(ranks.isDense()).isFalse();
            check(Arrays.toString(ids), random, ranks, ids);
        }
    }

    @Test
    void denseRanksReachTheEndsOfTheRange() {
        var random = new SplittableRandom(1);
        for (long first : new long[] {Long.MIN_VALUE, Long.MAX_VALUE - 9, -5}) {
            long[] ids = LongStream.rangeClosed(first, first + 9).toArray();
            RankSpace ranks = RankSpace.of(bins(random, first, ids), new int[] {0, 1}, CREW);
            assertThat(ranks.isDense()).isTrue();
            check("from " + first, random, ranks, ids);
        }
    }
}
