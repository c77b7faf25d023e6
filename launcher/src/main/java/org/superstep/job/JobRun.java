package org.superstep.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobReport;
import org.superstep.graph.io.InputException;
import org.superstep.master.Capacity;
import org.superstep.master.Coordinator;
import org.superstep.master.MasterCommand;
import org.superstep.net.Fault;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * The master's side of a job: does what the coordinator wants done, and keeps the figures. One thread uses it, but for what is read, which
 * any thread may tell.
 */
public final class JobRun {
    private final Job job;
    private final OutputFiles files;
    private final List<Capacity> capacities;
    private final Consumer<ToWorker> workers;
    private final Consumer<String> traces;
    private final JobObserver observer;
    private final Coordinator coordinator;
    private final History history;
    private final AtomicLong openedBytes = new AtomicLong();

    private volatile String input = "";
    private long vertices;
    private long edges;
    private long mirrors;
    private int partitions;
    private long dropped;
    private List<ToMaster.Written> parts = List.of();
    private Map<String, Object> globals = Map.of();
    private Optional<String> cut = Optional.empty();
    private final long startNanos = System.nanoTime();
    private long loadedNanos = startNanos;
    private long computedNanos;
    private long writtenNanos = startNanos;
    private long superstepNanos = startNanos;
    private volatile boolean isOver;

    /**
     * A job that has not begun, whose workers share this process's heap.
     *
     * @param workers takes each command to every worker
     */
    public JobRun(Job job, OutputFiles files, Consumer<ToWorker> workers) {
        this(job, files, Capacity.equal(job.options().workers(), job.options().threads(), Runtime.getRuntime().maxMemory()), workers,
            text -> job.options().trace().orElseThrow().listener().accept(text));
    }

    /**
     * A job that has not begun.
     *
     * @param capacities what each worker can take on, by worker
     * @param workers takes each command to every worker
     * @param traces hears what traced vertices do, in place of the options' listener
     */
    public JobRun(Job job, OutputFiles files, List<Capacity> capacities, Consumer<ToWorker> workers, Consumer<String> traces) {
        this.job = job;
        this.capacities = capacities;
        this.files = files;
        this.workers = workers;
        this.traces = traces;
        observer = job.options().observer();
        job.program().declarations().beginJob();
        history = new History(job.program().declarations());
        coordinator = new Coordinator(job.plan(files, capacities));
    }

    /** Claims the outputs and begins; throws what {@link #on} throws. */
    public void start() {
        files.claim();
        obey(coordinator.start());
    }

    /**
     * Takes what a worker reports.
     *
     * @throws InputException if the job has failed for what its input holds
     * @throws JobException if it has failed for another reason
     */
    public void on(ToMaster event) {
        obey(coordinator.on(event));
    }

    /** A worker has opened its share of the input: what was decided about it, and its size in bytes as stored. */
    public void opened(int worker, String description, long bytes) {
        if (worker == 0) {
            input = description;
        }
        observer.opened(description, openedBytes.addAndGet(bytes));
    }

    /** A worker has read so many more bytes and edges. */
    public void read(long bytes, long moreEdges) {
        observer.read(bytes, moreEdges);
    }

    /** Whether the job has ended well. */
    public boolean isOver() {
        return isOver;
    }

    private void obey(List<MasterCommand> commands) {
        for (int i = 0; i < commands.size(); i++) {
            obey(commands.get(i));
        }
    }

    private void obey(MasterCommand command) {
        if (command instanceof MasterCommand.Announce announce) {
            if (announce.command() instanceof ToWorker.RunSuperstep) {
                superstepNanos = System.nanoTime();
            } else if (announce.command() instanceof ToWorker.Write) {
                computedNanos = System.nanoTime();
                if (!files.isEmpty()) {
                    observer.writing();
                }
            }
            workers.accept(announce.command());
        } else if (command instanceof MasterCommand.SuperstepEnded ended) {
            observer.superstep(history.add(ended, System.nanoTime() - superstepNanos));
        } else if (command instanceof MasterCommand.GraphLoaded loaded) {
            loadedNanos = System.nanoTime();
            vertices = loaded.vertices();
            edges = loaded.edges();
            mirrors = loaded.mirrors();
            partitions = loaded.partitions();
            observer.loaded(vertices, edges);
        } else if (command instanceof MasterCommand.Tell tell) {
            tell.texts().forEach(traces);
        } else if (command instanceof MasterCommand.LimitReached limit) {
            cut = Optional.of(limit.message());
        } else if (command instanceof MasterCommand.CommitOutput commit) {
            parts = commit.parts();
            files.commit(parts);
            writtenNanos = System.nanoTime();
        } else if (command instanceof MasterCommand.Finish finish) {
            if (parts.isEmpty()) {
                computedNanos = System.nanoTime();
            }
            dropped = finish.droppedMessages();
            globals = history.globals(finish.globals());
            isOver = true;
        } else if (command instanceof MasterCommand.Abort abort) {
            throw failure(abort.fault());
        } else {
            throw new AssertionError("a command that nobody knows: " + command);
        }
    }

    /** A fault as an exception. */
    public static RuntimeException failure(Fault fault) {
        if (fault.cause() instanceof InputException input) {
            return input;
        }
        if (fault.kind() == Fault.Kind.INPUT) {
            return new InputException(fault.message());
        }
        return new JobException(fault.message(), fault.details(), fault.cause());
    }

    /** Closes what the program shares, and throws away what the job has left half written; call when no worker runs any more. */
    public void close() {
        coordinator.closeShared();
        sweep();
    }

    /** Throws away what workers have written of the job since it was closed: on other machines they end after it. Any thread may call. */
    public void sweep() {
        files.clear(isOver);
    }

    /** What each worker has told of what it has written, of a job that is over; empty where there was nothing to write or to tell. */
    public List<ToMaster.Written> parts() {
        return parts;
    }

    /** The figures of a job that is over. */
    public JobReport report() {
        int threads = capacities.stream().mapToInt(Capacity::threads).sum();
        return new JobReport(job.program().name(), input, vertices, edges, mirrors, partitions, threads, capacities.size(),
            loadedNanos - startNanos, computedNanos - loadedNanos, files.isEmpty() ? 0 : writtenNanos - computedNanos, dropped,
            history.supersteps(), globals, history.workerTotals(), cut);
    }
}
