package org.superstep.worker;

import java.util.ArrayList;
import java.util.List;

/**
 * The arcs that a worker's partitions hear by, as they come in: a list of blocks for each partition and kind. Threads fill blocks of their
 * own and add them whole.
 */
final class ArcBins {
    /** Ids in narrow blocks count from here. */
    final long base;
    /** Heard by the edges' targets; by partition. */
    private final List<List<ArcBlock>> heardByTargets;
    /** Heard by the edges' sources. */
    private final List<List<ArcBlock>> heardBySources;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private long arcs;

    ArcBins(int partitions, long base) {
        this.base = base;
        heardByTargets = emptyLists(partitions);
        heardBySources = emptyLists(partitions);
    }

    private static List<List<ArcBlock>> emptyLists(int partitions) {
        var lists = new ArrayList<List<ArcBlock>>(partitions);
        for (int p = 0; p < partitions; p++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    /** Whether narrow blocks have room for all ids from one to another. */
    boolean areNarrow(long leastId, long greatestId) {
        // The offsets alone do not tell: ids may lie around the far side of the 64-bit range.
        return greatestId - leastId >>> 32 == 0 && leastId - base >>> 32 == 0 && greatestId - base >>> 32 == 0;
    }

    /** Takes a block over. Any thread may call. */
    void add(int partition, boolean reversed, ArcBlock block) {
        List<ArcBlock> list = (reversed ? heardBySources : heardByTargets).get(partition);
        synchronized (list) {
            list.add(block);
        }
    }

    /** Widens the range of ids, and counts arcs. Any thread may call. */
    synchronized void seen(long leastId, long greatestId, long moreArcs) {
        least = Math.min(least, leastId);
        greatest = Math.max(greatest, greatestId);
        arcs += moreArcs;
    }

    /** Removes and returns a partition's blocks. */
    List<ArcBlock> take(int partition, boolean reversed) {
        return (reversed ? heardBySources : heardByTargets).set(partition, List.of());
    }

    /** A partition's blocks. */
    List<ArcBlock> blocks(int partition, boolean reversed) {
        return (reversed ? heardBySources : heardByTargets).get(partition);
    }

    synchronized boolean isEmpty() {
        return arcs == 0;
    }

    /** The least id at either end of any arc; {@link Long#MAX_VALUE} without arcs. */
    synchronized long least() {
        return least;
    }

    synchronized long greatest() {
        return greatest;
    }

    synchronized long arcs() {
        return arcs;
    }
}
