package org.superstep.worker;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
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
import org.superstep.benchmarks.OtherPrograms;
import org.superstep.benchmarks.RmatFile;
import org.superstep.benchmarks.SteppedJob;
import org.superstep.graph.Direction;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleProgram;

/**
 * The delivery of what some vertices have said, up to the inboxes: nanoseconds in all, and ({@code :messages}) for each message. Pushed
 * through bins by all threads, pushed by one thread without bins, and pulled; where pull and push cross is where the coordinator should
 * change between them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PushBenchmark {
    /** Scale of the R-MAT graph, taken as undirected. */
    @Param("18")
    public int scale;

    /** One vertex in so many has spoken. */
    @Param({"6", "12", "24", "96"})
    public int oneIn;

    /** How messages are folded. */
    @Param({"MAX", "SUM"})
    public String combiner;

    /** Compute threads; 0: all cores. */
    @Param("0")
    public int threads;

    private SteppedJob job;
    private LocalGraph graph;
    private Crew crew;
    private Kernel kernel;
    private DoubleBoard board;
    private Lane[] lanes;
    private long messages;

    /** Counts messages, so that JMH prints the time of one. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Carried {
        /** Messages that were delivered. */
        public long messages;
    }

    /** Lets some vertices speak, and checks that the ways of delivery fill the inboxes alike. */
    @Setup
    public void load() {
        OtherPrograms.run();
        int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        crew = new Crew("benchmark", count);
        DoubleProgram program = combiner.equals("SUM") ? new OtherPrograms.Diffusion() : new OtherPrograms.WidestPath();
        job = new SteppedJob(program, Graph.edges(RmatFile.ofScale(scale)).undirected(), count);
        graph = KernelSteps.graph(job.worker());
        board = new DoubleBoard(graph);
        Direction structure = LoadPlan.structureOf(program, true);
        kernel = KernelCopies.kernel(graph, (DoublePhase) program, structure, board);
        lanes = new Lane[count];
        Arrays.setAll(lanes, i -> new Lane(program, 1));
        speak(structure);
        bins();
        double[][] pushed = takeInboxes();
        serial();
        check("pushed by one thread", pushed, takeInboxes());
        pulls();
        check("pulled", pushed, takeInboxes());
    }

    private void speak(Direction structure) {
        var random = new SplittableRandom(1);
        for (Partition partition : graph.partitions) {
            for (int i = 0; i < partition.size; i++) {
                if (random.nextInt(oneIn) == 0) {
                    partition.speakers.spoke[i >>> 6] |= 1L << i;
                    partition.speakers.count++;
                    board.heard[partition.slots[i]] = random.nextDouble();
                    messages += partition.fanOutDegree(structure, i);
                }
            }
        }
    }

    /** Copies of the inboxes, NaN where there is nothing; the inboxes are emptied. */
    private double[][] takeInboxes() {
        var copies = new double[graph.partitions.length][];
        for (int place = 0; place < copies.length; place++) {
            copies[place] = board.inbox(place).clone();
            for (int i = 0; i < copies[place].length; i++) {
                if ((graph.partitions[place].received[i >>> 6] >>> i & 1) == 0) {
                    copies[place][i] = Double.NaN;
                }
            }
        }
        forget();
        return copies;
    }

    private void forget() {
        for (Partition partition : graph.partitions) {
            Arrays.fill(partition.received, 0);
            partition.hasMail = false;
        }
    }

    private static void check(String way, double[][] expected, double[][] inboxes) {
        if (!Arrays.deepEquals(expected, inboxes)) {
            throw new AssertionError("messages " + way + " differ from those pushed through bins");
        }
    }

    private void bins() {
        crew.run(graph.speakers.size(), (group, thread) -> kernel.spread(group, null, lanes[thread]));
        crew.run(graph.partitions.length, (place, thread) -> kernel.fold(place));
    }

    private void serial() {
        kernel.pushSerially(null, lanes[0]);
    }

    private void pulls() {
        kernel.findNeutrality(graph.partitions.length, crew);
        var sums = new long[graph.speakers.size()];
        crew.run(sums.length, (group, thread) -> sums[group] = kernel.mark(graph.speakers.get(group)));
        kernel.marked(sums);
        crew.run(graph.partitions.length, (place, thread) -> kernel.pull(place, lanes[thread], Kernel.Speaking.SOME));
    }

    /** Through bins, by all threads. */
    @Benchmark
    public void pushThroughBins(Carried carried) {
        carried.messages += messages;
        bins();
        forget();
    }

    /** Straight into the inboxes, by one thread, as in small supersteps. */
    @Benchmark
    public void pushSerially(Carried carried) {
        carried.messages += messages;
        serial();
        forget();
    }

    /** Pulled by all threads; silent neighbours cost as much as those that have spoken. */
    @Benchmark
    public void pull(Carried carried) {
        carried.messages += messages;
        pulls();
        forget();
    }

    /** Ends the compute threads. */
    @TearDown
    public void close() throws IOException {
        job.close();
        crew.close();
    }
}
