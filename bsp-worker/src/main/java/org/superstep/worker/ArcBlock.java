package org.superstep.worker;

import org.superstep.net.ToPeer;

/**
 * Some arcs on their way into a partition: who hears whom. Narrow blocks hold each id as an unsigned int offset from a base, 8 bytes an
 * arc; ids out of that range go to wide blocks of 16. Filled by one thread, then handed over.
 */
final class ArcBlock {
    /** Arcs in a block at most: 64 KB when narrow. */
    static final int CAPACITY = 8192;
    static final int FIRST_CAPACITY = 128;

    /** Hearer and speaker in turn, as offsets from the base; null in a wide block. */
    final int[] narrow;
    /** Hearer and speaker in turn; null in a narrow block. */
    final long[] wide;
    /** Weights; null where none are kept. */
    final double[] weights;
    /** What the edges hold in each column that the input has, as raw bits; empty where none are kept. */
    final long[][] columns;
    /** How many arcs there are. */
    int size;

    private ArcBlock(int[] narrow, long[] wide, double[] weights, long[][] columns) {
        this.narrow = narrow;
        this.wide = wide;
        this.weights = weights;
        this.columns = columns;
    }

    /**
     * How many arcs blocks may hold of which so many are filled at one time, if they are to take no more than one in sixteen bytes of the
     * heap, together: many threads fill blocks for many partitions. No fewer than a first block.
     */
    static int suitableCapacity(long heapBytes, long blocks, boolean weighted, int columns) {
        long arcBytes = 8 + (weighted ? 8 : 0) + 8L * columns;
        return (int) Math.max(FIRST_CAPACITY, Math.min(CAPACITY, heapBytes / 16 / blocks / arcBytes));
    }

    /** An empty block that follows another, and may be of full size. */
    static ArcBlock after(ArcBlock previous, boolean wide, boolean weighted, int columns) {
        return after(previous, CAPACITY, wide, weighted, columns);
    }

    /**
     * An empty block that follows another (null: none): each is twice as large, so that small partitions do not pay for large blocks, up to
     * so many arcs.
     */
    static ArcBlock after(ArcBlock previous, int most, boolean wide, boolean weighted, int columns) {
        return ofCapacity(previous == null ? FIRST_CAPACITY : Math.min(most, 2 * previous.capacity()), wide, weighted, columns);
    }

    /** An empty block for so many arcs. */
    static ArcBlock ofCapacity(int capacity, boolean wide, boolean weighted, int columns) {
        return new ArcBlock(wide ? null : new int[2 * capacity], wide ? new long[2 * capacity] : null,
            weighted ? new double[capacity] : null, new long[columns][capacity]);
    }

    /** A block of arcs that another worker has read. Its arrays of weights and columns are the message's. */
    static ArcBlock of(ToPeer.Arcs arcs, boolean narrow, long base) {
        int count = arcs.hearers().length;
        var block = new ArcBlock(narrow ? new int[2 * count] : null, narrow ? null : new long[2 * count], arcs.weights(), arcs.columns());
        for (int arc = 0; arc < count; arc++) {
            if (narrow) {
                block.narrow[2 * arc] = (int) (arcs.hearers()[arc] - base);
                block.narrow[2 * arc + 1] = (int) (arcs.speakers()[arc] - base);
            } else {
                block.wide[2 * arc] = arcs.hearers()[arc];
                block.wide[2 * arc + 1] = arcs.speakers()[arc];
            }
        }
        block.size = count;
        return block;
    }

    boolean isFull() {
        return size == capacity();
    }

    private int capacity() {
        return (narrow != null ? narrow.length : wide.length) / 2;
    }

    /** How much memory the block takes. */
    long bytes() {
        return (long) capacity() * (narrow != null ? 8 : 16) + (weights != null ? 8L * weights.length : 0)
            + 8L * capacity() * columns.length;
    }

    /** The id at one end of an arc, {@code 2 * arc} for the hearer, {@code 2 * arc + 1} for the speaker. */
    long id(int end, long base) {
        return narrow != null ? base + (narrow[end] & 0xFFFFFFFFL) : wide[end];
    }
}
