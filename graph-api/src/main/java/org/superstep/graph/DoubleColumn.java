package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.io.RowValues;

/** A column of {@code double} values, 8 bytes a vertex. */
public final class DoubleColumn extends Column {
    private final double initial;

    DoubleColumn(String name, int index, double initial) {
        super(name, index);
        this.initial = initial;
    }

    /** What each vertex holds before the first superstep. */
    public double initial() {
        return initial;
    }

    @Override public Object newArray(int vertices) {
        var array = new double[vertices];
        if (Double.doubleToRawLongBits(initial) != 0) {
            Arrays.fill(array, initial);
        }
        return array;
    }

    @Override public void encode(Object array, int vertexIndex, RowValues row) {
        row.put(((double[]) array)[vertexIndex]);
    }

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public DoubleColumn hidden() {
        hide();
        return this;
    }
}
