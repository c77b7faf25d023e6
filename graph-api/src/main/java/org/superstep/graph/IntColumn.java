package org.superstep.graph;

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

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public IntColumn hidden() {
        hide();
        return this;
    }
}
