package org.superstep.graph.io;

import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;

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
}
