package org.superstep.simulation;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.DamagedException;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.Program;
import org.superstep.master.Capacity;
import org.superstep.master.CheckpointPlan;
import org.superstep.master.Chronicle;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.master.Coordinator;
import org.superstep.master.JobPlan;
import org.superstep.master.MasterCommand;
import org.superstep.net.Fault;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;
import org.superstep.net.ToWorker;

/**
 * The master's side of one job: a real coordinator for each attempt, which takes some time for each thing that it hears, one after the
 * other. Checkpoints are committed beside it.
 */
final class SimulatedRun {
    private static final int KEPT_CHECKPOINTS = 2;

    private final SimulatedMaster master;
    private final SimulatedCluster world;
    private final long job;
    private final SimulatedJob what;
    private final Program program;
    private final History history;
    private final CheckpointFolder folder;
    /** What the attempts have announced, where only lost partitions compute again. */
    private final Optional<Chronicle> chronicle;
    private final Set<String> damaged = new HashSet<>();
    private long leader;
    private ClusterCommand.BeginJob begin;
    /** The attempt's; null: the last one is over, and the next has not begun. */
    private Coordinator coordinator;
    /** The checkpoint that it goes on from; empty: none. */
    private Optional<Manifest> origin = Optional.empty();
    /** The superstep before which the job was last saved, as far as is known; -1: it was not. */
    private int savedBefore = -1;
    /** Whether the next attempt can go on with what workers keep. */
    private boolean isKept;
    /** Of the attempt, while lost partitions compute again; else null. */
    private MasterCommand.Confined confined;
    /** Whether the user has been told why all partitions go back. */
    private boolean hasFallenBack;
    /** What is being committed; null: nothing. */
    private MasterCommand.Commit commit;
    private long busyUntil;
    private Fault broken;
    private boolean isOver;

    SimulatedRun(SimulatedMaster master, ClusterCommand.BeginJob begin) {
        this.master = master;
        job = begin.job();
        world = master.world;
        what = SimulatedJob.of(begin.spec());
        program = what.tiny().program();
        history = world.history(begin.spec());
        folder = world.folder(begin.spec());
        chronicle = what.log().map(log -> new Chronicle());
        begin(begin);
    }

    /** Begins an attempt. */
    void begin(ClusterCommand.BeginJob next) {
        if (coordinator != null) {
            throw new AssertionError("attempt " + next.attempt() + " begins while " + begin.attempt() + " goes on");
        }
        begin = next;
        history.begins(this);
        finishCommit();
        int workers = next.workers().size();
        Optional<CheckpointPlan> checkpoints = Optional.empty();
        if (what.isSaved()) {
            lead();
            checkpoints = Optional.of(new CheckpointPlan("simulated", identity(), leader, next.ordinal(), what.every(),
                2 * Timeline.SECOND, what.isAwaited(), 0));
        }
        var plan = new JobPlan(program, what.tiny().graph().isUndirected(), Capacity.equal(workers, workers, Long.MAX_VALUE),
            what.partitions(), what.delivery(), 1000, true, false, checkpoints, new long[0]);
        origin = what.isSaved() ? latest() : Optional.empty();
        savedBefore = origin.map(Manifest::superstep).orElse(-1);
        chronicle.filter(told -> !isKept || !told.reaches(savedBefore)).ifPresent(Chronicle::forget);
        isKept = false;
        coordinator = new Coordinator(plan, origin, chronicle);
        confined = null;
        next(() -> obey(coordinator.start(world.timeline.nanos())));
    }

    private JobIdentity identity() {
        return new JobIdentity(what.token(), program.name(), List.of(), List.of(), 0);
    }

