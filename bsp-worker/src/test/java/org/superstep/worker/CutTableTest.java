package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.net.Placement;

/** The table gives the partition that the placement's binary search gives. */
class CutTableTest {
    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private static void check(String words, SplittableRandom random, long... firsts) {
        var placement = new Placement(firsts, new int[firsts.length + 1]);
        var table = new CutTable(placement);
        LongStream near = LongStream.concat(LongStream.of(Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE), Arrays.stream(firsts))
            .flatMap(id -> LongStream.of(id - 1, id, id + 1));
        LongStream between = LongStream.generate(() -> firsts.length == 0 ? random.nextLong()
            : firsts[random.nextInt(firsts.length)] / 2 + firsts[random.nextInt(firsts.length)] / 2).limit(100);
        LongStream.concat(LongStream.concat(near, between), random.longs(100)).forEach(id ->
            assertThat(table.partitionOf(id)).as("%s, id %d, cuts %s", words, id, Arrays.toString(firsts))
                .isEqualTo(placement.partitionOf(id)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theTableAgreesWithThePlacement(long seed) {
        var random = new SplittableRandom(seed);
        int bits = random.nextInt(65);
        long offset = random.nextInt(3) == 0 ? random.nextLong() : 0;
        long[] firsts = LongStream.generate(() -> (bits == 0 ? 0 : random.nextLong() >> 64 - bits) + offset)
            .limit(random.nextInt(200)).sorted().toArray();
        check("seed " + seed, random, firsts);
    }

    @Test
    void cutsMayLieAnywhereInTheRange() {
        var random = new SplittableRandom(1);
        check("no cut", random);
        check("one cut", random, 0);
        check("one at the beginning", random, Long.MIN_VALUE);
        check("one at the end", random, Long.MAX_VALUE);
        check("one at each end", random, Long.MIN_VALUE, Long.MAX_VALUE);
        check("half the range", random, -(1L << 62), 1L << 62);
        check("one less than half the range", random, -(1L << 62), (1L << 62) - 1);
        check("all equal", random, 5, 5, 5, 5);
        check("equal at both ends", random, Long.MIN_VALUE, Long.MIN_VALUE, 7, Long.MAX_VALUE, Long.MAX_VALUE);
        check("as many as buckets", random, LongStream.range(0, 4096).toArray());
        check("one more than buckets", random, LongStream.range(-1, 4096).toArray());
        check("crowded at one end", random, LongStream.concat(LongStream.range(0, 100), LongStream.of(1L << 50)).toArray());
    }
}
