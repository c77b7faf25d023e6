package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.io.RowValues;

/** A column of vectors of longs, all of the same width; 8 bytes an element, and nothing besides. */
public final class LongVectorColumn extends Column {
    private final long initial;

    LongVectorColumn(String name, int index, int width, long initial) {
        super(name, index, width);
        this.initial = initial;
    }

    /** What each element of each vertex holds before the first superstep. */
    public long initial() {
        return initial;
    }

    @Override public Object newArray(int vertices) {
        var array = new long[elements(vertices)];
        if (initial != 0) {
            Arrays.fill(array, initial);
        }
        return array;
    }

    @Override public void encode(Object array, int vertexIndex, RowValues row) {
        row.put((long[]) array, vertexIndex * width(), (vertexIndex + 1) * width());
    }

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public LongVectorColumn hidden() {
        hide();
        return this;
    }
}
