package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.io.RowValues;

/** A column of truth values, a byte a vertex: vertices beside each other may be set by different threads. */
public final class BooleanColumn extends Column {
    private final boolean initial;

    BooleanColumn(String name, int index, boolean initial) {
        super(name, index);
        this.initial = initial;
    }

    /** What each vertex holds before the first superstep. */
    public boolean initial() {
        return initial;
    }

    @Override public Object newArray(int vertices) {
        var array = new boolean[vertices];
        if (initial) {
            Arrays.fill(array, initial);
        }
        return array;
    }

    @Override public void encode(Object array, int vertexIndex, RowValues row) {
        row.put(((boolean[]) array)[vertexIndex]);
    }

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public BooleanColumn hidden() {
        hide();
        return this;
    }
}
