package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.superstep.net.ToPeer;

/** Ids go into a block and come out again. */
class ArcBlockTest {
    @Test
    void narrowIdsAreUnsignedOffsetsFromTheBase() {
        for (long base : new long[] {0, -5, 1L << 40, Long.MIN_VALUE, Long.MAX_VALUE - 0xFFFFFFFFL, Long.MAX_VALUE}) {
            ArcBlock block = ArcBlock.after(null, false, false, 0);
            long[] offsets = {0, 1, Integer.MAX_VALUE, 1L << 31, 0xFFFFFFFFL, 7};
            for (int end = 0; end < offsets.length; end++) {
                block.narrow[end] = (int) offsets[end];
            }
            for (int end = 0; end < offsets.length; end++) {
                assertThat(block.id(end, base)).as("base %d", base).isEqualTo(base + offsets[end]);
            }
        }
    }

    @Test
    void wideIdsAreThemselvesWhateverTheBase() {
        ArcBlock block = ArcBlock.after(null, true, false, 0);
        block.wide[0] = Long.MIN_VALUE;
        block.wide[1] = Long.MAX_VALUE;
        assertThat(block.id(0, 17)).isEqualTo(Long.MIN_VALUE);
        assertThat(block.id(1, 17)).isEqualTo(Long.MAX_VALUE);
        assertThat(block.narrow).isNull();
    }

    private static boolean areNarrow(long base, long least, long greatest) {
        return new ArcBins(1, base).areNarrow(least, greatest);
    }

    @Test
    void idsAreNarrowWhereAllBetweenTheLeastAndTheGreatestLieInTheFirst32BitsFromTheBase() {
        assertThat(areNarrow(0, 0, 0xFFFFFFFFL)).isTrue();
        assertThat(areNarrow(0, -1, 5)).isFalse();
        assertThat(areNarrow(0, 5, 1L << 32)).isFalse();
        assertThat(areNarrow(-10, -10, -10)).isTrue();
        assertThat(areNarrow(-10, -10, 0xFFFFFFFFL - 10)).isTrue();
        assertThat(areNarrow(-10, -11, 0)).isFalse();
        // Both offsets fit, by way of the end of the range, and 0 between does not.
        assertThat(areNarrow(Long.MAX_VALUE - 5, Long.MIN_VALUE, Long.MAX_VALUE)).isFalse();
        assertThat(areNarrow(0, Long.MIN_VALUE, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void whatAnotherWorkerHasReadStaysNarrowWhereItCan() {
        long base = 1L << 40;
        var arcs = new ToPeer.Arcs(1, 3, false, new long[] {base, base + 0xFFFFFFFFL}, new long[] {base + 7, base + 8},
            new double[] {0.5, -0.0}, new long[][] {{5, 6}});
        for (boolean narrow : new boolean[] {true, false}) {
            ArcBlock block = ArcBlock.of(arcs, narrow, base);
            assertThat(block.narrow != null).isEqualTo(narrow);
            assertThat(block.wide == null).isEqualTo(narrow);
            assertThat(block.size).isEqualTo(2);
            assertThat(LongStream.range(0, 4).map(end -> block.id((int) end, base)))
                .containsExactly(base, base + 7, base + 0xFFFFFFFFL, base + 8);
            assertThat(block.weights).containsExactly(0.5, -0.0);
            assertThat(block.columns[0]).containsExactly(5, 6);
        }
    }

    @Test
    void blocksThatManyThreadsFillForManyPartitionsAreSmallerSoThatTheyFitTheHeap() {
        assertThat(ArcBlock.suitableCapacity(4L << 30, 2 * 64, false, 0)).isEqualTo(ArcBlock.CAPACITY);
        // 16 threads of each of 100 workers: 51,200 partitions.
        assertThat(ArcBlock.suitableCapacity(64L << 30, 16 * 51_200L, false, 0)).isEqualTo(655);
        assertThat(ArcBlock.suitableCapacity(64L << 30, 16 * 51_200L, true, 2)).isEqualTo(163);
        assertThat(ArcBlock.suitableCapacity(1, 1000, false, 0)).isEqualTo(ArcBlock.FIRST_CAPACITY);
        ArcBlock block = null;
        for (int i = 0; i < 5; i++) {
            block = ArcBlock.after(block, 300, false, false, 0);
        }
        assertThat(block.narrow).hasSize(600);
    }

    @Test
    void theFirstBlockIsSmallAndItsFollowersGrowToFullSize() {
        for (boolean wide : new boolean[] {false, true}) {
            ArcBlock first = ArcBlock.after(null, wide, true, 0);
            ArcBlock second = ArcBlock.after(first, wide, true, 0);
            assertThat(first.weights.length).isLessThan(ArcBlock.CAPACITY);
            assertThat(second.weights).hasSize(2 * first.weights.length);
            ArcBlock last = second;
            for (int i = 0; i < 20; i++) {
                last = ArcBlock.after(last, wide, true, 0);
            }
            assertThat(last.weights).hasSize(ArcBlock.CAPACITY);
            for (ArcBlock block : new ArcBlock[] {first, second}) {
                assertThat(block.isFull()).isFalse();
                block.size = block.weights.length - 1;
                assertThat(block.isFull()).isFalse();
                block.size++;
                assertThat(block.isFull()).isTrue();
                assertThat(wide ? block.wide.length : block.narrow.length).isEqualTo(2 * block.size);
            }
        }
        assertThat(ArcBlock.after(null, false, false, 0).weights).isNull();
    }
}
