package org.superstep.graph.io;

import org.superstep.graph.BooleanColumn;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;

/** Takes vertices and their first values: a vertex, then a value for any of the program's columns. Used by one thread. */
public interface VertexSink {
    /** The next vertex; columns that are not set keep their initial value. */
    void vertex(long vertexId);

    /** What the vertex named last holds in a column of doubles; every NaN becomes the canonical one. */
    void set(DoubleColumn column, double value);

    /** What the vertex named last holds in a column of longs. */
    void set(LongColumn column, long value);

    /** What the vertex named last holds in a column of ints. */
    void set(IntColumn column, int value);

    /** What the vertex named last holds in a column of floats; every NaN becomes the canonical one. */
    void set(FloatColumn column, float value);

    /** What the vertex named last holds in a column of truth values. */
    void set(BooleanColumn column, boolean value);

    /** What the vertex named last holds in a column of vectors; the array, as long as the column is wide, is copied. */
    void set(DoubleVectorColumn column, double[] elements);

    /** What the vertex named last holds in a column of vectors; the array, as long as the column is wide, is copied. */
    void set(LongVectorColumn column, long[] elements);

    /** What the vertex named last holds in a column of objects, by way of the column's codec; never null. */
    <T> void set(ObjectColumn<T> column, T value);
}
