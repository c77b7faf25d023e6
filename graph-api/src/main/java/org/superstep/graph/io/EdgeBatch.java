package org.superstep.graph.io;

/**
 * Up to {@link #CAPACITY} edges as parallel arrays; owned by the thread that reads, filled again once the sink has returned.
 */
public final class EdgeBatch {
    /** Edges in a full batch: small enough that the three arrays stay in the second-level cache. */
    public static final int CAPACITY = 2048;

    /** Vertex ids of the edges' sources; the first {@link #size} entries count. */
    public final long[] sources = new long[CAPACITY];
    /** Vertex ids of the edges' targets. */
    public final long[] targets = new long[CAPACITY];
    /** Weights, or null when the edges are read without. */
    public final double[] weights;
    /**
     * What the edges hold in the edge columns that the reader carries ({@link EdgeReader#columns()}), column by column, as raw bits: of a
     * double its {@link Double#doubleToLongBits}, of an int the long that it is. Empty where it carries none.
     */
    public final long[][] columns;
    /** How many edges the batch holds, 0 to {@link #CAPACITY}. */
    public int size;

    /** An empty batch; {@code weighted} tells whether it has room for weights. */
    public EdgeBatch(boolean weighted) {
        this(weighted, 0);
    }

    /** An empty batch with room for so many edge columns. */
    public EdgeBatch(boolean weighted, int columns) {
        weights = weighted ? new double[CAPACITY] : null;
        this.columns = new long[columns][CAPACITY];
    }

    /** Whether the next edge would not fit. */
    public boolean isFull() {
        return size == CAPACITY;
    }
}
