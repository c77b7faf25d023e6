package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.io.RowValues;

/** A column of {@code long} values, 8 bytes a vertex. */
public final class LongColumn extends Column {
    private final long initial;

    LongColumn(String name, int index, long initial) {
        super(name, index);
        this.initial = initial;
    }

    /** What each vertex holds before the first superstep. */
    public long initial() {
        return initial;
    }

    @Override public Object newArray(int vertices) {
        var array = new long[vertices];
        if (initial != 0) {
            Arrays.fill(array, initial);
        }
        return array;
    }

    @Override public void encode(Object array, int vertexIndex, RowValues row) {
        row.put(((long[]) array)[vertexIndex]);
    }

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public LongColumn hidden() {
        hide();
        return this;
    }
}
