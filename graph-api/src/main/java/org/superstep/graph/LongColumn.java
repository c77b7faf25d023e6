package org.superstep.graph;

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

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public LongColumn hidden() {
        hide();
        return this;
    }
}
