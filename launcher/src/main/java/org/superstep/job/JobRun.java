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
 * The master's side of a job, over all its attempts: does what the coordinator wants done, and keeps the figures. One thread uses it, but
 * for what is read, which any thread may tell.
 *
 * <p>{@link #begin} begins an attempt with workers that hold nothing. It ends with the job, or when {@link #lost} has told that a worker
 * was lost, or {@link #wantsOtherWorkers} says that it is over; then the next one may begin. What workers of an attempt that is over say
 * is not to be told here.
 */
public final class JobRun {
    private final Job job;
    private final Consumer<String> traces;
    private final JobObserver observer;
    private final History history;
    private final AtomicLong openedBytes = new AtomicLong();

    // The attempt's.
    private volatile OutputFiles files;
    private List<Capacity> capacities = List.of();
    private Consumer<ToWorker> workers;
    private Coordinator coordinator;

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
     * A job that has not begun.
     *
     * @param traces hears what traced vertices do, in place of the options' listener
     */
    public JobRun(Job job, Consumer<String> traces) {
        this.job = job;
        this.traces = traces;
        observer = job.options().observer();
        job.program().declarations().beginJob();
        history = new History(job.program().declarations());
    }

    /**
     * Begins the first attempt, for which it claims the outputs, or the next one; throws what {@link #on} throws.
     *
     * @param output where the attempt writes
     * @param each what each worker can take on, by worker
     * @param announced takes each command to every worker
     */
    public void begin(OutputFiles output, List<Capacity> each, Consumer<ToWorker> announced) {
        end();
        files = output;
        capacities = List.copyOf(each);
        workers = announced;
        openedBytes.set(0);
        files.claim();
        coordinator = new Coordinator(job.plan(files, capacities));
        obey(coordinator.start(System.nanoTime()));
    }

    /** Lets go of the attempt's coordinator, if there is one. */
    private void end() {
        if (coordinator != null) {
            coordinator.closeShared();
            coordinator = null;
        }
    }

    /**
     * Takes what a worker reports.
     *
     * @throws InputException if the job has failed for what its input holds
     * @throws JobException if it has failed for another reason
     */
    public void on(ToMaster event) {
        if (coordinator != null) {
            obey(coordinator.on(event, System.nanoTime()));
        }
    }

    /**
     * A worker was lost, and the attempt is over: tells the user what happens next.
     *
     * @param reason who was lost and why, in a line without a full stop
     */
    public void lost(String reason) {
        end();
        observer.notice(reason + "; beginning anew from the input");
    }

    /**
     * Why the attempt is over though no worker was lost, in a few words: the next one is to begin, with workers that hold nothing. Empty
     * where it is not.
     */
    public Optional<String> wantsOtherWorkers() {
        return Optional.empty();
    }

    /** Asks for other workers at the next barrier, by way of a checkpoint, for this reason. */
    public void regroup(String reason) {
        throw new IllegalStateException("the job is not saved, so that its partitions cannot move");
    }

    /** Asks for the job's end at the next barrier, by way of a checkpoint from which it can go on. */
    public void suspend() {
        throw new IllegalStateException("the job is not saved, so that it cannot be suspended");
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
        end();
        sweep();
    }

    /** Throws away what workers have written of the job since it was closed: on other machines they end after it. Any thread may call. */
    public void sweep() {
        OutputFiles last = files;
        if (last != null) {
            last.clear(isOver);
        }
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
