package org.superstep.cli;

import org.superstep.Result;
import org.superstep.graph.Summary;

/** The vertices with a column's greatest or least values, with places; ties by id, NaN after all numbers. */
final class RankTable {
    private final Result result;
    private final Summary.Top summary;
    private final ColumnValues values;
    /** Positions of the best so far, the worst of them at the root of a heap. */
    private final int[] heap;
    private int size;

    RankTable(Result result, Summary.Top summary, int rows) {
        this.result = result;
        this.summary = summary;
        values = ColumnValues.of(result, summary.column());
        heap = new int[Math.min(rows, result.size())];
    }

    TextTable table() {
        for (int position = 0; position < result.size(); position++) {
            offer(position);
        }
        var best = new int[size];
        for (int i = size - 1; i >= 0; i--) {
            best[i] = heap[0];
            size--;
            sinkFromRoot(heap[size]);
        }
        var places = new String[best.length];
        var vertices = new String[best.length];
        for (int i = 0; i < best.length; i++) {
            places[i] = Integer.toString(i + 1);
            vertices[i] = Long.toString(result.id(best[i]));
        }
        return new TextTable()
            .column("#", places)
            .column("vertex", vertices)
            .column(summary.column().name(), values.texts(best));
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
        if (values.isNumber(a) != values.isNumber(b)) {
            return values.isNumber(a);
        }
        int order = values.compare(a, b);
        return order == 0 ? a < b : order < 0 == summary.ascending();
    }
}
