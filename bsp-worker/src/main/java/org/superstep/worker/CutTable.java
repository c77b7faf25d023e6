package org.superstep.worker;

import org.superstep.net.Placement;

/** Finds the partition of an id at a few nanoseconds: a table over the cuts' range, then a comparison or two. */
final class CutTable {
    private static final int BUCKETS = 4096;

    private final long[] firsts;
    private final long least;
    private final long greatest;
    private final int shift;
    /** For each bucket the partition of its first id. */
    private final int[] lowest;

    CutTable(Placement placement) {
        firsts = placement.firsts();
        least = firsts.length == 0 ? Long.MAX_VALUE : firsts[0];
        greatest = firsts.length == 0 ? Long.MAX_VALUE : firsts[firsts.length - 1];
        int bits = 0;
        while (Long.compareUnsigned((greatest - least) >>> bits, BUCKETS) >= 0) {
            bits++;
        }
        shift = bits;
        lowest = new int[firsts.length == 0 ? 0 : (int) ((greatest - least) >>> shift) + 1];
        for (int bucket = 0; bucket < lowest.length; bucket++) {
            lowest[bucket] = placement.partitionOf(least + ((long) bucket << shift));
        }
    }

    int partitionOf(long vertexId) {
        if (vertexId < least) {
            return 0;
        }
        if (vertexId >= greatest) {
            return firsts.length;
        }
        int partition = lowest[(int) ((vertexId - least) >>> shift)];
        while (firsts[partition] <= vertexId) {
            partition++;
        }
        return partition;
    }
}
