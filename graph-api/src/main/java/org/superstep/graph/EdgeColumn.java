package org.superstep.graph;

import java.util.Arrays;

/**
 * One number that every edge has besides its weight, declared once by a {@link Program}, read and written by the cursor over out-edges:
 * {@code e.get(column)}, {@code e.set(column, value)}. Its first values come from the column of that name in the input.
 *
 * <p>An edge column is state of the vertex where the edge begins, as a {@link Column} is: what it sets it sees at once, and nobody else
 * does. In an undirected graph each direction of an edge has values of its own, which are the same at first.
 *
 * <p>For the engine a value is 64 bits: of a double its {@link Double#doubleToLongBits}, of an int the long that it is.
 */
public abstract sealed class EdgeColumn permits DoubleEdgeColumn, LongEdgeColumn, IntEdgeColumn {
    private final String name;
    private final int index;
    private final long initialBits;
    private boolean required;

    EdgeColumn(String name, int index, long initialBits) {
        if (name.equalsIgnoreCase("weight")) {
            throw new IllegalArgumentException("an edge column cannot be named \"" + name + "\": that is what e.weight() gives");
        }
        this.name = name;
        this.index = index;
        this.initialBits = initialBits;
    }

    /** The name that the column has in the input; unique among the program's edge columns. */
    public final String name() {
        return name;
    }

    /** The column's number among the program's edge columns, from 0. */
    public final int index() {
        return index;
    }

    /** What the values are: {@code double.class}, {@code long.class} or {@code int.class}. */
    public abstract Class<?> type();

    /** The value, as text, of edges to which the input gives none. */
    public abstract String initialText();

    /** Whether an input that lacks the column is refused. */
    public final boolean isRequired() {
        return required;
    }

    /** For the engine: the raw bits of so many values, each the initial one. */
    public final long[] newArray(int edges) {
        var array = new long[edges];
        if (initialBits != 0) {
            Arrays.fill(array, initialBits);
        }
        return array;
    }

    /** For the engine: the raw bits of the value of edges to which the input gives none. */
    public final long initialBits() {
        return initialBits;
    }

    final void require() {
        required = true;
    }

    @Override public final String toString() {
        return name;
    }
}
