package org.superstep.net;

import java.util.Arrays;

/**
 * Which ids belong to which partition, and which worker owns it. Partition {@code p} holds the ids from {@code firsts[p - 1]} inclusive to
 * {@code firsts[p]} exclusive; the outer ones reach to the ends of the 64-bit range. Equal neighbouring cuts make an empty partition.
 *
 * @param firsts the least id of each partition but the first, ascending
 * @param owners the worker that owns each partition; one entry more than {@code firsts}
 */
public record Placement(long[] firsts, int[] owners) {
    /** More than this cost more than they can even out: what is pushed is sorted by partitions of both ends. */
    public static final int MOST_PARTITIONS = 1 << 14;

    /** Checks that the cuts ascend. */
    public Placement {
        if (owners.length != firsts.length + 1) {
            throw new IllegalArgumentException(firsts.length + " cuts make " + (firsts.length + 1) + " partitions, was " + owners.length);
        }
        for (int i = 1; i < firsts.length; i++) {
            if (firsts[i] < firsts[i - 1]) {
                throw new IllegalArgumentException("cuts must ascend, was " + firsts[i - 1] + " before " + firsts[i]);
            }
        }
    }

    /** How many partitions there are. */
    public int partitions() {
        return owners.length;
    }

    /** The partition that this id belongs to: the last one whose first id is not greater. */
    public int partitionOf(long vertexId) {
        int from = 0;
        int to = firsts.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (firsts[middle] <= vertexId) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Where each partition's ids lie in an ascending list: those of {@code p} from place {@code bounds[p]} to {@code bounds[p + 1]}. */
    public int[] bounds(long[] ascendingIds) {
        var bounds = new int[owners.length + 1];
        int place = 0;
        for (int p = 0; p < firsts.length; p++) {
            while (place < ascendingIds.length && ascendingIds[place] < firsts[p]) {
                place++;
            }
            bounds[p + 1] = place;
        }
        bounds[owners.length] = ascendingIds.length;
        return bounds;
    }

    /** The partitions that the worker owns, ascending. */
    public int[] ownedBy(int worker) {
        int[] owned = new int[owners.length];
        int count = 0;
        for (int p = 0; p < owners.length; p++) {
            if (owners[p] == worker) {
                owned[count++] = p;
            }
        }
        return Arrays.copyOf(owned, count);
    }

    @Override public boolean equals(Object other) {
        return other instanceof Placement that && Arrays.equals(firsts, that.firsts) && Arrays.equals(owners, that.owners);
    }

    @Override public int hashCode() {
        return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(owners);
    }

    @Override public String toString() {
        return partitions() + " partitions";
    }
}
