package org.superstep;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;
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
        int run = lastThat(i -> runs[i].first <= position);
        return ids(run)[position - runs[run].first];
    }

    @Override public int position(long vertexId) {
        if (runs.length == 0) {
            return -1;
        }
        int run = lastThat(i -> ids(i)[0] <= vertexId);
        int place = Arrays.binarySearch(ids(run), vertexId);
        return place < 0 ? -1 : runs[run].first + place;
    }

    /** The last run that begins early enough; the first where none does. */
    private int lastThat(IntPredicate beginsEarlyEnough) {
        int low = 0;
        int high = runs.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (beginsEarlyEnough.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override public Column column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
            report.program() + " has no column \"" + name + "\"; it has " + columns));
    }

    @Override public double[] values(DoubleColumn column) {
        return joined(new double[size], run -> run.rows.values(run.partition, column));
    }

    @Override public long[] values(LongColumn column) {
        return joined(new long[size], run -> run.rows.values(run.partition, column));
    }

    @Override public int[] values(IntColumn column) {
        return joined(new int[size], run -> run.rows.values(run.partition, column));
    }

    /** Copies all runs' parts of a column, arrays of the same type, one behind another. */
    private <A> A joined(A into, Function<Run, A> part) {
        for (int i = 0; i < runs.length; i++) {
            System.arraycopy(part.apply(runs[i]), 0, into, runs[i].first, ids(i).length);
        }
        return into;
    }
}
