package org.superstep.worker;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.superstep.net.Placement;

/** Vertex ids and placements from seeds: dense, spaced, scattered over the 64-bit range, at its ends. */
final class Ids {
    private Ids() {
    }

    /** So many different ids, ascending. */
    static long[] random(SplittableRandom random, int count) {
        long offset = random.nextLong();
        long[] ids = switch (random.nextInt(6)) {
            case 0 -> LongStream.range(0, count).toArray();
            case 1 -> LongStream.range(0, count).map(i -> 5 * i - 2L * count).toArray();
            case 2 -> LongStream.range(0, count).map(i -> offset + i).toArray();
            case 3 -> LongStream.range(0, count).map(i -> i % 2 == 0 ? Long.MIN_VALUE + i : Long.MAX_VALUE - i).toArray();
            case 4 -> LongStream.range(0, count).map(i -> i * 1_000_003 + (1L << 31)).toArray();
            default -> random.longs(2L * count).distinct().limit(count).toArray();
        };
        return LongStream.of(ids).sorted().distinct().toArray();
    }

    /** A placement with cuts at, between and beyond these ids, owned by any of the workers; some partitions may be empty. */
    static Placement placement(SplittableRandom random, long[] ids, int workers) {
        int partitions = 1 + random.nextInt(12);
        long[] firsts = LongStream.generate(() -> ids[random.nextInt(ids.length)] + random.nextInt(3) - 1)
            .map(id -> random.nextInt(10) == 0 ? random.nextLong() : id).limit(partitions - 1).sorted().toArray();
        boolean runs = random.nextInt(3) > 0;
        var owners = new int[partitions];
        for (int p = 0; p < partitions; p++) {
            owners[p] = runs ? p * workers / partitions : random.nextInt(workers);
        }
        return new Placement(firsts, owners);
    }
}
