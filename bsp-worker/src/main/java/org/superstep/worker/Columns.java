package org.superstep.worker;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;

/**
 * The values of all of a program's columns for a number of vertices: an array a column. Whoever computes at a vertex writes its row; there
 * is no other lock.
 */
final class Columns {
    /** Columns by type and index, then by vertex. */
    final double[][] doubles;
    final long[][] longs;
    final int[][] ints;
    /** The same arrays in the columns' order, for what is done to every column whatever its type. */
    private final Object[] arrays;

    /** All vertices hold the columns' initial values. */
    Columns(List<Column> columns, int size) {
        arrays = columns.stream().map(column -> filled(column, size)).toArray();
        doubles = arraysOf(columns, DoubleColumn.class).toArray(double[][]::new);
        longs = arraysOf(columns, LongColumn.class).toArray(long[][]::new);
        ints = arraysOf(columns, IntColumn.class).toArray(int[][]::new);
    }

    private static Object filled(Column column, int size) {
        if (column instanceof DoubleColumn doubles) {
            var array = new double[size];
            if (Double.doubleToRawLongBits(doubles.initial()) != 0) {
                Arrays.fill(array, doubles.initial());
            }
            return array;
        }
        if (column instanceof LongColumn longs) {
            var array = new long[size];
            if (longs.initial() != 0) {
                Arrays.fill(array, longs.initial());
            }
            return array;
        }
        if (column instanceof IntColumn ints) {
            var array = new int[size];
            if (ints.initial() != 0) {
                Arrays.fill(array, ints.initial());
            }
            return array;
        }
        throw new AssertionError("no array for a " + column.getClass());
    }

    /** The arrays of one type's columns, in the order of their indexes. */
    private List<Object> arraysOf(List<Column> columns, Class<? extends Column> type) {
        return IntStream.range(0, arrays.length).filter(i -> type.isInstance(columns.get(i))).mapToObj(i -> arrays[i])
            .toList();
    }

    /** Copies a vertex's values in all columns; the other columns belong to the same program. */
    void copyRow(Columns from, int fromIndex, int toIndex) {
        copyRows(from, fromIndex, toIndex, 1);
    }

    /** Copies the values of so many neighbouring vertices in all columns; the other columns belong to the same program. */
    void copyRows(Columns from, int fromIndex, int toIndex, int count) {
        for (int i = 0; i < arrays.length; i++) {
            System.arraycopy(from.arrays[i], fromIndex, arrays[i], toIndex, count);
        }
    }
}