    private void lead() {
        try {
            leader = leader == 0 ? folder.lead() : leader;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The latest checkpoint that can be read, as far as is known. */
    private Optional<Manifest> latest() {
        try {
            for (String name : folder.manifests()) {
                if (!damaged.contains(name)) {
                    Optional<Manifest> manifest = readable(name);
                    if (manifest.isPresent()) {
                        return manifest;
                    }
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<Manifest> readable(String name) throws IOException {
        try {
            Manifest manifest = folder.read(name);
            if (!manifest.job().equals(identity())) {
                throw new AssertionError(name + " is another job's: " + manifest.job());
            }
            if (!world.plan.damagesFiles()) {
                folder.verify(manifest, true);
            }
            return Optional.of(manifest);
        } catch (DamagedException e) {
            if (!world.plan.damagesFiles() && !world.plan.masterDies) {
                throw new AssertionError("nobody has damaged it: " + e.getMessage(), e);
            }
            return Optional.empty();
        }
    }

    long job() {
        return job;
    }

    long attempt() {
        return begin.attempt();
    }

    /** Whether an attempt is heard. */
    boolean isLive() {
        return coordinator != null && !isOver;
    }

    boolean isAlive() {
        return isLive() && master.isAlive();
    }

    boolean isOver() {
        return isOver;
    }

    List<ClusterCommand.Worker> workers() {
        return begin.workers();
    }

    void hears(ToMaster message) {
        next(() -> {
            history.hears(this);
            master.laws.reports(attempt(), message);
            obey(coordinator.on(message, world.timeline.nanos()));
        });
    }

    /** A worker was lost: nothing of the attempt is heard any more. */
    void pause(ClusterCommand.Pause pause) {
        if (pause.attempt() == attempt() && !isOver) {
            endAttempt();
            finishCommit();
            isKept = chronicle.isPresent() && workers().size() > 1 && chronicle.get().reaches(savedBefore);
            String why = chronicle.filter(told -> !isKept).map(told -> told.hindrance(savedBefore)).orElse("");
            if (!why.isEmpty()) {
                goesBack(why);
            }
        }
    }

    private void endAttempt() {
        if (coordinator != null) {
            coordinator.closeShared();
            coordinator = null;
            history.isOver(this, confined != null);
        }
    }

    void regroup(String reason) {
        next(() -> coordinator.regroup(reason));
    }

    void suspend() {
        next(() -> coordinator.suspend());
    }

    void breakOff(ClusterCommand.BreakOff off) {
        broken = off.fault();
        next(() -> { });
    }

    /** Does this when all before it is done; a run that is broken off, or over, does nothing any more, nor does an attempt that is over. */
    private void next(Runnable step) {
        busyUntil = Math.max(busyUntil, world.timeline.nanos()) + world.random.nextLong(100_000);
        Coordinator current = coordinator;
        world.timeline.at(busyUntil, () -> {
            if (isOver || !master.isAlive() || world.strikesMaster()) {
                return;
            }
            if (broken != null) {
                over(new ToClient.Failed(job(), broken));
            } else if (current != null && current == coordinator) {
                step.run();
            }
        });
    }

    private void over(ToClient end) {
        finishCommit();
        endAttempt();
        isOver = true;
        if (what.isSaved() && end instanceof ToClient.Done) {
            try {
                folder.delete(leader);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        // Its end is on its way to the cluster's state machine.
        if (world.plan.strikesAtEnd(world.timeline.nanos())) {
            world.killOne();
        }
        master.later(world.random.nextLong(3 * Timeline.MILLISECOND), () -> master.over(new ClusterEvent.JobOver(job(), end)));
    }

    private void obey(List<MasterCommand> commands) {
        for (MasterCommand command : commands) {
            obey(command);
        }
    }

    private void obey(MasterCommand command) {
        if (command instanceof MasterCommand.Announce announce) {
            announce(announce.command());
        } else if (command instanceof MasterCommand.GraphLoaded loaded) {
            history.loaded(this);
            master.laws.loaded(attempt(), what, loaded);
            master.told(job(), new ToClient.Loaded(job(), loaded.vertices(), loaded.edges()));
        } else if (command instanceof MasterCommand.GraphRestored restored) {
            history.restored(this, restored.superstep());
            master.told(job(), new ToClient.Loaded(job(), restored.vertices(), restored.edges()));
        } else if (command instanceof MasterCommand.SuperstepEnded ended) {
            history.computed(this, ended);
            master.told(job(), new ToClient.SuperstepEnded(job(), ended.superstep().superstep(), "", ended.superstep().delivery(),
                ended.computed(), ended.awake(), ended.messages(), 1, Map.of()));
        } else if (command instanceof MasterCommand.Commit wanted) {
            commit = wanted;
            Coordinator current = coordinator;
            master.later(world.plan.commit(), () -> commit(wanted, current));
        } else if (command instanceof MasterCommand.Notice notice) {
            master.note(notice);
            master.told(job(), new ToClient.Notice(job(), notice.line()));
        } else if (command instanceof MasterCommand.Confined some) {
            master.note(some);
            confined = some;
            history.confined(this, some);
            master.laws.confined(attempt(), some, origin.orElseThrow(), history.wasRecovering());
        } else if (command instanceof MasterCommand.Recovered recovered) {
            master.note(recovered);
            confined = null;
            history.recovered(this, recovered, origin.orElseThrow().superstep());
            master.laws.recovered(attempt(), recovered);
        } else if (command instanceof MasterCommand.AllGoBack all) {
            master.note(all);
            goesBack(all.reason());
        } else if (command instanceof MasterCommand.NotConfined not) {
            master.note(not);
            chronicle.orElseThrow().forget();
            goesBack(not.reason());
            leave(not.reason());
        } else if (command instanceof MasterCommand.Damaged found) {
            master.note(found);
            if (!world.plan.damagesFiles()) {
                throw new AssertionError("nobody has damaged a checkpoint: " + found.reason());
            }
            damaged.add(origin.orElseThrow().name());
            leave(found.reason());
        } else if (command instanceof MasterCommand.Regroup regroup) {
            history.moves();
            leave(regroup.reason());
        } else if (command instanceof MasterCommand.Suspended suspended) {
            history.isSuspended();
            over(new ToClient.Failed(job(), new Fault(Fault.Kind.SUSPENDED, "before superstep " + suspended.superstep())));
        } else if (command instanceof MasterCommand.Finish finish) {
            master.laws.finishes(attempt(), what, program, begin.workers().size(), history.supersteps(), finish.droppedMessages());
            over(new ToClient.Done(job(), "", "", new byte[0], ""));
        } else if (command instanceof MasterCommand.Abort abort) {
            over(new ToClient.Failed(job(), abort.fault()));
        }
    }

    /** All partitions are to go back, though others than those that were lost may have been kept. */
    private void goesBack(String why) {
        hasFallenBack = history.fallsBack(why);
    }

    /** The attempt is over, and nobody was lost. */
    private void leave(String reason) {
        endAttempt();
        master.on(new ClusterEvent.Regroup(job(), attempt(), reason));
    }

    private void announce(ToWorker command) {
        master.note(command);
        int restored = command instanceof ToWorker.Restore ? confined == null ? origin.orElseThrow().superstep() : confined.from() : -1;
        if (command instanceof ToWorker.Restore && confined == null) {
            // A checkpoint that is damaged is a reason too.
            if (!hasFallenBack && !world.plan.damagesFiles()) {
                master.laws.isNoFallBack(attempt(), restored, history.announced());
            }
            hasFallenBack = false;
        }
        if (command instanceof ToWorker.RunSuperstep superstep) {
            history.announces(superstep.superstep(), confined != null);
            if (world.plan.strikesInSuperstep(world.timeline.nanos(), chronicle.isPresent())) {
                world.timeline.after(world.random.nextLong(10 * Timeline.MILLISECOND), world::crashOne);
            }
        }
        master.laws.announces(attempt(), begin.workers().size(), command, restored);
        begin.workers().forEach(worker -> master.tell(worker, new ToMember.Tell(attempt(), command)));
    }

    // Checkpoints.

    private void commit(MasterCommand.Commit wanted, Coordinator of) {
        if (commit != wanted) {
            return;
        }
        commit = null;
        Optional<String> fault = committed(wanted);
        if (of == coordinator && !isOver) {
            next(() -> obey(fault.isEmpty() ? of.committed(world.timeline.nanos())
                : of.notCommitted(fault.get(), world.timeline.nanos())));
        }
    }

    /** An attempt that is over may have left a commit that is under way: what comes next is decided when that is through. */
    private void finishCommit() {
        if (commit != null) {
            MasterCommand.Commit wanted = commit;
            commit = null;
            committed(wanted);
        }
    }

    private Optional<String> committed(MasterCommand.Commit wanted) {
        try {
            if (!world.plan.damagesFiles()) {
                // Of the names that a manifest tells, all data must be there before it is.
                folder.verify(wanted.manifest(), true);
            }
            String name = folder.commit(wanted.manifest());
            master.note("committed " + name);
            history.committed(wanted.manifest());
            savedBefore = wanted.manifest().superstep();
            damaged.remove(name);
            folder.prune(leader, KEPT_CHECKPOINTS, "");
        } catch (DamagedException e) {
            throw new AssertionError("committed without its data: " + e.getMessage(), e);
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
        master.later(0, () -> master.on(new ClusterEvent.Advanced(job(), wanted.manifest().superstep())));
        return Optional.empty();
    }

    /** The master's process is killed: what it was committing is there, or in part, or not at all. */
    void dies() {
        if (commit == null || isOver) {
            return;
        }
        try {
            switch (world.random.nextInt(3)) {
                case 0 -> world.files.tear(what.token(), folder.commit(commit.manifest()), world.random);
                case 1 -> {
                    folder.commit(commit.manifest());
                    history.committed(commit.manifest());
                }
                default -> {
                    // It had not begun.
                }
            }
        } catch (IOException e) {
            // The disk is full: nothing is there.
            return;
        }
    }
}
