package org.superstep.worker;

/** An owned partition whose vertices are known, but not yet their slots: its lists name speakers by their ranks. */
abstract class Draft {
    /** The vertices' ids, ascending. */
    final long[] ids;
    /** The rank of each vertex; -1 for one that no list of this worker's names. */
    final int[] rankOfIndex;
    /** The vertices' slots, filled in before {@link #partition} is called. */
    final int[] slots;

    Draft(long[] ids, int[] rankOfIndex) {
        this.ids = ids;
        this.rankOfIndex = rankOfIndex;
        slots = new int[ids.length];
    }

    /**
     * The partition.
     *
     * @param start where it begins in the worker's positions
     * @param slotOfRank the slot of everybody whom lists name
     */
    abstract Partition partition(int start, int[] slotOfRank);
}
