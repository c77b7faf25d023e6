package org.superstep;

import java.io.IOException;
import java.util.List;
import java.util.function.LongPredicate;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.io.InputException;
import org.superstep.graph.io.VertexSink;
import org.superstep.graph.io.VertexSource;

/**
 * The vertices of another source that a filter keeps.
 *
 * @param source where they come from
 * @param filter which are kept, by their ids
 */
record FilteredVertices(VertexSource source, LongPredicate filter) implements VertexSource {
    @Override public void read(int share, int shares, List<Column> columns, VertexSink sink) throws IOException {
        source.read(share, shares, columns, new VertexSink() {
            private boolean kept = true;

            @Override public void vertex(long vertexId) {
                kept = filter.test(vertexId);
                if (kept) {
                    sink.vertex(vertexId);
                }
            }

            @Override public void set(DoubleColumn column, double value) {
                if (kept) {
                    sink.set(column, value);
                }
            }

            @Override public void set(LongColumn column, long value) {
                if (kept) {
                    sink.set(column, value);
                }
            }

            @Override public void set(IntColumn column, int value) {
                if (kept) {
                    sink.set(column, value);
                }
            }

            @Override public void set(FloatColumn column, float value) {
                if (kept) {
                    sink.set(column, value);
                }
            }

            @Override public void set(BooleanColumn column, boolean value) {
                if (kept) {
                    sink.set(column, value);
                }
            }

            @Override public void set(DoubleVectorColumn column, double[] elements) {
                if (kept) {
                    sink.set(column, elements);
                }
            }

            @Override public void set(LongVectorColumn column, long[] elements) {
                if (kept) {
                    sink.set(column, elements);
                }
            }

            @Override public <T> void set(ObjectColumn<T> column, T value) {
                if (kept) {
                    sink.set(column, value);
                }
            }
        });
    }

    @Override public InputException duplicate(long vertexId) {
        return source.duplicate(vertexId);
    }
}
