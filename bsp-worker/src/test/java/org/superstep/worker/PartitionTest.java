package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.Direction;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;

/** Ids to indexes, sleeping and waking, columns. */
class PartitionTest {
    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private static Partition partition(long... ids) {
        int size = ids.length;
        return new Partition(0, 0, ids, new int[size], IntStream.range(0, size).toArray(),
            IntStream.range(0, size).map(i -> 10 * i).toArray(), List.of());
    }

    private static void checkIndexes(String words, long... ids) {
        Partition partition = partition(ids);
        LongStream near = Arrays.stream(ids).flatMap(id -> LongStream.of(id - 1, id, id + 1));
        LongStream.concat(near, LongStream.of(Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE)).forEach(id -> {
            int place = Arrays.binarySearch(ids, id);
            assertThat(partition.indexOf(id)).as("%s, index of %d in %s", words, id, Arrays.toString(ids)).isEqualTo(Math.max(place, -1));
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anIdsIndexIsItsPlaceAmongTheSortedIds(long seed) {
        var random = new SplittableRandom(seed);
        checkIndexes("seed " + seed, Ids.random(random, 1 + random.nextInt(100)));
    }

    @Test
    void allFormsOfTheMapAgree() {
        checkIndexes("no vertex");
        checkIndexes("one", 7);
        checkIndexes("without gaps", 5, 6, 7, 8);
        checkIndexes("without gaps at the least id", Long.MIN_VALUE, Long.MIN_VALUE + 1);
        checkIndexes("without gaps at the greatest id", Long.MAX_VALUE - 1, Long.MAX_VALUE);
        checkIndexes("dense", 0, 2, 3, 9);
        checkIndexes("just dense", 0, 1, 2, 31);
        checkIndexes("just not dense", 0, 1, 2, 32);
        checkIndexes("sparse", -1_000_000_000_000L, 4, 1_000_000_000_000L);
        checkIndexes("both ends", Long.MIN_VALUE, Long.MAX_VALUE);
        checkIndexes("more than half the range", -(1L << 62) - 1, 0, 1L << 62);
        checkIndexes("with id 0 and -1, which maps use for absence", -1, 0, 1L << 40);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 128, 200})
    void everyVertexIsAwakeAtFirstAndNoBitStandsForNone(int size) {
        Partition partition = partition(LongStream.range(0, size).toArray());
        checkAwake(partition, size);
        assertThat(partition.isIdle()).isEqualTo(size == 0);
        assertThat(living(partition)).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 128, 200})
    void allSleepAndAllWake(int size) {
        Partition partition = partition(LongStream.range(0, size).toArray());
        partition.sleepAll();
        checkAwake(partition, 0);
        assertThat(partition.isIdle()).isTrue();
        assertThat(living(partition)).isEqualTo(size);
        partition.wakeAll();
        checkAwake(partition, size);
        partition.wakeAll();
        checkAwake(partition, size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 128, 200})
    void whoeverHasHaltedForGoodIsNotWoken(int size) {
        Partition partition = partition(LongStream.range(0, size).toArray());
        int gone = 0;
        for (int i = 0; i < size; i += 3) {
            partition.gone[i >>> 6] |= 1L << i;
            gone++;
        }
        partition.wakeAll();
        checkAwake(partition, size - gone);
        assertThat(living(partition)).isEqualTo(size - gone);
        for (int i = 0; i < size; i++) {
            assertThat(partition.awake[i >>> 6] >>> i & 1).as("vertex %d", i).isEqualTo(i % 3 == 0 ? 0 : 1);
            assertThat(partition.living(i >>> 6) >>> i & 1).as("vertex %d", i).isEqualTo(i % 3 == 0 ? 0 : 1);
        }
    }

    @Test
    void whoeverHasHaltedForGoodIsNoListener() {
        Partition partition = partition(10, 20, 30);
        partition.gone[0] = 0b010;
        assertThat(partition.listenerAt(10)).isZero();
        assertThat(partition.listenerAt(20)).isEqualTo(-1);
        assertThat(partition.listenerAt(30)).isEqualTo(2);
        assertThat(partition.listenerAt(25)).isEqualTo(-1);
        assertThat(partition.indexOf(20)).isEqualTo(1);
    }

    /** 64 vertices compute: those that do not halt are awake afterwards, the others of the word stay as they were. */
    @ParameterizedTest
    @MethodSource("seeds")
    void computingWakesWhoeverDoesNotHalt(long seed) {
        var random = new SplittableRandom(seed);
        Partition partition = partition(LongStream.range(0, 130).toArray());
        var lane = new Lane(new Columns(), 1);
        partition.awake[1] = random.nextLong();
        partition.awakeCount = 66 + Long.bitCount(partition.awake[1]);
        long before = partition.awake[1];
        long computed = random.nextInt(5) == 0 ? 0 : random.nextLong();
        long spoke = computed & random.nextLong();
        long halted = computed & random.nextLong();
        long gone = halted & random.nextLong();
        partition.computed(1, computed, spoke, halted, gone, Direction.BOTH, lane);
        long messages = 0;
        for (int i = 64; i < 128; i++) {
            long bit = 1L << i;
            boolean awake = (computed & bit) != 0 ? (halted & bit) == 0 : (before & bit) != 0;
            assertThat((partition.awake[1] & bit) != 0).as("seed %d, vertex %d", seed, i).isEqualTo(awake);
            messages += (spoke & bit) != 0 ? 11L * i : 0;
        }
        checkAwake(partition, 66 + Long.bitCount(partition.awake[1]));
        assertThat(partition.gone).as("seed %d", seed).containsExactly(0, gone, 0);
        assertThat(partition.speakers.spoke).as("seed %d", seed).containsExactly(0, spoke, 0);
        assertThat(partition.speakers.count).as("seed %d", seed).isEqualTo(Long.bitCount(spoke));
        assertThat(lane.computed).as("seed %d", seed).isEqualTo(Long.bitCount(computed));
        assertThat(lane.messages).as("seed %d", seed).isEqualTo(messages);
    }

    private static void checkAwake(Partition partition, int count) {
        assertThat(partition.awakeCount).isEqualTo(count);
        assertThat(Arrays.stream(partition.awake).map(Long::bitCount).sum()).isEqualTo(count);
    }

    private static long living(Partition partition) {
        return IntStream.range(0, partition.awake.length).mapToLong(word -> Long.bitCount(partition.living(word))).sum();
    }

    @Test
    void mailKeepsAPartitionBusyThoughAllSleep() {
        Partition partition = partition(1, 2);
        partition.sleepAll();
        partition.hasMail = true;
        assertThat(partition.isIdle()).isFalse();
    }

    @Test
    void aBroadcastMakesAMessageForEachEdgeOfItsDirection() {
        Partition partition = partition(1, 2, 3);
        assertThat(partition.fanOutDegree(Direction.OUT, 2)).isEqualTo(2);
        assertThat(partition.fanOutDegree(Direction.IN, 2)).isEqualTo(20);
        assertThat(partition.fanOutDegree(Direction.BOTH, 2)).isEqualTo(22);
    }

    /** Two columns of each type, one of which begins with zero bits. */
    private static final class Columns extends LongProgram {
        Columns() {
            doubleColumn("zero", 0);
            longColumn("none", 0);
            intColumn("nil", 0);
            doubleColumn("minus zero", -0.0);
            longColumn("least", Long.MIN_VALUE);
            intColumn("minus one", -1);
            doubleColumn("not a number", Double.NaN);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65})
    void columnsBeginWithTheirInitialValuesToTheBit(int size) {
        var partition = new Partition(0, 0, LongStream.range(0, size).toArray(), new int[size], new int[size], new int[size],
            new Columns().declarations().columns());
        assertThat(partition.columns.doubles).hasDimensions(3, size);
        assertThat(partition.columns.longs).hasDimensions(2, size);
        assertThat(partition.columns.ints).hasDimensions(2, size);
        for (int i = 0; i < size; i++) {
            assertThat(Double.doubleToRawLongBits(partition.columns.doubles[0][i])).isZero();
            assertThat(Double.doubleToRawLongBits(partition.columns.doubles[1][i])).isEqualTo(Double.doubleToRawLongBits(-0.0));
            assertThat(partition.columns.doubles[2][i]).isNaN();
            assertThat(partition.columns.longs[0][i]).isZero();
            assertThat(partition.columns.longs[1][i]).isEqualTo(Long.MIN_VALUE);
            assertThat(partition.columns.ints[0][i]).isZero();
            assertThat(partition.columns.ints[1][i]).isEqualTo(-1);
        }
    }
}
