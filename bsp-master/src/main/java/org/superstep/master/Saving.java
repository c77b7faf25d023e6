package org.superstep.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.SavedPartition;
import org.superstep.checkpoint.Segment;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * How an attempt at a job is saved: when, which checkpoint is under way, and what becomes of it. Never are two under way. One thread uses
 * it.
 *
 * <pre>
 *   state       event                               commands                          next
 *   IDLE        begin                               (the caller announces Checkpoint) WRITING
 *   WRITING     Checkpointed, NotCheckpointed       nothing                           same
 *   WRITING     last of them, all Checkpointed      Commit                            COMMITTING
 *   WRITING     last of them, some NotCheckpointed  Notice, if the first, second,     IDLE
 *                                                   fourth, ... in a row; the next
 *                                                   one is whole
 *   COMMITTING  committed                           nothing                           IDLE
 *   COMMITTING  not committed                       as if some were NotCheckpointed   IDLE
 * </pre>
 *
 * <p>The master's clock does not wait for any of this: these answers come in whichever state the coordinator is.
 */
final class Saving {
    /** Who waits so long for a checkpoint has one that is slow. */
    private static final long SLOW_NANOS = 5_000_000_000L;

    private enum State { IDLE, WRITING, COMMITTING }

    private final CheckpointPlan plan;
    private final int workers;
    private final long[] firsts;
    private final CheckpointPolicy policy;
    private State state = State.IDLE;
    /** What the last checkpoint that counts says of each partition, by number; null: there is none. */
    private List<Manifest.Entry> entries;
    /** The superstep before which the job was last saved for good; -1: it was not. */
    private int committed;
    /** Whether the next one holds all, because what workers take to be saved is not. */
    private boolean isWhole;
    private boolean isSlownessTold;
    /** How many in a row could not be written. */
    private int failures;

    // The one that is under way.
    private int superstep = -1;
    private long begunNanos;
    private MasterState master;
    private Manifest manifest;
    private final SavedPartition[] saved;
    private int answers;
    private Optional<String> fault = Optional.empty();
    private long copyNanos;
    private long writeNanos;
    private long bytes;
    private long stateBytes;

    /** Of an attempt that goes on from this checkpoint, or from the input. */
    Saving(CheckpointPlan plan, int workers, long[] firsts, Optional<Manifest> from, long nanos) {
        this.plan = plan;
        this.workers = workers;
        this.firsts = firsts;
        saved = new SavedPartition[firsts.length + 1];
        committed = from.map(Manifest::superstep).orElse(-1);
        entries = from.map(Manifest::partitions).orElse(null);
        policy = new CheckpointPolicy(plan.everySupersteps(), plan.failureNanos(), Math.max(0, committed), nanos);
        if (committed == 0) {
            policy.begun(0, nanos);
        }
    }

    /** Whether a checkpoint is to be taken now, before this superstep. */
    boolean isDue(int next, long nanos) {
        return state == State.IDLE && policy.isDue(next, nanos);
    }

    /**
     * What the user should know where one would be taken now if another were not under way, and had not been for long; told once. Of a job
     * that is over in no time nobody asks for more.
     */
    Optional<String> slowness(int next, long nanos) {
        if (state == State.IDLE || isSlownessTold || nanos - begunNanos < SLOW_NANOS || plan.everySupersteps() == 0
            || !policy.isDue(next, nanos)) {
            return Optional.empty();
        }
        isSlownessTold = true;
        return Optional.of("the checkpoint before superstep " + superstep + " has been under way for "
            + (nanos - begunNanos) / 1_000_000_000L + " s, and the next one is due before superstep " + next
            + ": checkpoints are farther apart than was asked for");
    }

    boolean isUnderWay() {
        return state != State.IDLE;
    }

    /** Whether all workers have answered, and nothing but the commit is waited for. */
    boolean isBeingCommitted() {
        return state == State.COMMITTING;
    }

    /** Whether the job is saved as it stands before this superstep. */
    boolean isSaved(int next) {
        return committed == next;
    }

    /** The superstep before which it was last saved for good; -1: it was not. */
    int committedBefore() {
        return committed;
    }

    /** Whether that has been tried. */
    boolean isTried(int next) {
        return superstep == next;
    }

