package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.List;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
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
        put(column, Double.doubleToLongBits(value));
    }

    @Override public void set(LongColumn column, long value) {
        put(column, value);
    }

    @Override public void set(IntColumn column, int value) {
        put(column, value);
    }

    private void put(Column column, long bits) {
        if (current == null) {
            throw new IllegalStateException("column \"" + column + "\" is set before there is a vertex; name the vertex first");
        }
        int place = columns.indexOf(column);
        if (place < 0) {
            throw new IllegalArgumentException("column \"" + column + "\" is not the program's, which has " + columns);
        }
        current.set(start + 1 + place, bits);
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
