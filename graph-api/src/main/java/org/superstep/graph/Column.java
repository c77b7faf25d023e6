package org.superstep.graph;

/**
 * One typed field of vertex state, declared once by a {@link Program} and named in the output. The handle holds no values: those live
 * in the worker's arrays and are reached through the cursor ({@code v.get(column)}, {@code v.set(column, value)}).
 */
public abstract sealed class Column permits DoubleColumn, LongColumn, IntColumn {
    private final String name;
    private final int index;
    private boolean hidden;

    Column(String name, int index) {
        this.name = name;
        this.index = index;
    }

    /** The column's name in the output's header; unique within the program. */
    public final String name() {
        return name;
    }

    /** The column's number among the program's columns of the same type, from 0. */
    public final int index() {
        return index;
    }

    /** Whether the column is left out of the output. */
    public final boolean isHidden() {
        return hidden;
    }

    final void hide() {
        hidden = true;
    }

    @Override public final String toString() {
        return name;
    }
}
