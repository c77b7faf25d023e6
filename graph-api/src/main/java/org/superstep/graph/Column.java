package org.superstep.graph;

import java.util.Objects;
import org.superstep.graph.io.RowValues;

/**
 * One typed field of vertex state, declared once by a {@link Program} and named in the output. The handle holds no values: those live
 * in the worker's arrays and are reached through the cursor ({@code v.get(column)}, {@code v.set(column, value)}).
 *
 * <p>For the engine a column is what tells its type apart: it makes the array that holds the values of many vertices, and brings a value of
 * such an array into a row. The array has {@link #width()} elements a vertex, one vertex behind another.
 */
public abstract sealed class Column
        permits DoubleColumn, LongColumn, IntColumn, FloatColumn, BooleanColumn, DoubleVectorColumn, LongVectorColumn, ObjectColumn {
    private final String name;
    private final int index;
    private final int width;
    private boolean hidden;

    Column(String name, int index) {
        this(name, index, 1);
    }

    Column(String name, int index, int width) {
        if (width < 1) {
            throw new IllegalArgumentException("column \"" + name + "\" must be at least 1 wide, was " + width);
        }
        this.name = name;
        this.index = index;
        this.width = width;
    }

    /** The column's name in the output's header; unique within the program. */
    public final String name() {
        return name;
    }

    /** The column's number among the program's columns of the same type, from 0. */
    public final int index() {
        return index;
    }

    /** How many elements a vertex has: what a vector column was declared with, 1 in any other. */
    public final int width() {
        return width;
    }

    /** Whether the column is left out of the output. */
    public final boolean isHidden() {
        return hidden;
    }

    /** For the engine: an array for so many vertices, of the column's initial value. */
    public abstract Object newArray(int vertices);

    /** For the engine: appends the value that the vertex at an index has in such an array to a row. */
    public abstract void encode(Object array, int vertexIndex, RowValues row);

    /** Whether a value is one number. */
    final boolean isNumber() {
        return this instanceof DoubleColumn || this instanceof LongColumn || this instanceof IntColumn || this instanceof FloatColumn;
    }

    /** The elements of an array for so many vertices. */
    final int elements(int vertices) {
        long elements = (long) width * vertices;
        if (elements > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("column \"" + name + "\", " + width + " wide, is too wide for a partition of " + vertices
                + " vertices; run with more partitions");
        }
        return (int) elements;
    }

    /** Where an element of a vertex's vector stands in an array. */
    final int place(int vertexIndex, int element) {
        return vertexIndex * width + Objects.checkIndex(element, width);
    }

    final void requireWidth(int length) {
        if (length != width) {
            throw new IllegalArgumentException("column \"" + name + "\" is " + width + " wide, the array " + length);
        }
    }

    final void hide() {
        hidden = true;
    }

    @Override public final String toString() {
        return name;
    }
}
