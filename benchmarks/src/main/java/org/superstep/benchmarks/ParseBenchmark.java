package org.superstep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.superstep.datasets.EdgeListOptions;
import org.superstep.datasets.EdgeListSource;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSink;

/** Megabytes of text edges parsed a second, by all threads together, from a file in the system's cache; the edges are only added up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParseBenchmark {
    /** Scale of the R-MAT file. */
    @Param("18")
    public int scale;

    /** Whether there is a third column, and it is read. */
    @Param({"false", "true"})
    public boolean weighted;

    /** Reading threads; 0: all cores. */
    @Param("0")
    public int threads;

    private Path file;
    private double megabytes;
    private ExecutorService pool;

    /** Counts what was read; JMH prints it as megabytes a second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Read {
        /** Megabytes (10^6 bytes). */
        public double megabytes;
    }

    /** Makes the file, and checks the edges' sum against a plain reading. */
    @Setup
    public void load() throws IOException, ExecutionException, InterruptedException {
        threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        file = weighted ? RmatFile.weightedOfScale(scale) : RmatFile.ofScale(scale);
        megabytes = Files.size(file) / 1e6;
        pool = Executors.newFixedThreadPool(threads);
        long expected;
        try (Stream<String> lines = Files.lines(file)) {
            expected = lines.mapToLong(line -> {
                String[] columns = line.split("\t");
                return checksum(Long.parseLong(columns[0]), Long.parseLong(columns[1]), weighted ? Double.parseDouble(columns[2]) : 1);
            }).sum();
        }
        if (parse(new Read()) != expected) {
            throw new AssertionError("the parsed edges of " + file + " differ from what is in it");
        }
    }

    private static long checksum(long source, long target, double weight) {
        return source * 31 + target + (long) (weight * source);
    }

    /** The whole file. */
    @Benchmark
    public long parse(Read read) throws IOException, ExecutionException, InterruptedException {
        Weights wanted = weighted ? Weights.REQUIRED : Weights.IGNORED;
        long sum = 0;
        try (EdgeReader reader = new EdgeListSource(List.of(file), EdgeListOptions.AUTO).open(0, 1, wanted)) {
            var parts = new ArrayList<Future<Long>>();
            for (int i = 0; i < threads; i++) {
                parts.add(pool.submit(() -> {
                    var sink = new Sum();
                    reader.read(sink, (bytes, edges) -> { });
                    return sink.sum;
                }));
            }
            for (Future<Long> part : parts) {
                sum += part.get();
            }
        }
        read.megabytes += megabytes;
        return sum;
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        pool.shutdown();
    }

    private static final class Sum implements EdgeSink {
        private long sum;

        @Override public void accept(EdgeBatch batch) {
            long added = 0;
            for (int i = 0; i < batch.size; i++) {
                added += checksum(batch.sources[i], batch.targets[i], batch.weights == null ? 1 : batch.weights[i]);
            }
            sum += added;
        }
    }
}
