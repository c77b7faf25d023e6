package org.superstep.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which partition an id belongs to, against a walk over the cuts. */
class PlacementTest {
    private static final long LEAST = Long.MIN_VALUE;
    private static final long GREATEST = Long.MAX_VALUE;

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anIdBelongsToTheLastPartitionWhoseFirstIdIsNotGreater(long seed) {
        var random = new SplittableRandom(seed);
        long span = 1L << random.nextInt(63);
        long[] firsts = LongStream.generate(() -> random.nextLong(span) - span / 2).limit(random.nextInt(70)).sorted().toArray();
        var placement = new Placement(firsts, new int[firsts.length + 1]);
        LongStream ids = LongStream.concat(LongStream.of(LEAST, LEAST + 1, -1, 0, 1, GREATEST - 1, GREATEST),
            Arrays.stream(firsts).flatMap(first -> LongStream.of(first - 1, first, first + 1)));
        LongStream.concat(ids, LongStream.generate(random::nextLong).limit(100)).forEach(id ->
            assertThat(placement.partitionOf(id)).as("seed %d, id %d, cuts %s", seed, id, Arrays.toString(firsts))
                .isEqualTo(partitionByScanning(firsts, id)));
    }

    private static int partitionByScanning(long[] firsts, long id) {
        int partition = 0;
        for (long first : firsts) {
            if (first <= id) {
                partition++;
            }
        }
        return partition;
    }

    @Test
    void withoutCutsThereIsOnePartitionForAllIds() {
        var placement = new Placement(new long[0], new int[] {3});
        assertThat(placement.partitions()).isEqualTo(1);
        for (long id : new long[] {LEAST, -1, 0, GREATEST}) {
            assertThat(placement.partitionOf(id)).isZero();
        }
    }

    @Test
    void aCutBelongsToThePartitionThatItBegins() {
        var placement = new Placement(new long[] {-5, 7}, new int[3]);
        assertThat(placement.partitionOf(-6)).isZero();
        assertThat(placement.partitionOf(-5)).isEqualTo(1);
        assertThat(placement.partitionOf(6)).isEqualTo(1);
        assertThat(placement.partitionOf(7)).isEqualTo(2);
    }

    @Test
    void equalCutsMakeEmptyPartitions() {
        var placement = new Placement(new long[] {4, 4, 4, 9}, new int[5]);
        assertThat(placement.partitionOf(3)).isZero();
        assertThat(placement.partitionOf(4)).isEqualTo(3);
        assertThat(placement.partitionOf(9)).isEqualTo(4);
    }

    @Test
    void cutsMayStandAtTheEndsOfTheRange() {
        var placement = new Placement(new long[] {LEAST, LEAST, GREATEST}, new int[4]);
        assertThat(placement.partitionOf(LEAST)).isEqualTo(2);
        assertThat(placement.partitionOf(GREATEST - 1)).isEqualTo(2);
        assertThat(placement.partitionOf(GREATEST)).isEqualTo(3);
    }

    @Test
    void cutsThatDescendAreRefused() {
        assertThatThrownBy(() -> new Placement(new long[] {1, 3, 2}, new int[4])).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("cuts must ascend, was 3 before 2");
        assertThatThrownBy(() -> new Placement(new long[] {GREATEST, LEAST}, new int[3])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyPartitionMustHaveAnOwner() {
        assertThatThrownBy(() -> new Placement(new long[] {1, 2}, new int[2])).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("2 cuts make 3 partitions, was 2");
        assertThatThrownBy(() -> new Placement(new long[0], new int[0])).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("0 cuts make 1 partitions, was 0");
    }

    @Test
    void aWorkerOwnsItsPartitionsInAscendingOrder() {
        var placement = new Placement(new long[] {1, 2, 3, 4}, new int[] {0, 2, 0, 1, 2});
        assertThat(placement.ownedBy(0)).containsExactly(0, 2);
        assertThat(placement.ownedBy(1)).containsExactly(3);
        assertThat(placement.ownedBy(2)).containsExactly(1, 4);
        assertThat(placement.ownedBy(3)).isEmpty();
    }

    @Test
    void placementsAreEqualByTheirContents() {
        var placement = new Placement(new long[] {1, 2}, new int[] {0, 0, 1});
        assertThat(placement).isEqualTo(new Placement(new long[] {1, 2}, new int[] {0, 0, 1}))
            .hasSameHashCodeAs(new Placement(new long[] {1, 2}, new int[] {0, 0, 1}));
        assertThat(placement).isNotEqualTo(new Placement(new long[] {1, 3}, new int[] {0, 0, 1}))
            .isNotEqualTo(new Placement(new long[] {1, 2}, new int[] {0, 1, 1}));
    }
}
