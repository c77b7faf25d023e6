package org.superstep.job;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.superstep.JobException;
import org.superstep.Trace;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Manifest;
import org.superstep.master.Capacity;
import org.superstep.master.Coordinator;
import org.superstep.master.MasterCommand;
import org.superstep.net.InProcessTransport;
import org.superstep.net.ToWorker;
import org.superstep.worker.Disturbance;
import org.superstep.worker.LoadPlan;
import org.superstep.worker.Rows;
import org.superstep.worker.TracePlan;
import org.superstep.worker.Witness;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * Some supersteps of a job once more, from one of its checkpoints, to look at vertices that are traced. The folder is only read, so that
 * the job may run meanwhile: nobody leads it here, and nothing is saved or written. One worker has all partitions and pulls all that is
 * said, so that each message is at hand when a vertex hears it; how the job itself was run does not matter to a bit.
 */
public final class ReplayedJob {
    private final Job job;
    private final CheckpointFolder folder;
    private final Trace trace;
    private final Optional<Witness> witness;

    // Of the run.
    private Worker worker;
    private int running;
    private Ended ended;

    /**
     * What has come of it.
     *
     * @param last the last superstep that was run
     * @param isOver whether the job has ended with it, and not only the trace
     * @param fault what the job has failed of in it; empty where it has not
     * @param rows what vertices hold behind it; empty where it has failed
     */
    public record Ended(int last, boolean isOver, Optional<RuntimeException> fault, Optional<Rows> rows) {
    }

    /** Hears of no input, for the graph stands in the checkpoint. */
    private static final class NothingRead implements WorkerJob.ReadListener {
        @Override public void opened(String description, long bytes) {
            throw new AssertionError("the input of a job that is replayed was opened: " + description);
        }

        @Override public void advanced(long bytes, long edges) {
            throw new AssertionError("the input of a job that is replayed was read");
        }
    }

    /**
     * Of a job that pulls, with a trace of the vertices and supersteps that are looked at.
     *
     * @param folder where it is saved
     * @param witness looks on, if anybody does
     */
    public ReplayedJob(Job job, CheckpointFolder folder, Optional<Witness> witness) {
        this.job = job;
        this.folder = folder;
        this.witness = witness;
        trace = job.options().trace().orElseThrow();
        job.program().declarations().beginJob();
    }

    /**
     * Runs from this checkpoint to the end of the last superstep that is traced, or to the job's own.
     *
     * @throws IOException if the checkpoint cannot be read, with a message of one line; then another one may be tried
     */
    public Ended run(Manifest from) throws IOException {
        var transport = new InProcessTransport(1);
        var files = new OutputFiles(job.program(), job.options());
        int threads = job.options().threads();
        long heapBytes = Runtime.getRuntime().maxMemory();
        var plan = LoadPlan.of(job.program(), job.graph().isUndirected(), job.graph().isDeduped(), job.graph().isWithoutSelfLoops());
        var tracing = new TracePlan(job.traced(), trace.firstSuperstep(), trace.lastSuperstep(), true, witness);
        var part = new WorkerJob(job.program(), job.graph().source(), job.graph().vertices(), plan, job.options().seed(), Optional.empty(),
            Optional.empty(), List.of(), 0, heapBytes, job.options().checksCodecs(), Optional.of(tracing), Optional.of(folder),
            Optional.empty(), Disturbance.NONE, new NothingRead());
        var coordinator = new Coordinator(job.plan(files, Capacity.equal(1, threads, heapBytes), Optional.empty()), from);
        worker = new Worker(0, 1, threads, part, transport);
        running = from.superstep() - 1;
        ended = null;
        try {
            obey(coordinator.start(0));
            while (ended == null) {
                obey(coordinator.on(transport.takeForMaster(), 0));
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("the replay was interrupted", e);
        } finally {
            worker.close();
            worker.closeShared();
            coordinator.closeShared();
        }
    }

    private void obey(List<MasterCommand> commands) throws IOException {
        for (int i = 0; i < commands.size() && ended == null; i++) {
            obey(commands.get(i));
        }
    }

    private void obey(MasterCommand command) throws IOException {
        if (command instanceof MasterCommand.Announce announce && !(announce.command() instanceof ToWorker.Write)) {
            running = announce.command() instanceof ToWorker.RunSuperstep run ? run.superstep() : running;
            worker.on(announce.command());
        } else if (command instanceof MasterCommand.Announce || command instanceof MasterCommand.Finish) {
            ended = new Ended(running, true, Optional.empty(), Optional.of(worker.rows()));
        } else if (command instanceof MasterCommand.Tell tell) {
            tell.texts().forEach(trace.listener());
        } else if (command instanceof MasterCommand.SuperstepEnded last && last.superstep().superstep() == trace.lastSuperstep()) {
            ended = new Ended(running, false, Optional.empty(), Optional.of(worker.rows()));
        } else if (command instanceof MasterCommand.Damaged fault) {
            throw new IOException(fault.reason());
        } else if (command instanceof MasterCommand.Abort abort) {
            ended = new Ended(running, true, Optional.of(JobRun.failure(abort.fault())), Optional.empty());
        }
    }
}
