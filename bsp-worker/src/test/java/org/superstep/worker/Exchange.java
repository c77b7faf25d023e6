package org.superstep.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.superstep.net.Placement;

/** A worker's graph that consists of vertices, slots and mirrors alone, made by hand: for what is said, not for who hears it. */
final class Exchange {
    private Exchange() {
    }

    /**
     * The graph of a worker that owns some partitions and mirrors all vertices of the others.
     *
     * @param ids the vertices of each partition, ascending
     * @param seed what the order of the slots is drawn from
     */
    static LocalGraph graph(Placement placement, int worker, long[][] ids, long seed) {
        int count = IntStream.range(0, ids.length).map(p -> ids[p].length).sum();
        var slots = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(slots, new Random(seed));
        var partitions = new ArrayList<Partition>();
        var mirrors = new ArrayList<Speakers>();
        var mirrorIds = new ArrayList<long[]>();
        int taken = 0;
        int start = 0;
        for (int p = 0; p < ids.length; p++) {
            int[] mine = slots.subList(taken, taken + ids[p].length).stream().mapToInt(slot -> slot).toArray();
            taken += mine.length;
            if (placement.owners()[p] == worker) {
                partitions.add(new Partition(p, start, ids[p], mine, new int[mine.length], new int[mine.length], List.of()));
                start += mine.length + 63 & ~63;
            } else {
                mirrors.add(new Speakers(p, mine));
                mirrorIds.add(ids[p]);
            }
        }
        return new LocalGraph(placement, partitions.toArray(Partition[]::new), mirrors, mirrorIds, count, List.of(),
            false, false);
    }

    /** Every third id of partitions of these sizes, which are cut where they meet. */
    static long[][] ids(int... sizes) {
        var ids = new long[sizes.length][];
        long next = -10;
        for (int p = 0; p < sizes.length; p++) {
            long first = next;
            ids[p] = LongStream.range(0, sizes[p]).map(i -> first + 3 * i).toArray();
            next += 3L * sizes[p];
        }
        return ids;
    }

    /** The placement of such ids. */
    static Placement placement(long[][] ids, int... owners) {
        return new Placement(IntStream.range(1, ids.length).mapToLong(p -> ids[p][0]).toArray(), owners);
    }
}
