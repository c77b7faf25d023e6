package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import org.superstep.graph.Column;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.internal.Form;
import org.superstep.graph.io.InputException;

/**
 * The vertices of one partition that the input names, ascending, with what their columns hold at first. A row is longs:
 *
 * <pre>
 *   0        the vertex's id
 *   1        how many longs the row has
 *   2 ...    the columns in the order of their declaration, each element as raw bits; of an object where in the row it stands, or 0 where
 *            the column's initial value holds
 *   then     of each object how many longs it takes, and these, as the {@link Form} by its codec has them
 * </pre>
 */
final class VertexRows {
    /** No vertices. */
    static final VertexRows NONE = new VertexRows(new long[0], new long[0], new int[0]);
    /** Where a row's first column stands. */
    static final int HEADER = 2;

    /** The vertices' ids, ascending, each once. */
    final long[] ids;
    private final long[] rows;
    /** Where each vertex's row begins. */
    private final int[] starts;

    private VertexRows(long[] ids, long[] rows, int[] starts) {
        this.ids = ids;
        this.rows = rows;
        this.starts = starts;
    }

    /** A row in which every column has its initial value. */
    static long[] initialRow(List<Column> columns) {
        var row = new LongArrayList(new long[HEADER]);
        for (Column column : columns) {
            Object initial = column.newArray(1);
            for (int element = 0; element < column.width(); element++) {
                row.add(bits(initial, element));
            }
        }
        row.set(1, row.size());
        return row.toLongArray();
    }

    /** An element of an array as a column makes it, as raw bits; 0 for any object. */
    private static long bits(Object array, int element) {
        return array instanceof double[] doubles ? Double.doubleToRawLongBits(doubles[element])
            : array instanceof long[] longs ? longs[element]
            : array instanceof int[] ints ? ints[element]
            : array instanceof float[] floats ? Float.floatToRawIntBits(floats[element])
            : array instanceof boolean[] booleans && booleans[element] ? 1 : 0;
    }

    /** How a column's objects stand in a row. */
    static <T> Form<T> form(ObjectColumn<T> column) {
        return Form.of(column.codec(), "column \"" + column + "\"");
    }

    /** The vertices of these blocks of rows; where two rows name one vertex, throws what {@code duplicate} says of its id. */
    static VertexRows of(List<long[]> blocks, LongFunction<InputException> duplicate) {
        int length = 0;
        int count = 0;
        for (long[] block : blocks) {
            length = Math.addExact(length, block.length);
            for (int start = 0; start < block.length; start += (int) block[start + 1]) {
                count++;
            }
        }
        var rows = new long[length];
        int filled = 0;
        for (long[] block : blocks) {
            System.arraycopy(block, 0, rows, filled, block.length);
            filled += block.length;
        }
        var unordered = new long[count];
        var starts = new int[count];
        int start = 0;
        boolean ascends = true;
        for (int i = 0; i < count; i++) {
            unordered[i] = rows[start];
            starts[i] = start;
            start += (int) rows[start + 1];
            ascends &= i == 0 || unordered[i - 1] < unordered[i];
        }
        if (ascends) {
            return new VertexRows(unordered, rows, starts);
        }
        var order = new int[count];
        Arrays.setAll(order, i -> i);
        LongArrays.radixSortIndirect(order, unordered, false);
        var ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = unordered[order[i]];
            order[i] = starts[order[i]];
            if (i > 0 && ids[i - 1] == ids[i]) {
                throw duplicate.apply(ids[i]);
            }
        }
        return new VertexRows(ids, rows, order);
    }

    boolean names(long id) {
        return Arrays.binarySearch(ids, id) >= 0;
    }

    /** Gives the partition's columns their first values; every vertex named must be there. */
    void fill(Partition partition, List<Column> columns) {
        var indexes = new int[ids.length];
        int index = 0;
        for (int i = 0; i < ids.length; i++) {
            while (partition.ids[index] < ids[i]) {
                index++;
            }
            indexes[i] = index;
        }
        int place = HEADER;
        for (Column column : columns) {
            Object array = partition.columns.array(column);
            Form<?> form = column instanceof ObjectColumn<?> objects ? form(objects) : null;
            for (int i = 0; i < ids.length; i++) {
                if (form == null) {
                    for (int element = 0; element < column.width(); element++) {
                        set(array, indexes[i] * column.width() + element, rows[starts[i] + place + element]);
                    }
                } else if (rows[starts[i] + place] != 0) {
                    int at = starts[i] + (int) rows[starts[i] + place];
                    ((Object[]) array)[indexes[i]] = form.value(Arrays.copyOfRange(rows, at + 1, at + 1 + (int) rows[at]));
                }
            }
            place += column.width();
        }
    }

    private static void set(Object array, int element, long bits) {
        if (array instanceof double[] doubles) {
            doubles[element] = Double.longBitsToDouble(bits);
        } else if (array instanceof long[] longs) {
            longs[element] = bits;
        } else if (array instanceof int[] ints) {
            ints[element] = (int) bits;
        } else if (array instanceof float[] floats) {
            floats[element] = Float.intBitsToFloat((int) bits);
        } else {
            ((boolean[]) array)[element] = bits != 0;
        }
    }
}
