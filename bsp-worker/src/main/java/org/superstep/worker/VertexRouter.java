package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.List;
import java.util.Objects;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.io.VertexSink;
import org.superstep.net.Placement;
import org.superstep.net.ToPeer;
import org.superstep.net.Transport;

/**
 * Takes the vertices that a worker reads to the partitions they belong to, as {@link VertexRows}: to this worker's builder, or to the
 * worker that owns the partition. Used by one thread; {@link #finish} hands over what is left.
 */
final class VertexRouter implements VertexSink {
    /** Longs of rows that are handed over together, about. */
    private static final int BLOCK = 1 << 13;

    private final List<Column> columns;
    private final Placement placement;
    private final GraphBuilder builder;
    private final int worker;
    private final Transport transport;
    /** A row in which every column has its initial value. */
    private final long[] row;
    /** Where each column's words begin in a row. */
    private final int[] places;
    /** The rows being gathered, by partition. */
    private final LongArrayList[] open;
    private LongArrayList current;
    private int start;

    VertexRouter(List<Column> columns, Placement placement, GraphBuilder builder, int worker, Transport transport) {
        this.columns = columns;
        this.placement = placement;
        this.builder = builder;
        this.worker = worker;
        this.transport = transport;
        row = VertexRows.initialRow(columns);
        places = new int[columns.size()];
        for (int i = 0, place = VertexRows.HEADER; i < places.length; i++) {
            places[i] = place;
            place += columns.get(i).width();
        }
        open = new LongArrayList[placement.partitions()];
    }

    @Override public void vertex(long vertexId) {
        int partition = placement.partitionOf(vertexId);
        if (open[partition] == null) {
            open[partition] = new LongArrayList(row.length);
        } else if (open[partition].size() > BLOCK) {
            handOver(partition);
        }
        current = open[partition];
        start = current.size();
        current.addElements(start, row);
        current.set(start, vertexId);
    }

    @Override public void set(DoubleColumn column, double value) {
        current.set(place(column), Double.doubleToLongBits(value));
    }

    @Override public void set(LongColumn column, long value) {
        current.set(place(column), value);
    }

    @Override public void set(IntColumn column, int value) {
        current.set(place(column), value);
    }

    @Override public void set(FloatColumn column, float value) {
        current.set(place(column), Float.floatToIntBits(value));
    }

    @Override public void set(BooleanColumn column, boolean value) {
        current.set(place(column), value ? 1 : 0);
    }

    @Override public void set(DoubleVectorColumn column, double[] elements) {
        int place = place(column, elements.length);
        for (int i = 0; i < elements.length; i++) {
            current.set(place + i, Double.doubleToLongBits(elements[i]));
        }
    }

    @Override public void set(LongVectorColumn column, long[] elements) {
        int place = place(column, elements.length);
        for (int i = 0; i < elements.length; i++) {
            current.set(place + i, elements[i]);
        }
    }

    @Override public <T> void set(ObjectColumn<T> column, T value) {
        int place = place(column);
        long[] words = VertexRows.form(column).words(Objects.requireNonNull(value, () -> "column \"" + column + "\" takes no null"));
        current.set(place, current.size() - start);
        current.add(words.length);
        current.addElements(current.size(), words);
        current.set(start + 1, current.size() - start);
    }

    /** Where a column's words stand in the row of the vertex named last. */
    private int place(Column column) {
        if (current == null) {
            throw new IllegalStateException("column \"" + column + "\" is set before there is a vertex; name the vertex first");
        }
        int number = columns.indexOf(column);
        if (number < 0) {
            throw new IllegalArgumentException("column \"" + column + "\" is not the program's, which has " + columns);
        }
        return start + places[number];
    }

    private int place(Column column, int length) {
        int place = place(column);
        if (length != column.width()) {
            throw new IllegalArgumentException("column \"" + column + "\" is " + column.width() + " wide, the array " + length);
        }
        return place;
    }

    private void handOver(int partition) {
        var rows = new ToPeer.Vertices(worker, partition, open[partition].toLongArray());
        open[partition].clear();
        int owner = placement.owners()[partition];
        if (owner == worker) {
            builder.add(rows);
        } else {
            transport.toPeer(owner, rows);
        }
    }

    void finish() {
        for (int partition = 0; partition < open.length; partition++) {
            if (open[partition] != null) {
                handOver(partition);
                open[partition] = null;
            }
        }
    }
}
