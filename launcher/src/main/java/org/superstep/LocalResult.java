package org.superstep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.internal.RecordList;
import org.superstep.job.OutputFiles;
import org.superstep.worker.Rows;

/** The columns of workers in this process, one run of neighbouring partitions after another. */
final class LocalResult implements Result {
    /** Partitions of all workers with at least one vertex, ascending. */
    private record Run(Rows rows, int partition, int first) {
    }

    private final JobReport report;
    private final Program program;
    private final List<Column> columns;
    private final List<Records> records;
    private final Run[] runs;
    private final int size;

    LocalResult(JobReport report, Program program, List<Rows> workers) {
        this.report = report;
        this.program = program;
        records = program.declarations().recordOutputs().stream().map(output -> records(output, workers)).toList();
        columns = program.declarations().columns();
        runs = workers.stream()
            .flatMap(rows -> IntStream.range(0, rows.partitions()).mapToObj(p -> new Run(rows, p, 0)))
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

    private static Records records(RecordOutput output, List<Rows> workers) {
        record Placed(RecordList.Run run, int partition) {
        }

        var placed = new ArrayList<Placed>();
        for (Rows rows : workers) {
            for (int p = 0; p < rows.partitions(); p++) {
                for (RecordList.Run run : rows.records(p, output.index())) {
                    placed.add(new Placed(run, rows.number(p)));
                }
            }
        }
        placed.sort(Comparator.<Placed>comparingInt(some -> some.run.superstep()).thenComparingInt(some -> some.partition));
        return new Records(output, placed.stream().map(Placed::run).toList());
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

    /** Which program's, of how many vertices, and what there is of each. */
    @Override public String toString() {
        return program.name() + ": " + size + (size == 1 ? " vertex" : " vertices") + ", columns " + columns
            + (records.isEmpty() ? "" : ", records " + records);
    }

    @Override public long id(int position) {
        int run = runOf(position);
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

    private int runOf(int position) {
        Objects.checkIndex(position, size);
        return lastThat(i -> runs[i].first <= position);
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

    @Override public List<Column> columns() {
        return columns;
    }

    @Override public Column column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
            report.program() + " has no column \"" + name + "\"; it has " + columns));
    }

    @Override public Records records(String name) {
        return records.get(OutputFiles.named(name, program).index());
    }

    @Override public double[] values(DoubleColumn column) {
        return joined(new double[size], column);
    }

    @Override public long[] values(LongColumn column) {
        return joined(new long[size], column);
    }

    @Override public int[] values(IntColumn column) {
        return joined(new int[size], column);
    }

    @Override public float[] values(FloatColumn column) {
        return joined(new float[size], column);
    }

    @Override public boolean[] values(BooleanColumn column) {
        return joined(new boolean[size], column);
    }

    @Override public double[][] values(DoubleVectorColumn column) {
        return vectors(new double[size][column.width()], column);
    }

    @Override public long[][] values(LongVectorColumn column) {
        return vectors(new long[size][column.width()], column);
    }

    @SuppressWarnings("unchecked")
    @Override public <T> List<T> values(ObjectColumn<T> column) {
        return (List<T>) Collections.unmodifiableList(Arrays.asList(joined(new Object[size], column)));
    }

    @Override public double valueAt(DoubleColumn column, int position) {
        Run run = runs[runOf(position)];
        return ((double[]) values(run, column))[position - run.first];
    }

    @Override public long valueAt(LongColumn column, int position) {
        Run run = runs[runOf(position)];
        return ((long[]) values(run, column))[position - run.first];
    }

    @Override public int valueAt(IntColumn column, int position) {
        Run run = runs[runOf(position)];
        return ((int[]) values(run, column))[position - run.first];
    }

    @Override public float valueAt(FloatColumn column, int position) {
        Run run = runs[runOf(position)];
        return ((float[]) values(run, column))[position - run.first];
    }

    @Override public boolean valueAt(BooleanColumn column, int position) {
        Run run = runs[runOf(position)];
        return ((boolean[]) values(run, column))[position - run.first];
    }

    @Override public double[] valueAt(DoubleVectorColumn column, int position) {
        Run run = runs[runOf(position)];
        int from = (position - run.first) * column.width();
        return Arrays.copyOfRange((double[]) values(run, column), from, from + column.width());
    }

    @Override public long[] valueAt(LongVectorColumn column, int position) {
        Run run = runs[runOf(position)];
        int from = (position - run.first) * column.width();
        return Arrays.copyOfRange((long[]) values(run, column), from, from + column.width());
    }

    @SuppressWarnings("unchecked")
    @Override public <T> T valueAt(ObjectColumn<T> column, int position) {
        Run run = runs[runOf(position)];
        return (T) ((Object[]) values(run, column))[position - run.first];
    }

    /** Copies all runs' parts of a column, arrays of the same type, one behind another. */
    private <A> A joined(A into, Column column) {
        for (Run run : runs) {
            System.arraycopy(values(run, column), 0, into, run.first, count(run));
        }
        return into;
    }

    /** Copies all vertices' vectors, each into an array of its own. */
    private <A> A[] vectors(A[] into, Column column) {
        for (Run run : runs) {
            Object vectors = values(run, column);
            for (int i = 0; i < count(run); i++) {
                System.arraycopy(vectors, i * column.width(), into[run.first + i], 0, column.width());
            }
        }
        return into;
    }

    private static Object values(Run run, Column column) {
        return run.rows.values(run.partition, column);
    }

    private static int count(Run run) {
        return run.rows.ids(run.partition).length;
    }
}
