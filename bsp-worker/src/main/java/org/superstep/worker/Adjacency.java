package org.superstep.worker;

import org.superstep.graph.internal.EdgeView;

/**
 * Lists of slots with the weights of the edges between, in compressed rows: row {@code r} is entries {@code offsets[r]} to
 * {@code offsets[r + 1]}. As a partition's hearing list a row is a vertex index and its entries are the slots that the vertex hears, in the
 * order of the speakers' ids, then weights. As a fan-out a row is a speaker and its entries are the slots of those that hear it, in the
 * order of the hearers' ids.
 */
final class Adjacency {
    /** How weights are stored: the narrowest form in which all weights of the lists are exact. */
    static final int NONE = 0;
    static final int BYTES = 1;
    static final int FLOATS = 2;
    static final int DOUBLES = 3;

    final int[] offsets;
    final int[] slots;
    /** One of {@link #NONE} (each weight is 1), {@link #BYTES} (0 to 255), {@link #FLOATS}, {@link #DOUBLES}. */
    final int weightForm;
    final byte[] byteWeights;
    final float[] floatWeights;
    final double[] doubleWeights;
    /** The program's edge columns by index, each by entry, in raw bits; null where the program has none, or the edges are not out-edges. */
    final long[][] columns;

    private Adjacency(int[] offsets, int[] slots, int form, byte[] bytes, float[] floats, double[] doubles, long[][] columns) {
        this.offsets = offsets;
        this.slots = slots;
        weightForm = form;
        byteWeights = bytes;
        floatWeights = floats;
        doubleWeights = doubles;
        this.columns = columns;
    }

    /** Lists with these weights, which are not kept; null: each weight is 1. */
    static Adjacency of(int[] offsets, int[] slots, double[] weights) {
        return of(offsets, slots, weights, null);
    }

    /** The same with columns, which are kept; null: none. */
    static Adjacency of(int[] offsets, int[] slots, double[] weights, long[][] columns) {
        return switch (weights == null ? NONE : narrowestForm(weights)) {
            case NONE -> new Adjacency(offsets, slots, NONE, null, null, null, columns);
            case BYTES -> {
                var bytes = new byte[weights.length];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (int) weights[i];
                }
                yield new Adjacency(offsets, slots, BYTES, bytes, null, null, columns);
            }
            case FLOATS -> {
                var floats = new float[weights.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) weights[i];
                }
                yield new Adjacency(offsets, slots, FLOATS, null, floats, null, columns);
            }
            default -> new Adjacency(offsets, slots, DOUBLES, null, null, weights, columns);
        };
    }

    /** Lists with weights that are in their narrowest form already, an array of bytes, floats or doubles; null: each weight is 1. */
    static Adjacency restored(int[] offsets, int[] slots, Object weights, long[][] columns) {
        if (weights instanceof byte[] bytes) {
            return new Adjacency(offsets, slots, BYTES, bytes, null, null, columns);
        } else if (weights instanceof float[] floats) {
            return new Adjacency(offsets, slots, FLOATS, null, floats, null, columns);
        }
        return new Adjacency(offsets, slots, weights == null ? NONE : DOUBLES, null, null, (double[]) weights, columns);
    }

    private static int narrowestForm(double[] weights) {
        boolean ones = true;
        boolean bytes = true;
        for (double weight : weights) {
            ones &= weight == 1;
            // -0.0 is no byte: it would come back as 0.0.
            bytes &= weight == ((int) weight & 0xFF) && Double.doubleToRawLongBits(weight) >= 0;
            if (!bytes && weight != (float) weight) {
                return DOUBLES;
            }
        }
        return ones ? NONE : bytes ? BYTES : FLOATS;
    }

    /** The weight of one entry; for the slow paths. */
    double weight(int entry) {
        return switch (weightForm) {
            case NONE -> 1;
            case BYTES -> byteWeights[entry] & 0xFF;
            case FLOATS -> floatWeights[entry];
            default -> doubleWeights[entry];
        };
    }

    /** Shows the lists to a cursor over edges. */
    void show(EdgeView view) {
        view.offsets = offsets;
        view.slots = slots;
        view.byteWeights = byteWeights;
        view.floatWeights = floatWeights;
        view.doubleWeights = doubleWeights;
        view.columns = columns;
    }
}
