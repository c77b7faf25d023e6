package org.superstep.benchmarks;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.superstep.Graph;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.master.Coordinator;
import org.superstep.master.JobPlan;
import org.superstep.master.MasterCommand;
import org.superstep.net.Delivery;
import org.superstep.net.InProcessTransport;
import org.superstep.worker.LoadPlan;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * A job of one worker that its caller takes through the supersteps one by one: the coordinator's commands go to the worker over an
 * in-process transport, as in a run of the facade, and nothing is left out but the figures for observers.
 */
public final class SteppedJob implements AutoCloseable {
    private final Program program;
    private final InProcessTransport transport = new InProcessTransport(1);
    private final Coordinator coordinator;
    private final Worker worker;
    private final Queue<MasterCommand> commands = new ArrayDeque<>();
    private long vertices;
    private long edges;

    /** Loads the graph; the next step is superstep 0. */
    public SteppedJob(Program program, Graph graph, int threads) {
        this.program = program;
        program.declarations().parameters().forEach(Parameter::freeze);
        coordinator = new Coordinator(new JobPlan(program, graph.isUndirected(), 1, threads, 0, Delivery.AUTO, 0, false));
        var plan = LoadPlan.of(program, graph.isUndirected(), graph.isDeduped(), graph.isWithoutSelfLoops());
        worker = new Worker(0, 1, threads, new WorkerJob(program, graph.source(), graph.vertices(), plan, 1, Optional.empty(),
            Optional.empty(), Long.MAX_VALUE, false, new Unheard()), transport);
        commands.addAll(coordinator.start(0));
        while (edges == 0) {
            if (obey(commands.remove()) instanceof MasterCommand.GraphLoaded loaded) {
                vertices = loaded.vertices();
                edges = loaded.edges();
            }
        }
    }

    /** Runs the next superstep and returns what the coordinator tells of it. */
    public MasterCommand.SuperstepEnded superstep() {
        while (true) {
            if (obey(commands.remove()) instanceof MasterCommand.SuperstepEnded ended) {
                return ended;
            }
        }
    }

    private MasterCommand obey(MasterCommand command) {
        if (command instanceof MasterCommand.Announce announce) {
            worker.on(announce.command());
            commands.addAll(coordinator.on(transport.pollForMaster(), 0));
        } else if (command instanceof MasterCommand.Abort abort) {
            throw new IllegalStateException(abort.fault().message(), abort.fault().cause());
        } else if (command instanceof MasterCommand.Finish) {
            throw new IllegalStateException(program.name() + " has ended; a benchmark steps a program that goes on for ever");
        }
        return command;
    }

    /** What runs. */
    public Program program() {
        return program;
    }

    /** Who runs it. */
    public Worker worker() {
        return worker;
    }

    /** Vertices of the graph. */
    public long vertices() {
        return vertices;
    }

    /** Edges of the graph, an undirected one counted twice. */
    public long edges() {
        return edges;
    }

    @Override public void close() throws java.io.IOException {
        worker.close();
    }

    private static final class Unheard implements WorkerJob.ReadListener {
        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    }
}
