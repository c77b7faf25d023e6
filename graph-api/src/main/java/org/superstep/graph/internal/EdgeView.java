package org.superstep.graph.internal;

/** The edges of one partition's vertices in one direction, as the worker keeps them; filled by the worker, read by the cursor. */
public final class EdgeView {
    /** The edges of vertex {@code i} are entries {@code offsets[i]} to {@code offsets[i + 1]}. */
    public int[] offsets;
    /** The slots of the vertices at the edges' other ends. */
    public int[] slots;
    /** The vertex id of each slot. */
    public long[] idOfSlot;
    /** The weights as bytes of 0 to 255, or null. */
    public byte[] byteWeights;
    /** The weights as floats, or null. */
    public float[] floatWeights;
    /** The weights, or null; where all three are null, each weight is 1. */
    public double[] doubleWeights;
    /** The program's edge columns by index, each by entry, in raw bits; null where the lists are not of out-edges. The cursor writes. */
    public long[][] columns;
    /** Set by the cursor when it writes to a column. */
    public boolean isSet;

    /** The weight of an entry. */
    public double weight(int entry) {
        return byteWeights != null ? byteWeights[entry] & 0xFF : floatWeights != null ? floatWeights[entry]
            : doubleWeights != null ? doubleWeights[entry] : 1;
    }
}