    /** Begins a checkpoint of what the master knows before this superstep: what is to be announced. */
    ToWorker.Checkpoint begin(int next, MasterState state, long nanos) {
        if (isUnderWay()) {
            throw new IllegalStateException("the checkpoint before superstep " + superstep + " is under way");
        }
        policy.begun(next, nanos);
        this.state = State.WRITING;
        superstep = next;
        begunNanos = nanos;
        master = state;
        fault = Optional.empty();
        copyNanos = 0;
        writeNanos = 0;
        bytes = 0;
        stateBytes = 0;
        return new ToWorker.Checkpoint(next, state.spokenPhase(), state.isDelivered(),
            next + "-" + plan.leader() + "-" + plan.attempt(), isWhole || entries == null);
    }

    /** A worker has written its part; says what is to be done. */
    List<MasterCommand> on(ToMaster.Checkpointed part, long nanos) {
        requireUnderWay(part, part.superstep());
        for (SavedPartition partition : part.partitions()) {
            saved[partition.partition()] = partition;
            stateBytes += partition.state().bytes();
            bytes += bytes(partition.topology()) + partition.state().bytes() + bytes(partition.records());
        }
        copyNanos = Math.max(copyNanos, part.copyNanos());
        writeNanos = Math.max(writeNanos, part.writeNanos());
        return answered(nanos);
    }

    /** A worker could not write its part; says what is to be done. */
    List<MasterCommand> on(ToMaster.NotCheckpointed part, long nanos) {
        requireUnderWay(part, part.superstep());
        fault = fault.isPresent() ? fault : Optional.of(part.reason());
        return answered(nanos);
    }

    private void requireUnderWay(ToMaster part, int ofSuperstep) {
        if (state != State.WRITING || ofSuperstep != superstep) {
            throw new IllegalStateException("worker " + part.worker() + " reported " + part + " while the checkpoint before superstep "
                + superstep + " was " + state);
        }
    }

    private static long bytes(Segment segment) {
        return segment == null ? 0 : segment.bytes();
    }

    private List<MasterCommand> answered(long nanos) {
        answers = (answers + 1) % workers;
        if (answers > 0) {
            return List.of();
        }
        if (fault.isPresent()) {
            return notSaved(fault.get());
        }
        state = State.COMMITTING;
        manifest = new Manifest(plan.version(), plan.job(), plan.originMillis() + nanos / 1_000_000, plan.leader(), superstep, firsts,
            master, newEntries());
        return List.of(new MasterCommand.Commit(manifest, bytes, copyNanos, writeNanos));
    }

    /** What was not written again stands where it did. */
    private List<Manifest.Entry> newEntries() {
        var all = new ArrayList<Manifest.Entry>(saved.length);
        for (int p = 0; p < saved.length; p++) {
            SavedPartition part = saved[p];
            Manifest.Entry before = entries == null ? null : entries.get(p);
            var records = new ArrayList<Segment>();
            if (before != null && !isWhole) {
                records.addAll(before.records());
            }
            if (part.records() != null) {
                records.add(part.records());
            }
            all.add(new Manifest.Entry(part.vertices(), part.edges(), part.neededBytes(),
                part.topology() != null ? part.topology() : before.topology(), part.state(), records));
        }
        return all;
    }

    /** The manifest is there. */
    void committed() {
        state = State.IDLE;
        committed = superstep;
        failures = 0;
        entries = manifest.partitions();
        isWhole = false;
        // What is saved once, or of few partitions, says nothing of the next checkpoint.
        policy.cost(copyNanos + (bytes == 0 ? 0 : (long) (writeNanos * ((double) stateBytes / bytes))));
    }

    /** The manifest could not be written; says what is to be done. */
    List<MasterCommand> notSaved(String reason) {
        state = State.IDLE;
        isWhole = true;
        failures++;
        // A disk stays full: whoever saves every few milliseconds would read of nothing else.
        if (Integer.bitCount(failures) > 1) {
            return List.of();
        }
        return List.of(new MasterCommand.Notice("the checkpoint before superstep " + superstep + " could not be written: " + reason
            + "; the job goes on" + (committed < 0 ? " without one" : ", and could go back to that before superstep " + committed)
            + (failures > 2 ? "; that is so for " + failures + " in a row" : "")));
    }
}
