package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.io.RowValues;

/** A column of {@code int} values, 4 bytes a vertex. */
public final class IntColumn extends Column {
    private final int initial;

    IntColumn(String name, int index, int initial) {
        super(name, index);
        this.initial = initial;
    }

    /** What each vertex holds before the first superstep. */
    public int initial() {
        return initial;
    }

    @Override public Object newArray(int vertices) {
        var array = new int[vertices];
        if (initial != 0) {
            Arrays.fill(array, initial);
        }
        return array;
    }

    @Override public void encode(Object array, int vertexIndex, RowValues row) {
        row.put((long) ((int[]) array)[vertexIndex]);
    }

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public IntColumn hidden() {
        hide();
        return this;
    }
}
