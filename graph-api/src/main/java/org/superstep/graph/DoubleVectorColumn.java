package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.io.RowValues;

/** A column of vectors of doubles, all of the same width; 8 bytes an element, and nothing besides. */
public final class DoubleVectorColumn extends Column {
    private final double initial;

    DoubleVectorColumn(String name, int index, int width, double initial) {
        super(name, index, width);
        this.initial = initial;
    }

    /** What each element of each vertex holds before the first superstep. */
    public double initial() {
        return initial;
    }

    @Override public Object newArray(int vertices) {
        var array = new double[elements(vertices)];
        if (Double.doubleToRawLongBits(initial) != 0) {
            Arrays.fill(array, initial);
        }
        return array;
    }

    @Override public void encode(Object array, int vertexIndex, RowValues row) {
        row.put((double[]) array, vertexIndex * width(), (vertexIndex + 1) * width());
    }

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public DoubleVectorColumn hidden() {
        hide();
        return this;
    }
}
