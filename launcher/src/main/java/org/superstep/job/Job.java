package org.superstep.job;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.superstep.Checkpoints;
import org.superstep.Graph;
import org.superstep.Injection;
import org.superstep.JobOptions;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.master.Capacity;
import org.superstep.master.CheckpointPlan;
import org.superstep.master.JobPlan;
import org.superstep.net.JobSpec;
import org.superstep.worker.LoadPlan;
import org.superstep.worker.LogPlan;
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
    private static final int TOKEN_DIGITS = 16;

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
    long[] traced() {
        return options.trace().stream().flatMapToLong(trace -> trace.vertices().stream().mapToLong(id -> id)).sorted().distinct()
            .toArray();
    }

    /**
     * Which job its checkpoints are of. Where nobody has said: that of the same program, with the same parameters and the same seed. What
     * graph it is cannot be told; whoever has another names another folder.
     */
    JobIdentity identity() {
        return options.checkpoints().flatMap(Checkpoints::job).orElseGet(() -> {
            var said = new StringBuilder(program.getClass().getName());
            for (Parameter parameter : program.declarations().parameters()) {
                said.append('\n').append(parameter.name()).append('=').append(parameter.text().orElse(""));
            }
            said.append('\n').append(options.seed());
            MessageDigest digest = JobSpec.Jar.digest();
            digest.update(said.toString().getBytes(StandardCharsets.UTF_8));
            return new JobIdentity(JobSpec.Jar.hash(digest).substring(0, TOKEN_DIGITS), program.name(), List.of(), List.of(),
                options.seed());
        });
    }

    /** What the coordinator has to know of an attempt with workers that can take on so much. */
    JobPlan plan(OutputFiles files, List<Capacity> capacities, Optional<CheckpointPlan> checkpoints) {
        // A graph that has changed may have other rows than those that were counted when it was loaded.
        boolean writes = !files.isEmpty() || summaryRows > 0 || program.changesGraph();
        return new JobPlan(program, graph.isUndirected(), capacities, options.partitions(), options.delivery(),
            options.maxSupersteps(), writes, options.partialOutput(), checkpoints, traced());
    }

    /**
     * What a worker has to know for an attempt that writes these files.
     *
     * @param heapBytes how many bytes of its heap are the job's
     * @param scratch a folder on a local disk for what does not fit there
     * @param harm does to it what the options' injections say
     */
    public WorkerJob part(int worker, OutputFiles files, long heapBytes, Path scratch, Harm harm, WorkerJob.ReadListener listener) {
        Optional<TracePlan> tracing = options.trace().map(trace -> new TracePlan(traced(), trace.firstSuperstep(), trace.lastSuperstep()));
        return new WorkerJob(program, graph.source(), graph.vertices(),
            LoadPlan.of(program, graph.isUndirected(), graph.isDeduped(), graph.isWithoutSelfLoops()), options.seed(),
            files.rowsPart(worker), options.format(), files.recordParts(worker), summaryRows, heapBytes, options.checksCodecs(),
            tracing, options.checkpoints().map(checkpoints -> new CheckpointFolder(checkpoints.folder())),
            options.recoveryLog().map(log -> new LogPlan(scratch, log.memoryBytes(heapBytes), log.limitBytes())),
            Injection.disturbance(options.injections(), worker, files.attempt(), harm), listener);
    }
}
