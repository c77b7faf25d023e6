package org.superstep.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.superstep.Graph;
import org.superstep.algorithms.PageRank;
import org.superstep.benchmarks.RmatFile;
import org.superstep.benchmarks.SteppedJob;

/**
 * Five PageRank supersteps in which everybody speaks, from one checkpoint to the next, as one worker runs them that need not send anything:
 * without a log, with one in memory, and with one that goes to disk. What is kept is checked once, outbox by outbox.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 4)
public class LogBenchmark {
    private static final int SUPERSTEPS = 5;
    private static final long LIMIT_BYTES = 16L << 30;

    /** Where outboxes are kept. */
    public enum Kept { NOWHERE, MEMORY, DISK }

    /** Where outboxes are kept. */
    @Param
    public Kept kept;

    /** Scale of the R-MAT graph, taken as undirected. */
    @Param("20")
    public int scale;

    /** Compute threads; 0: all cores. */
    @Param("0")
    public int threads;

    private SteppedJob job;
    private Crew crew;
    private OutboxLog log;
    private KernelSteps steps;
    private int superstep;

    /** Loads the graph. */
    @Setup
    public void load() throws IOException {
        int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        crew = new Crew("benchmark", count);
        job = new SteppedJob(new PageRank(0.85, Integer.MAX_VALUE), Graph.edges(RmatFile.ofScale(scale)).undirected(), count);
        job.superstep();
        Path scratch = Files.createTempDirectory("log-benchmark");
        scratch.toFile().deleteOnExit();
        log = new OutboxLog(new LogPlan(scratch, kept == Kept.DISK ? 0 : LIMIT_BYTES, LIMIT_BYTES));
        steps = kept == Kept.NOWHERE ? KernelSteps.copied(job, true, crew) : KernelSteps.logged(job, true, crew, log);
        if (kept != Kept.NOWHERE) {
            steps();
            check();
        }
    }

    private void check() throws IOException {
        for (Partition partition : KernelSteps.graph(job.worker()).partitions) {
            if (!Arrays.equals(log.outbox(superstep - 1, partition.number), steps.said(partition))) {
                throw new AssertionError("partition " + partition.number + " has said something else");
            }
        }
    }

    /** All supersteps up to a checkpoint, which is committed. */
    @Benchmark
    public void steps() {
        for (int i = 0; i < SUPERSTEPS; i++) {
            steps.superstep();
        }
        superstep += SUPERSTEPS;
        log.forgetBefore(superstep - 1);
    }

    /** A log in which outboxes were missing would be too cheap. */
    @TearDown(Level.Iteration)
    public void requireWhole() {
        if (!log.hindrance().isEmpty()) {
            throw new AssertionError(log.hindrance());
        }
    }

    /** Ends all threads. */
    @TearDown
    public void close() throws IOException {
        log.close();
        job.close();
        crew.close();
    }
}
