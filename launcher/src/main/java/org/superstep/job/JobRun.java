package org.superstep.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.superstep.Checkpoints;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobReport;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.io.InputException;
import org.superstep.master.Balance;
import org.superstep.master.Capacity;
import org.superstep.master.CheckpointPlan;
import org.superstep.master.Chronicle;
import org.superstep.master.Coordinator;
import org.superstep.master.JobPlan;
import org.superstep.master.MasterCommand;
import org.superstep.net.Fault;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * The master's side of a job, over all its attempts: does what the coordinator wants done. One thread uses it, but for what is read,
 * which any thread may tell.
 *
 * <p>{@link #begin} begins an attempt with workers that hold nothing, or what they have kept of the one before. It ends with the job, or
 * when {@link #lost} has told that a worker was lost, or {@link #wantsOtherWorkers} says that it is over; then the next one may begin. What
 * workers of an attempt that is over say is not to be told here.
 */
public final class JobRun {
    private final Job job;
    private final Consumer<String> traces;
    private final JobObserver observer;
    private final Ledger ledger;
    private final Optional<SavedJob> saved;
    private final Optional<Balance> balance;
    /** What the attempts have announced, where lost partitions compute again by themselves. */
    private final Optional<Chronicle> chronicle;
    private final AtomicLong openedBytes = new AtomicLong();

    // The attempt's.
    private volatile OutputFiles files;
    private Consumer<ToWorker> workers;
    private Coordinator coordinator;
    private Optional<String> wantsOtherWorkers = Optional.empty();
    private Optional<Manifest> origin = Optional.empty();
    private List<String> names = List.of();

    private boolean isBackFromDamage;
    /** Whether workers keep what they have of the attempt that is over. */
    private boolean isKept;
    /** The superstep before which the job was last saved, as far as is known; -1: it was not. */
    private int savedBefore = -1;
    private MasterCommand.Commit committing;
    /** The superstep that runs, and the last one whose traces were told; -1: what comes before superstep 0. */
    private int running = -1;
    private int traced = -2;
    private volatile String input = "";
    private List<ToMaster.Written> parts = List.of();
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
        ledger = new Ledger(job.program());
        saved = job.options().checkpoints().map(how -> new SavedJob(how, job.identity(), observer::notice));
        balance = job.options().isRebalanced() ? Optional.of(new Balance()) : Optional.empty();
        if (balance.isPresent() && saved.isEmpty()) {
            throw new IllegalArgumentException("a job whose partitions move must be saved: say withCheckpoints as well as withRebalancing");
        }
        chronicle = job.options().recoveryLog().map(log -> new Chronicle());
        if (chronicle.isPresent() && saved.isEmpty()) {
            throw new IllegalArgumentException("confined recovery needs a job that is saved: say withCheckpoints as well as"
                + " withConfinedRecovery");
        }
    }

    /**
     * Begins the first attempt, for which it claims the outputs and leads the folder of checkpoints, or the next one; from the latest
     * checkpoint, where there is one. Throws what {@link #on} throws.
     *
     * @param output where the attempt writes
     * @param called what each worker is called, by worker; the same one is called the same in other attempts, whatever its number is there
     * @param each what each worker can take on, by worker
     * @param announced takes each command to every worker
     */
    public void begin(OutputFiles output, List<String> called, List<Capacity> each, Consumer<ToWorker> announced) {
        end();
        wantsOtherWorkers = Optional.empty();
        files = output;
        names = List.copyOf(called);
        ledger.attempt(List.copyOf(each));
        workers = announced;
        openedBytes.set(0);
        running = -1;
        files.claim();
        saved.ifPresent(this::findOrigin);
        chronicle.filter(told -> !isKept || !told.reaches(savedBefore)).ifPresent(Chronicle::forget);
        isKept = false;
        List<Capacity> capacities = balance.map(known -> known.begin(names, each)).orElse(each);
        origin.ifPresent(from -> balance.ifPresent(known -> known.measured(from)));
        JobPlan plan = job.plan(files, capacities, job.options().checkpoints().map(this::checkpointPlan));
        coordinator = new Coordinator(plan, origin, chronicle);
        obey(coordinator.start(System.nanoTime()));
    }

    private void findOrigin(SavedJob folder) {
        boolean isFirst = ledger.attempts() == 1;
        if (isFirst) {
            folder.lead();
        }
        origin = folder.latest();
        int told = savedBefore;
        savedBefore = origin.map(Manifest::superstep).orElse(-1);
        if (isFirst && origin.isPresent()) {
            observer.notice("going on from the checkpoint before superstep " + savedBefore + " in " + folder.folder());
        } else if (isBackFromDamage || folder.hasDamaged() && (isFirst || savedBefore < told)) {
            observer.notice(origin.isPresent() ? "going back to the checkpoint before superstep " + savedBefore
                : "no checkpoint is whole: beginning anew from the input");
        }
        isBackFromDamage = false;
    }

    private CheckpointPlan checkpointPlan(Checkpoints how) {
        return new CheckpointPlan(Version.text(), job.identity(), saved.orElseThrow().leader(), files.attempt(), how.everySupersteps(),
            how.failures().toNanos(), how.isAwaited(), System.currentTimeMillis() - System.nanoTime() / 1_000_000);
    }

    /** Lets go of the attempt, if there is one; what is being committed for it is there or not when this returns. */
    private void end() {
        if (coordinator != null) {
            coordinator.closeShared();
            coordinator = null;
            saved.flatMap(SavedJob::await).ifPresent(this::count);
        }
    }

    /**
     * Takes what a worker reports.
     *
     * @throws InputException if the job has failed for what its input holds
     * @throws SuspendedException if it has been suspended
     * @throws JobException if it has failed for another reason
     */
    public void on(ToMaster event) {
        takeCommits();
        if (coordinator != null) {
            obey(coordinator.on(event, System.nanoTime()));
            takeCommits();
        }
    }

    /** Tells the coordinator what has become of the checkpoint that is being committed; waits for it where the job does. */
    private void takeCommits() {
        while (coordinator != null && saved.isPresent()) {
            Optional<SavedJob.Ended> ended = coordinator.awaitsCommit() ? saved.get().await() : saved.get().ended();
            if (ended.isEmpty()) {
                return;
            }
            count(ended.get());
            long now = System.nanoTime();
            obey(ended.get().fault().map(fault -> coordinator.notCommitted(fault, now)).orElseGet(() -> coordinator.committed(now)));
        }
    }

    private void count(SavedJob.Ended ended) {
        if (ended.fault().isEmpty()) {
            ledger.checkpoint(committing);
            savedBefore = committing.manifest().superstep();
        }
    }

    /**
     * A worker was lost, and the attempt is over: decides whether those that are left keep anything, and tells the user what happens next.
     *
     * @param reason who was lost and why, in a line without a full stop
     */
    public void lost(String reason) {
        end();
        balance.ifPresent(Balance::lost);
        ledger.lost(running);
        isKept = chronicle.isPresent() && names.size() > 1 && chronicle.get().reaches(savedBefore);
        observer.notice(reason + "; " + next());
    }

    private String next() {
        if (isKept) {
            return "those that are left keep what they have computed since the checkpoint before superstep " + savedBefore;
        }
        if (savedBefore < 0) {
            return "beginning anew from the input" + (chronicle.isPresent() ? ", as there is no checkpoint yet" : "");
        }
        String why = chronicle.filter(told -> names.size() > 1).map(told -> told.hindrance(savedBefore)).orElse("");
        return "going back to the checkpoint before superstep " + savedBefore + (why.isEmpty() ? "" : ", with all partitions: " + why);
    }

    /** Whether the next attempt can go on with what workers keep of this one, as {@link #lost} has told. */
    public boolean wantsKept() {
        return isKept;
    }

    /** How many checkpoints there have been so far: who counts losses begins anew with each. */
    public int checkpoints() {
        return ledger.checkpoints();
    }

    /** The superstep before which it was last saved, as far as is known; -1: it was not. */
    public int savedBefore() {
        return savedBefore;
    }

    /**
     * Why the attempt is over though no worker was lost, in a few words: the next one is to begin, with workers that hold nothing. Empty
     * where it is not.
     */
    public Optional<String> wantsOtherWorkers() {
        return wantsOtherWorkers;
    }

    /** Asks for other workers at the next barrier, by way of a checkpoint, for this reason; only of a job that is saved. */
    public void regroup(String reason) {
        if (coordinator != null) {
            coordinator.regroup(reason);
        }
    }

    /**
     * Asks for the job's end at the next barrier, by way of a checkpoint from which it can go on: {@link #on} throws then. Only of a job
     * that is saved; between two attempts it does nothing, and is to be called again.
     */
    public void suspend() {
        if (coordinator != null) {
            coordinator.suspend();
        }
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
            if (announce.command() instanceof ToWorker.RunSuperstep run) {
                running = run.superstep();
                ledger.superstepBegins();
                balance.ifPresent(known -> known.superstepBegins(System.nanoTime()));
            } else if (announce.command() instanceof ToWorker.Load load) {
                balance.ifPresent(known -> known.placed(load.placement().owners()));
            } else if (announce.command() instanceof ToWorker.Restore restore) {
                balance.ifPresent(known -> known.placed(restore.placement().owners()));
            } else if (announce.command() instanceof ToWorker.Write) {
                ledger.computed();
                if (!files.isEmpty()) {
                    observer.writing();
                }
            }
            workers.accept(announce.command());
        } else if (command instanceof MasterCommand.SuperstepEnded ended) {
            observer.superstep(ledger.superstep(ended));
            balance.flatMap(known -> known.superstepEnded(ended.efforts(), System.nanoTime())).ifPresent(coordinator::regroup);
        } else if (command instanceof MasterCommand.GraphLoaded loaded) {
            ledger.loaded(loaded);
            observer.loaded(loaded.vertices(), loaded.edges());
        } else if (command instanceof MasterCommand.GraphRestored restored) {
            if (ledger.restored(restored)) {
                observer.loaded(restored.vertices(), restored.edges());
            }
        } else if (command instanceof MasterCommand.Commit commit) {
            committing = commit;
            saved.orElseThrow().commit(commit.manifest());
            balance.ifPresent(known -> known.measured(commit.manifest()));
        } else if (command instanceof MasterCommand.Notice notice) {
            observer.notice(notice.line());
        } else if (command instanceof MasterCommand.Damaged fault) {
            observer.notice("the checkpoint before superstep " + savedBefore + " cannot be used: " + fault.reason());
            saved.orElseThrow().damaged(origin.orElseThrow());
            isBackFromDamage = true;
            wantsOtherWorkers = Optional.of("a checkpoint is damaged");
        } else if (command instanceof MasterCommand.Confined confined) {
            observer.notice(RecoveryText.of(confined, origin.orElseThrow().master().vertices(), names));
        } else if (command instanceof MasterCommand.Recovered recovered) {
            observer.notice(RecoveryText.of(recovered, ledger.recovered(recovered)));
        } else if (command instanceof MasterCommand.AllGoBack all) {
            observer.notice("all partitions go back to the checkpoint before superstep " + all.superstep() + " all the same: "
                + (all.worker().isPresent() ? names.get(all.worker().getAsInt()) + " " : "") + all.reason());
        } else if (command instanceof MasterCommand.NotConfined fault) {
            observer.notice("all partitions go back to the checkpoint before superstep " + savedBefore + " all the same: "
                + names.get(fault.worker()) + ": " + fault.reason());
            chronicle.orElseThrow().forget();
            wantsOtherWorkers = Optional.of("a log cannot be read");
        } else if (command instanceof MasterCommand.Regroup regroup) {
            observer.notice("partitions move before superstep " + savedBefore + ": " + regroup.reason());
            ledger.moves();
            balance.ifPresent(Balance::moves);
            wantsOtherWorkers = Optional.of(regroup.reason());
        } else if (command instanceof MasterCommand.Suspended suspended) {
            throw new SuspendedException("the job is suspended before superstep " + suspended.superstep() + "; it goes on with: superstep"
                + " resume " + saved.orElseThrow().folder());
        } else if (command instanceof MasterCommand.Tell tell) {
            // What a superstep that is run again does was told when it was run first.
            if (running > traced) {
                traced = running;
                tell.texts().forEach(traces);
            }
        } else if (command instanceof MasterCommand.LimitReached limit) {
            ledger.limitReached(limit);
        } else if (command instanceof MasterCommand.CommitOutput commit) {
            parts = commit.parts();
            files.commit(parts);
            ledger.written();
        } else if (command instanceof MasterCommand.Finish finish) {
            ledger.finished(finish);
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
        if (fault.kind() == Fault.Kind.SUSPENDED) {
            return new SuspendedException(fault.message());
        }
        if (fault.kind() == Fault.Kind.INPUT) {
            return new InputException(fault.message());
        }
        return new JobException(fault.message(), fault.details(), fault.cause());
    }

    /** Closes what the program shares, and throws away what the job has left half written; call when no worker runs any more. */
    public void close() {
        if (coordinator != null) {
            coordinator.closeShared();
            coordinator = null;
        }
        sweep();
    }

    /** Throws away what workers have written of the job since it was closed: on other machines they end after it. Any thread may call. */
    public void sweep() {
        OutputFiles last = files;
        if (last != null) {
            last.clear(isOver);
        }
        saved.ifPresent(folder -> folder.close(isOver));
    }

    /** What each worker has told of what it has written, of a job that is over; empty where there was nothing to write or to tell. */
    public List<ToMaster.Written> parts() {
        return parts;
    }

    /** The figures of a job that is over. */
    public JobReport report() {
        return ledger.report(input, !files.isEmpty());
    }
}
