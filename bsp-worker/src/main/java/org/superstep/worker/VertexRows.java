package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.io.InputException;

/**
 * The vertices of one partition that the input names, ascending, with what their columns hold at first. A row is an id and then each of the
 * program's columns as raw bits, in the order of declaration.
 */
final class VertexRows {
    /** No vertices. */
    static final VertexRows NONE = new VertexRows(new long[0], new long[0], new int[0]);

    /** The vertices' ids, ascending, each once. */
    final long[] ids;
    private final long[] rows;
    /** The number of each vertex's row among the rows. */
    private final int[] rowOf;

    private VertexRows(long[] ids, long[] rows, int[] rowOf) {
        this.ids = ids;
        this.rows = rows;
        this.rowOf = rowOf;
    }

    /** A row in which every column has its initial value. */
    static long[] initialRow(List<Column> columns) {
        var row = new long[1 + columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (column instanceof DoubleColumn doubles) {
                row[1 + i] = Double.doubleToRawLongBits(doubles.initial());
            } else if (column instanceof LongColumn longs) {
                row[1 + i] = longs.initial();
            } else if (column instanceof IntColumn ints) {
                row[1 + i] = ints.initial();
            }
        }
        return row;
    }

    /** The vertices of these blocks of rows; where two rows name one vertex, throws what {@code duplicate} says of its id. */
    static VertexRows of(List<long[]> blocks, List<Column> columns, LongFunction<InputException> duplicate) {
        int stride = 1 + columns.size();
        int length = 0;
        for (long[] block : blocks) {
            length = Math.addExact(length, block.length);
        }
        var rows = new long[length];
        int filled = 0;
        for (long[] block : blocks) {
            System.arraycopy(block, 0, rows, filled, block.length);
            filled += block.length;
        }
        var unordered = new long[length / stride];
        var rowOf = new int[unordered.length];
        boolean ascends = true;
        for (int i = 0; i < unordered.length; i++) {
            unordered[i] = rows[i * stride];
            rowOf[i] = i;
            ascends &= i == 0 || unordered[i - 1] < unordered[i];
        }
        if (ascends) {
            return new VertexRows(unordered, rows, rowOf);
        }
        LongArrays.radixSortIndirect(rowOf, unordered, false);
        var ids = new long[unordered.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = unordered[rowOf[i]];
            if (i > 0 && ids[i - 1] == ids[i]) {
                throw duplicate.apply(ids[i]);
            }
        }
        return new VertexRows(ids, rows, rowOf);
    }

    boolean names(long id) {
        return Arrays.binarySearch(ids, id) >= 0;
    }

    /** Gives the partition's columns their first values; every vertex named must be there. */
    void fill(Partition partition, List<Column> columns) {
        int index = 0;
        for (int i = 0; i < ids.length; i++) {
            while (partition.ids[index] < ids[i]) {
                index++;
            }
            int row = rowOf[i] * (1 + columns.size());
            for (int c = 0; c < columns.size(); c++) {
                long bits = rows[row + 1 + c];
                Column column = columns.get(c);
                if (column instanceof DoubleColumn) {
                    partition.columns.doubles[column.index()][index] = Double.longBitsToDouble(bits);
                } else if (column instanceof LongColumn) {
                    partition.columns.longs[column.index()][index] = bits;
                } else if (column instanceof IntColumn) {
                    partition.columns.ints[column.index()][index] = (int) bits;
                }
            }
        }
    }
}
