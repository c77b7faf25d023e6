package org.superstep.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.superstep.Graph;
import org.superstep.algorithms.PageRank;
import org.superstep.benchmarks.OtherPrograms;
import org.superstep.benchmarks.RmatFile;
import org.superstep.benchmarks.SteppedJob;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleProgram;

/**
 * One PageRank superstep in which everybody is heard: nanoseconds in all, and ({@code :arcs}) for each arc.
 *
 * <p>The worker, with the coordinator's part; the plain loop that one would write by hand, over the same arrays by as many threads; and, to
 * tell what copies of the kernel class are worth, the phase's own copy and the one class that all phases would share. Where the JVM is
 * spoiled, other programs have run in it before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class PullBenchmark {
    private static final double DAMPING = 0.85;
    private static final int CHECKED_SUPERSTEPS = 4;

    /** Scale of the R-MAT graph, taken as undirected. */
    @Param("20")
    public int scale;

    /** Whether other programs run in the JVM first. */
    @Param({"true", "false"})
    public boolean spoiled;

    /** Compute threads; 0: all cores. */
    @Param("0")
    public int threads;

    private SteppedJob job;
    private LocalGraph graph;
    private Crew crew;
    private double[] heard;
    private double[] said;
    private KernelSteps sharedSteps;
    private KernelSteps copiedSteps;

    /** Counts arcs, so that JMH prints the time of one. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Carried {
        /** Arcs over which a message was heard. */
        public long arcs;
    }

    /** Spoils the JVM, loads the graph, and checks that all four ways come to the same ranks. */
    @Setup
    public void load() throws IOException {
        int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        crew = new Crew("benchmark", count);
        if (spoiled) {
            OtherPrograms.run();
            spoilShared();
        }
        job = new SteppedJob(new PageRank(DAMPING, Integer.MAX_VALUE), Graph.edges(RmatFile.ofScale(scale)).undirected(), count);
        graph = KernelSteps.graph(job.worker());
        for (int i = 0; i < CHECKED_SUPERSTEPS; i++) {
            job.superstep();
        }
        double[] expected = KernelSteps.firstColumn(graph);
        sharedSteps = KernelSteps.shared(job, true, crew);
        copiedSteps = KernelSteps.copied(job, true, crew);
        for (KernelSteps steps : List.of(sharedSteps, copiedSteps)) {
            for (int i = 0; i < CHECKED_SUPERSTEPS; i++) {
                steps.superstep();
            }
            check(expected);
        }
        heard = new double[graph.slots];
        said = new double[graph.slots];
        for (Partition partition : graph.partitions) {
            for (int i = 0; i < partition.size; i++) {
                said[partition.slots[i]] = 1.0 / job.vertices() / partition.outDegrees[i];
            }
        }
        for (int i = 1; i < CHECKED_SUPERSTEPS; i++) {
            plainSuperstep();
        }
        check(expected);
    }

    /** The shared kernel class, too, has had other phases, in its loops for lists with weights and without. */
    private void spoilShared() throws IOException {
        for (int round = 0; round < 5; round++) {
            for (Path file : List.of(RmatFile.ofScale(14), RmatFile.weightedOfScale(14))) {
                for (DoubleProgram program : List.of(new OtherPrograms.Diffusion(1 << 20), new OtherPrograms.WidestPath(1 << 20))) {
                    try (var other = new SteppedJob(program, Graph.edges(file).undirected(), crew.threads())) {
                        KernelSteps steps = KernelSteps.shared(other, true, crew);
                        for (int i = 0; i < 20; i++) {
                            steps.superstep();
                        }
                    }
                }
            }
        }
    }

    private void check(double[] expected) {
        double[] ranks = KernelSteps.firstColumn(graph);
        if (!Arrays.equals(ranks, expected)) {
            int at = Arrays.mismatch(ranks, expected);
            throw new AssertionError("vertex number " + at + " should have rank " + expected[at] + ", was " + ranks[at]);
        }
        // The next way has to write them again.
        for (Partition partition : graph.partitions) {
            Arrays.fill(partition.columns.doubles[0], -1);
        }
    }

    /** The worker's superstep. */
    @Benchmark
    public long worker(Carried carried) {
        carried.arcs += job.edges();
        return job.superstep().computed();
    }

    /** The loop that one would write by hand. */
    @Benchmark
    public double[] plainLoop(Carried carried) {
        carried.arcs += job.edges();
        plainSuperstep();
        return said;
    }

    /** The kernel class made for this phase. */
    @Benchmark
    public void copiedKernel(Carried carried) {
        carried.arcs += job.edges();
        copiedSteps.superstep();
    }

    /** The kernel class that other phases have used too. */
    @Benchmark
    public void sharedKernel(Carried carried) {
        carried.arcs += job.edges();
        sharedSteps.superstep();
    }

    private void plainSuperstep() {
        double[] spoken = said;
        said = heard;
        heard = spoken;
        double n = job.vertices();
        crew.run(graph.partitions.length, (place, thread) -> plain(graph.partitions[place], n, heard, said));
    }

    /** An undirected graph has no sinks. */
    private static void plain(Partition partition, double n, double[] heard, double[] said) {
        Adjacency lists = partition.hearing(Direction.OUT);
        int[] offsets = lists.offsets;
        int[] speakers = lists.slots;
        double[] ranks = partition.columns.doubles[0];
        int[] degrees = partition.outDegrees;
        int[] slots = partition.slots;
        for (int i = 0; i < ranks.length; i++) {
            double sum = -0.0;
            for (int entry = offsets[i], end = offsets[i + 1]; entry < end; entry++) {
                sum += heard[speakers[entry]];
            }
            double mine = (1 - DAMPING) / n + DAMPING * sum;
            ranks[i] = mine;
            said[slots[i]] = mine / degrees[i];
        }
    }

    /** Ends the compute threads. */
    @TearDown
    public void close() throws IOException {
        job.close();
        crew.close();
    }
}
