package org.superstep.cli;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import org.superstep.Result;
import org.superstep.graph.Summary;

/** How many vertices hold each value of a column: the most frequent values first, or in the values' order. */
final class CountTable {
    private final Result result;
    private final Summary.Counts summary;
    private final int rows;
    private final ColumnValues values;

    CountTable(Result result, Summary.Counts summary, int rows) {
        this.result = result;
        this.summary = summary;
        this.rows = rows;
        values = ColumnValues.of(result, summary.column());
    }

    TextTable table() {
        // A value goes by the position that holds it first.
        var indexes = new Long2IntOpenHashMap();
        indexes.defaultReturnValue(-1);
        var firsts = new int[16];
        var counts = new int[16];
        for (int position = 0; position < result.size(); position++) {
            int index = indexes.putIfAbsent(values.bits(position), indexes.size());
            if (index < 0) {
                index = indexes.size() - 1;
                if (index == firsts.length) {
                    firsts = Arrays.copyOf(firsts, 2 * index);
                    counts = Arrays.copyOf(counts, 2 * index);
                }
                firsts[index] = position;
            }
            counts[index]++;
        }
        int[] order = order(indexes.size(), firsts, counts);
        var shown = new int[Math.min(rows, order.length)];
        var vertices = new String[shown.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = firsts[order[i]];
            vertices[i] = Figures.count(counts[order[i]]);
        }
        var table = new TextTable().column(summary.column().name(), values.texts(shown)).column("vertices", vertices);
        return order.length == shown.length ? table
            : table.note("and " + Figures.counted(order.length - shown.length, "more value", "more values"));
    }

    private int[] order(int size, int[] firsts, int[] counts) {
        var order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        IntArrays.quickSort(order, new IntComparator() {
            @Override public int compare(int a, int b) {
                int frequency = summary.byValue() ? 0 : Integer.compare(counts[b], counts[a]);
                return frequency != 0 ? frequency : values.compare(firsts[a], firsts[b]);
            }
        });
        return order;
    }
}
