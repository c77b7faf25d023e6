package org.superstep;

import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;

/**
 * What a job has computed: a row for each vertex, in ascending order of ids, and the report. Holds the columns in memory; immutable, any
 * thread may read.
 */
public interface Result {
    /** The figures. */
    JobReport report();

    /** How many vertices there are. */
    int size();

    /** The id of the vertex at a position, 0 to {@code size() - 1}; ids ascend. */
    long id(int position);

    /** The position of the vertex with this id, or -1 where there is none. */
    int position(long vertexId);

    /** The column with this name; {@link IllegalArgumentException} where the program declares none. */
    Column column(String name);

    /** A column of doubles, by position; a copy. */
    double[] values(DoubleColumn column);

    /** A column of longs, by position; a copy. */
    long[] values(LongColumn column);

    /** A column of ints, by position; a copy. */
    int[] values(IntColumn column);

    /** The doubles of the column with this name, by position; a copy. */
    default double[] doubles(String name) {
        if (column(name) instanceof DoubleColumn column) {
            return values(column);
        }
        throw new IllegalArgumentException("column \"" + name + "\" holds no doubles; it is a " + column(name).getClass().getSimpleName());
    }

    /** The longs of the column with this name, by position; a copy. */
    default long[] longs(String name) {
        if (column(name) instanceof LongColumn column) {
            return values(column);
        }
        throw new IllegalArgumentException("column \"" + name + "\" holds no longs; it is a " + column(name).getClass().getSimpleName());
    }

    /** The ints of the column with this name, by position; a copy. */
    default int[] ints(String name) {
        if (column(name) instanceof IntColumn column) {
            return values(column);
        }
        throw new IllegalArgumentException("column \"" + name + "\" holds no ints; it is a " + column(name).getClass().getSimpleName());
    }
}
