package org.superstep.job;

import java.util.List;
import java.util.Optional;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.master.Capacity;
import org.superstep.master.JobPlan;
import org.superstep.worker.Disturbance;
import org.superstep.worker.LoadPlan;
import org.superstep.worker.TracePlan;
import org.superstep.worker.WorkerJob;

/**
 * A job as it is asked for; what the master and the workers have to know of it is made here, wherever they are.
 *
 * @param program with its parameters fixed; the instance is this job's alone
 * @param graph what it runs on
 * @param options how it runs
 * @param summaryRows how many rows the table of the program's summary has that the workers make parts of; 0: none is made
 */
public record Job(Program program, Graph graph, JobOptions options, int summaryRows) {
    /**
     * Fixes the program's parameters.
     *
     * @throws IllegalStateException if the program instance has been run before
     */
    public Job {
        program.declarations().requireComplete();
        program.declarations().parameters().forEach(Parameter::freeze);
    }

    /** A job without a table. */
    public Job(Program program, Graph graph, JobOptions options) {
        this(program, graph, options, 0);
    }

    /** The ids of the vertices that tell what they do, ascending. */
    private long[] traced() {
        return options.trace().stream().flatMapToLong(trace -> trace.vertices().stream().mapToLong(id -> id)).sorted().distinct()
            .toArray();
    }

    /** What the coordinator has to know, of workers that can take on so much. */
    JobPlan plan(OutputFiles files, List<Capacity> capacities) {
        // A graph that has changed may have other rows than those that were counted when it was loaded.
        boolean writes = !files.isEmpty() || summaryRows > 0 || program.changesGraph();
        return new JobPlan(program, graph.isUndirected(), capacities, options.partitions(), options.delivery(),
            options.maxSupersteps(), writes, options.partialOutput(), Optional.empty(), traced());
    }

    /** What a worker has to know for an attempt that writes these files, of whose heap so many bytes are the job's. */
    public WorkerJob part(int worker, OutputFiles files, long heapBytes, WorkerJob.ReadListener listener) {
        Optional<TracePlan> tracing = options.trace().map(trace -> new TracePlan(traced(), trace.firstSuperstep(), trace.lastSuperstep()));
        return new WorkerJob(program, graph.source(), graph.vertices(),
            LoadPlan.of(program, graph.isUndirected(), graph.isDeduped(), graph.isWithoutSelfLoops()), options.seed(),
            files.rowsPart(worker), options.format(), files.recordParts(worker), summaryRows, heapBytes, options.checksCodecs(),
            tracing, options.checkpoints().map(checkpoints -> new CheckpointFolder(checkpoints.folder())), Disturbance.NONE, listener);
    }
}
