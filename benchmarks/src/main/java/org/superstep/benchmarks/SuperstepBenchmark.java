package org.superstep.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
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
import org.superstep.Graph;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongParameter;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.master.MasterCommand;

/** The latency of a superstep in which few vertices are active: walkers that go round a ring, one step a superstep, for ever. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SuperstepBenchmark {
    /** Vertices of the ring. */
    @Param("100000")
    public int vertices;

    /** How many vertices are active in each superstep. */
    @Param("10")
    public int active;

    /** Compute threads; 0: all cores. */
    @Param("0")
    public int threads;

    /** Whether other programs run in the JVM first. */
    @Param("true")
    public boolean spoiled;

    private SteppedJob job;

    /** Loads the ring, and checks that each superstep computes as many vertices as there are walkers. */
    @Setup
    public void load() {
        if (spoiled) {
            OtherPrograms.run();
        }
        var sources = new long[vertices];
        var targets = new long[vertices];
        for (int i = 0; i < vertices; i++) {
            sources[i] = i;
            targets[i] = (i + 1) % vertices;
        }
        int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        job = new SteppedJob(new Walkers(vertices / active), Graph.of(sources, targets), count);
        job.superstep();
        for (int step = 0; step < 100; step++) {
            MasterCommand.SuperstepEnded ended = job.superstep();
            if (ended.computed() != active || ended.messages() != active) {
                throw new AssertionError(active + " vertices should have computed and spoken, was " + ended);
            }
        }
    }

    /** One superstep, with the coordinator's part. */
    @Benchmark
    public long superstep() {
        return job.superstep().computed();
    }

    /** Ends the compute threads. */
    @TearDown
    public void close() throws IOException {
        job.close();
    }

    /** A vertex that is told something tells its neighbour. */
    static final class Walkers extends LongProgram {
        private final LongParameter gap = longParameter("gap", 1, "every so many vertices a walker starts").atLeast(1);
        private final LongColumn visits = longColumn("visits", 0);

        Walkers(long gap) {
            this.gap.set(gap);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.MIN;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (v.superstep() == 0 ? v.id() % gap.get() == 0 : !in.isEmpty()) {
                v.set(visits, v.get(visits) + 1);
                v.broadcast(v.superstep());
            }
            v.halt();
        }
    }
}
