package org.superstep.worker;

import java.util.Arrays;

/** Messages from one partition's speakers to one partition, in the order in which they are to be folded. Grows; keeps its arrays. */
final class DoubleBin {
    int[] indexes = new int[4];
    double[] values = new double[4];
    int size;

    void add(int index, double value) {
        if (size == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        indexes[size] = index;
        values[size++] = value;
    }
}
