package org.superstep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.internal.ObjectValues;

/** The vertices with a column's greatest or least values; ties by id, NaN after all numbers. */
final class Ranking {
    /** Each vertex's value as a whole number: the greater, the better its place. */
    private final long[] keys;
    /** Positions of the best so far, the worst of them at the root of a heap. */
    private final int[] heap;
    private int size;

    private Ranking(long[] keys, int rows) {
        this.keys = keys;
        heap = new int[Math.min(rows, keys.length)];
    }

    /** So many rows at most, the best first. */
    static List<Row> of(Result result, Column column, boolean ascending, int rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("a ranking has 0 rows or more, was " + rows);
        }
        var ranking = new Ranking(keys(result, column, ascending), rows);
        for (int position = 0; position < ranking.keys.length; position++) {
            ranking.offer(position);
        }
        var best = new ArrayList<Row>(ranking.size);
        for (int position : ranking.drained()) {
            best.add(new Row(result, position));
        }
        return List.copyOf(best);
    }

    private static long[] keys(Result result, Column column, boolean ascending) {
        // Loops rather than streams: the first stream in a JVM costs several milliseconds, and the command's table comes through here.
        var keys = new long[result.size()];
        if (column instanceof DoubleColumn doubles) {
            double[] values = result.values(doubles);
            for (int i = 0; i < keys.length; i++) {
                keys[i] = key(values[i], ascending);
            }
            return keys;
        }
        if (column instanceof LongColumn longs) {
            long[] values = result.values(longs);
            for (int i = 0; i < keys.length; i++) {
                keys[i] = ascending ? ~values[i] : values[i];
            }
            return keys;
        }
        if (column instanceof IntColumn ints) {
            int[] values = result.values(ints);
            for (int i = 0; i < keys.length; i++) {
                keys[i] = ascending ? ~values[i] : values[i];
            }
            return keys;
        }
        if (column instanceof FloatColumn floats) {
            float[] values = result.values(floats);
            for (int i = 0; i < keys.length; i++) {
                keys[i] = key(values[i], ascending);
            }
            return keys;
        }
        if (column instanceof BooleanColumn booleans) {
            boolean[] values = result.values(booleans);
            for (int i = 0; i < keys.length; i++) {
                keys[i] = values[i] == ascending ? 0 : 1;
            }
            return keys;
        }
        if (column instanceof DoubleVectorColumn vectors) {
            return keysByOrder(List.of(result.values(vectors)), Arrays::compare, ascending);
        }
        if (column instanceof LongVectorColumn vectors) {
            return keysByOrder(List.of(result.values(vectors)), Arrays::compare, ascending);
        }
        if (column instanceof ObjectColumn<?> objects) {
            return keysByOrder(result.values(objects), ObjectValues::compare, ascending);
        }
        throw new AssertionError("a column of a new type: " + column);
    }

    /** Each value's place in their order, the same for equal ones. */
    private static <T> long[] keysByOrder(List<? extends T> values, Comparator<T> order, boolean ascending) {
        var keys = new long[values.size()];
        var positions = new Integer[keys.length];
        Arrays.setAll(positions, i -> i);
        Arrays.sort(positions, (a, b) -> order.compare(values.get(a), values.get(b)));
        long place = 0;
        for (int i = 0; i < positions.length; i++) {
            place += i > 0 && order.compare(values.get(positions[i - 1]), values.get(positions[i])) != 0 ? 1 : 0;
            keys[positions[i]] = ascending ? ~place : place;
        }
        return keys;
    }

    /** The bits of a double ascend with it, but for a sign of their own; no number has the least key of all. */
    private static long key(double value, boolean ascending) {
        if (Double.isNaN(value)) {
            return Long.MIN_VALUE;
        }
        long bits = Double.doubleToLongBits(value);
        long key = bits ^ bits >> 63 & Long.MAX_VALUE;
        return ascending ? ~key : key;
    }

    private void offer(int position) {
        if (size < heap.length) {
            int at = size++;
            for (; at > 0 && isBefore(heap[(at - 1) / 2], position); at = (at - 1) / 2) {
                heap[at] = heap[(at - 1) / 2];
            }
            heap[at] = position;
        } else if (size > 0 && isBefore(position, heap[0])) {
            sinkFromRoot(position);
        }
    }

    private int[] drained() {
        var best = new int[size];
        for (int i = size - 1; i >= 0; i--) {
            best[i] = heap[0];
            size--;
            sinkFromRoot(heap[size]);
        }
        return best;
    }

    private void sinkFromRoot(int position) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isBefore(heap[child], heap[child + 1])) {
                child++;
            }
            if (!isBefore(position, heap[child])) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = position;
    }

    /** Whether the first has the better place. */
    private boolean isBefore(int a, int b) {
        return keys[a] > keys[b] || keys[a] == keys[b] && a < b;
    }
}
