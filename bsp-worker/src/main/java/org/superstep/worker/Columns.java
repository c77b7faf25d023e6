package org.superstep.worker;

import java.util.List;
import java.util.stream.IntStream;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.internal.VertexView;
import org.superstep.graph.io.RowValues;

/**
 * The values of all of a program's columns for a number of vertices: an array a column. Whoever computes at a vertex writes its row; there
 * is no other lock.
 */
final class Columns {
    /** Columns by type and index, then by vertex. */
    final double[][] doubles;
    final long[][] longs;
    final int[][] ints;
    final float[][] floats;
    final boolean[][] booleans;
    final double[][] doubleVectors;
    final long[][] longVectors;
    final Object[][] objects;
    private final List<Column> columns;
    /** The same arrays in the columns' order, for what is done to every column whatever its type. */
    private final Object[] arrays;

    /** All vertices hold the columns' initial values. */
    Columns(List<Column> columns, int size) {
        this.columns = columns;
        arrays = columns.stream().map(column -> column.newArray(size)).toArray();
        doubles = arraysOf(DoubleColumn.class).toArray(double[][]::new);
        longs = arraysOf(LongColumn.class).toArray(long[][]::new);
        ints = arraysOf(IntColumn.class).toArray(int[][]::new);
        floats = arraysOf(FloatColumn.class).toArray(float[][]::new);
        booleans = arraysOf(BooleanColumn.class).toArray(boolean[][]::new);
        doubleVectors = arraysOf(DoubleVectorColumn.class).toArray(double[][]::new);
        longVectors = arraysOf(LongVectorColumn.class).toArray(long[][]::new);
        objects = arraysOf(ObjectColumn.class).toArray(Object[][]::new);
    }

    /** The arrays of one type's columns, in the order of their indexes. */
    private List<Object> arraysOf(Class<? extends Column> type) {
        return IntStream.range(0, arrays.length).filter(i -> type.isInstance(columns.get(i))).mapToObj(i -> arrays[i]).toList();
    }

    /** A column's array, of the type that the column makes; found by the name, so that any instance of the program may ask. */
    Object array(Column column) {
        for (int i = 0; i < arrays.length; i++) {
            if (columns.get(i).name().equals(column.name())) {
                return arrays[i];
            }
        }
        throw new IllegalArgumentException("no column \"" + column + "\" among " + columns);
    }

    /** Lets a cursor see the arrays. */
    void show(VertexView view) {
        view.doubles = doubles;
        view.longs = longs;
        view.ints = ints;
        view.floats = floats;
        view.booleans = booleans;
        view.doubleVectors = doubleVectors;
        view.longVectors = longVectors;
        view.objects = objects;
    }

    /** Hands a vertex's values in all columns to an encoder, in the columns' order. */
    void encode(int index, RowValues row) {
        for (int i = 0; i < arrays.length; i++) {
            columns.get(i).encode(arrays[i], index, row);
        }
    }

    /** Copies a vertex's values in all columns; the other columns belong to the same program. */
    void copyRow(Columns from, int fromIndex, int toIndex) {
        copyRows(from, fromIndex, toIndex, 1);
    }

    /** Copies the values of so many neighbouring vertices in all columns; the other columns belong to the same program. */
    void copyRows(Columns from, int fromIndex, int toIndex, int count) {
        for (int i = 0; i < arrays.length; i++) {
            int width = columns.get(i).width();
            System.arraycopy(from.arrays[i], fromIndex * width, arrays[i], toIndex * width, count * width);
        }
    }
}
