package org.superstep.graph;

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

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public DoubleColumn hidden() {
        hide();
        return this;
    }
}
