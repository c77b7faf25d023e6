package org.superstep.worker;

import java.util.Arrays;
import java.util.stream.Stream;
import org.superstep.benchmarks.SteppedJob;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.Program;
import org.superstep.graph.internal.Values;

/**
 * Supersteps of one double phase in which everybody is heard, pulled by a kernel of the benchmark's choice: what the worker does, without
 * the worker, so that kernels made in different ways can be compared on one graph.
 */
final class KernelSteps {
    private final Program program;
    private final LocalGraph graph;
    private final Kernel kernel;
    private final Crew crew;
    private final Lane[] lanes;
    private final FrameWriter[] outboxes;
    /** Null: what is said is not kept. */
    private OutboxLog log;
    private int superstep;

    private KernelSteps(SteppedJob job, Kernel kernel, Crew crew) {
        this.kernel = kernel;
        this.crew = crew;
        graph = graph(job.worker());
        program = job.program();
        lanes = new Lane[crew.threads()];
        outboxes = Stream.generate(() -> new FrameWriter(0)).limit(lanes.length).toArray(FrameWriter[]::new);
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new Lane(program, 1);
            lanes[i].view.vertexCount = job.vertices();
            lanes[i].view.edgeCount = job.edges();
            lanes[i].view.aggregates = Values.ofAggregators(program.declarations());
            lanes[i].view.globals = Values.ofGlobals(program.declarations());
        }
    }

    /** By the kernel class that all such steps share. */
    static KernelSteps shared(SteppedJob job, boolean undirected, Crew crew) {
        LocalGraph graph = graph(job.worker());
        DoublePhase phase = phase(job);
        return new KernelSteps(job, new DoubleKernel(graph, phase, LoadPlan.structureOf(phase, undirected), new DoubleBoard(graph)), crew);
    }

    /** By the phase's own copy of the kernel class, as the worker does it. */
    static KernelSteps copied(SteppedJob job, boolean undirected, Crew crew) {
        LocalGraph graph = graph(job.worker());
        DoublePhase phase = phase(job);
        return new KernelSteps(job,
            KernelCopies.kernel(graph, phase, LoadPlan.structureOf(phase, undirected), new DoubleBoard(graph)), crew);
    }

    private static DoublePhase phase(SteppedJob job) {
        return (DoublePhase) job.program().declarations().phases().get(0);
    }

    /** The same, and what every partition says goes into this log. */
    static KernelSteps logged(SteppedJob job, boolean undirected, Crew crew, OutboxLog log) {
        KernelSteps steps = copied(job, undirected, crew);
        steps.log = log;
        for (Lane lane : steps.lanes) {
            lane.speech = new long[0];
        }
        return steps;
    }

    /** What a worker has loaded. Its field is private, and a benchmark is no reason to open it. */
    static LocalGraph graph(Worker worker) {
        try {
            var field = Worker.class.getDeclaredField("graph");
            field.setAccessible(true);
            return (LocalGraph) field.get(worker);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the worker keeps its graph elsewhere now", e);
        }
    }

    /** The next superstep; in the first nobody has anything to hear. */
    void superstep() {
        for (Lane lane : lanes) {
            lane.view.superstep = superstep;
        }
        kernel.board.swap();
        graph.speakers.forEach(Speakers::clear);
        Kernel.Speaking speaking = superstep == 0 ? Kernel.Speaking.NONE : Kernel.Speaking.ALL;
        crew.run(graph.partitions.length, (place, thread) -> {
            kernel.pullAndCompute(place, lanes[thread], speaking);
            if (log != null) {
                outboxes[thread].clear();
                OutboxFrame.encodeAll(graph.partitions[place], kernel.board, lanes[thread], outboxes[thread]);
                log.keep(superstep, graph.partitions[place].number, outboxes[thread].content());
            }
        });
        superstep++;
    }

    /** What a partition has said in the last superstep, gathered from where it stands. */
    byte[] said(Partition partition) {
        var frame = new FrameWriter(0);
        OutboxFrame.encodeAll(partition, kernel.board, new Lane(program, 1), frame);
        return frame.toArray();
    }

    /** The first double column of all vertices, in id order. */
    static double[] firstColumn(LocalGraph graph) {
        return Arrays.stream(graph.partitions).flatMapToDouble(partition -> Arrays.stream(partition.columns.doubles[0])).toArray();
    }
}
