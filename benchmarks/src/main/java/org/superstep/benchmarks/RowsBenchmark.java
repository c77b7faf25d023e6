package org.superstep.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.datasets.TextRows;
import org.superstep.graph.Column;
import org.superstep.graph.io.RowEncoder;

/** Result rows a second, encoded as text by one thread: an id and a rank, or an id and a whole number. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowsBenchmark {
    private static final int ROWS = 1 << 16;

    /** How the rows look. */
    @Param({"TSV", "JSONL"})
    public TextRows format;

    private final double[] ranks = new double[ROWS];
    private final long[] components = new long[ROWS];
    private RowEncoder rankEncoder;
    private RowEncoder componentEncoder;

    /** Draws values, and reads a file of them back. */
    @Setup
    public void draw() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < ROWS; i++) {
            ranks[i] = Math.exp(-20 * random.nextDouble());
            components[i] = random.nextLong(1L << 20);
        }
        List<Column> rank = new PageRank().declarations().shownColumns();
        List<Column> component = new ConnectedComponents().declarations().shownColumns();
        rankEncoder = format.encoder(rank);
        componentEncoder = format.encoder(component);
        var separators = format == TextRows.TSV ? "\t" : "[:,}]";
        int valueAt = format == TextRows.TSV ? 1 : 3;
        doubles();
        String[] rows = text(rankEncoder).split("\n");
        longs();
        String[] longRows = text(componentEncoder).split("\n");
        for (int i = 0; i < ROWS; i++) {
            if (Double.parseDouble(rows[i].split(separators)[valueAt]) != ranks[i]
                    || Long.parseLong(longRows[i].split(separators)[valueAt]) != components[i]) {
                throw new AssertionError("row " + i + " should hold " + ranks[i] + " and " + components[i] + ", was " + rows[i] + " and "
                    + longRows[i]);
            }
        }
    }

    private static String text(RowEncoder encoder) {
        return new String(encoder.buffer(), 0, encoder.size(), StandardCharsets.UTF_8);
    }

    /** Rows of doubles. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int doubles() {
        RowEncoder encoder = rankEncoder;
        encoder.clear();
        for (int i = 0; i < ROWS; i++) {
            encoder.begin(i);
            encoder.put(ranks[i]);
            encoder.end();
        }
        return encoder.size();
    }

    /** Rows of longs. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int longs() {
        RowEncoder encoder = componentEncoder;
        encoder.clear();
        for (int i = 0; i < ROWS; i++) {
            encoder.begin(i);
            encoder.put(components[i]);
            encoder.end();
        }
        return encoder.size();
    }
}
