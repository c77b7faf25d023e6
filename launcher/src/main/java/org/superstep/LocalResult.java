package org.superstep;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.worker.Rows;

/** The columns of workers in this process, one run of neighbouring partitions after another. */
final class LocalResult implements Result {
    /** Partitions of all workers with at least one vertex, ascending. */
    private record Run(Rows rows, int partition, int first) {
    }

    private final JobReport report;
    private final List<Column> columns;
    private final Run[] runs;
    private final int size;

    LocalResult(JobReport report, List<Column> columns, List<Rows> workers) {
        this.report = report;
        this.columns = columns;
        runs = workers.stream()
            .flatMap(rows -> java.util.stream.IntStream.range(0, rows.partitions()).mapToObj(p -> new Run(rows, p, 0)))
            .filter(run -> run.rows.ids(run.partition).length > 0)
            .sorted(Comparator.comparingLong(run -> run.rows.ids(run.partition)[0]))
            .toArray(Run[]::new);
        int first = 0;
        for (int i = 0; i < runs.length; i++) {
            runs[i] = new Run(runs[i].rows, runs[i].partition, first);
            first = Math.addExact(first, ids(i).length);
        }
        size = first;
    }

    private long[] ids(int run) {
        return runs[run].rows.ids(runs[run].partition);
    }

    @Override public JobReport report() {
        return report;
    }

    @Override public int size() {
        return size;
    }

    @Override public long id(int position) {
        int low = 0;
        int high = runs.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs[middle].first <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return ids(low)[position - runs[low].first];
    }

    @Override public int position(long vertexId) {
        int low = 0;
        int high = runs.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (ids(middle)[0] <= vertexId) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int place = runs.length == 0 ? -1 : Arrays.binarySearch(ids(low), vertexId);
        return place < 0 ? -1 : runs[low].first + place;
    }

    @Override public Column column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
            report.program() + " has no column \"" + name + "\"; it has " + columns));
    }

    @Override public double[] values(DoubleColumn column) {
        var values = new double[size];
        for (Run run : runs) {
            double[] part = run.rows.values(run.partition, column);
            System.arraycopy(part, 0, values, run.first, part.length);
        }
        return values;
    }

    @Override public long[] values(LongColumn column) {
        var values = new long[size];
        for (Run run : runs) {
            long[] part = run.rows.values(run.partition, column);
            System.arraycopy(part, 0, values, run.first, part.length);
        }
        return values;
    }

    @Override public int[] values(IntColumn column) {
        var values = new int[size];
        for (Run run : runs) {
            int[] part = run.rows.values(run.partition, column);
            System.arraycopy(part, 0, values, run.first, part.length);
        }
        return values;
    }
}
