package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.io.RowValues;

/** A column of {@code float} values, 4 bytes a vertex. */
public final class FloatColumn extends Column {
    private final float initial;

    FloatColumn(String name, int index, float initial) {
        super(name, index);
        this.initial = initial;
    }

    /** What each vertex holds before the first superstep. */
    public float initial() {
        return initial;
    }

    @Override public Object newArray(int vertices) {
        var array = new float[vertices];
        if (Float.floatToRawIntBits(initial) != 0) {
            Arrays.fill(array, initial);
        }
        return array;
    }

    @Override public void encode(Object array, int vertexIndex, RowValues row) {
        row.put(((float[]) array)[vertexIndex]);
    }

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public FloatColumn hidden() {
        hide();
        return this;
    }
}
