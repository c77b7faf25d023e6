package org.superstep.worker;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.superstep.net.ToMaster;
import org.superstep.net.Transport;

/**
 * What a worker keeps so that another's loss does not take it back: a log of what its partitions say, what was reported of the superstep
 * that was run last, and, after a loss, what remains of the attempt before until lost partitions have computed as much again. A part of
 * {@link Worker}, whose thread uses it.
 */
final class Keeping implements AutoCloseable {
    private final int worker;
    private final WorkerJob job;
    private final boolean isAlone;
    /** What has been kept of another attempt, until partitions have been made of it; null: nothing. */
    private Remains remains;
    /** Of an attempt in which lost partitions compute again, the last superstep that the others have computed; else -1. */
    private int until = -1;
    /** While lost partitions compute again beside some that this worker has kept; else null. */
    private Replay replay;
    /** Where what partitions say is kept; null: nowhere. */
    private OutboxLog log;
    /** What was reported of the superstep that was run last; null where none has been, or the graph has changed since. */
    private ToMaster.SuperstepDone report;
    /** What its traced vertices did in that superstep; the user may not have heard of it yet, as long as others have not reported. */
    private Optional<ToMaster.Traced> traced = Optional.empty();

    /** For one of so many workers, which owns from now on what has been kept of an attempt before, if anything has. */
    Keeping(int worker, int workers, WorkerJob job, Optional<Remains> remains) {
        this.worker = worker;
        this.job = job;
        isAlone = workers == 1;
        this.remains = remains.orElse(null);
    }

    /** What the master is told of what remains. */
    ToMaster.Kept told() {
        return remains == null ? new ToMaster.Kept(worker, new int[0], 0, 0, 0, "") : remains.told(worker);
    }

    /** A log that begins with this superstep, if the job wants one and there is anybody who could be lost; all else goes. */
    void begin(int superstep) {
        close();
        if (!isAlone && job.log().isPresent()) {
            log = new OutboxLog(job.log().get());
            log.begin(superstep, "");
        }
    }

    /**
     * The attempt goes on from a checkpoint.
     *
     * @param last the last superstep that kept partitions have computed, where those stay; else all go
     * @return what remains, as far as it stays
     */
    Optional<Remains> restored(OptionalInt last) {
        until = last.orElse(-1);
        if (remains != null && remains.superstep != until) {
            close();
        }
        return Optional.ofNullable(remains);
    }

    /**
     * The graph stands, and nothing has computed yet.
     *
     * @param superstep the one before the checkpoint's
     * @param isDelivered whether what was said in it has been delivered
     * @param board where that is to stand otherwise
     */
    void resume(LocalGraph graph, Computation computation, int superstep, boolean isDelivered, Board board, Crew crew) {
        if (remains == null) {
            begin(isDelivered ? superstep + 1 : Math.max(0, superstep));
            computation.logTo(log);
            return;
        }
        replay = new Replay(remains, graph);
        log = remains.log;
        remains = null;
        log.retain(replay.numbers());
        computation.logTo(log);
        computation.rest(replay.isKept);
        if (superstep >= 0 && !isDelivered) {
            replay.speak(superstep, board, crew);
            // What they sent stands with those who are to hear it.
            replay.forgetSends();
        }
    }

    /** Has what partitions say kept from now on. */
    void logTo(Computation computation) {
        computation.logTo(log);
    }

    /** Lets those say what they said in a superstep that do not compute it again, and ships it. */
    void speak(int superstep, Board board, Outboxes outboxes, Crew crew) {
        if (replay != null) {
            replay.speak(superstep, board, crew);
            int[] kept = replay.kept();
            crew.run(kept.length, (task, thread) -> outboxes.ship(kept[task], thread));
        }
    }

    /** All partitions have computed this superstep, now or before, and all has come that others said in it: tells the master. */
    void report(int superstep, Computation computation, ToMaster.Effort effort, Transport transport) {
        note(superstep, computation, effort);
        if (replay != null && superstep < until) {
            replay.forgetSendsToKept();
        } else if (replay != null) {
            computation.rest(null);
            replay = null;
        }
        traced.ifPresent(transport::toMaster);
        transport.toMaster(report);
    }

    private void note(int superstep, Computation computation, ToMaster.Effort effort) {
        traced = computation.traced(worker);
        report = computation.report(worker, effort);
        if (replay != null && superstep == until) {
            report = replay.whole(report, job.program());
            traced = replay.traced(worker, traced);
        }
    }

    /** The graph changes behind this superstep: nothing can be said again of what was said before. */
    void changed(int superstep) {
        report = null;
        if (log != null) {
            log.begin(superstep + 1, "the graph has changed in superstep " + superstep);
        }
    }

    /** The job is saved for good as it stood before this superstep. */
    void saved(int superstep) {
        if (log != null) {
            log.forgetBefore(superstep - 1);
        }
    }

    /**
     * What is worth keeping, the caller's from now on; empty: nothing is, and all has gone.
     *
     * @param superstep the one that was run last
     * @param hasComputed whether partitions have computed it whose report is still to come
     * @param isReady whether it is over, and nothing else is under way
     */
    Optional<Remains> kept(int superstep, boolean hasComputed, boolean isReady, LocalGraph graph, Computation computation) {
        Remains kept = replay != null ? replay.remains() : remains;
        try {
            if (log != null && superstep >= until && hasComputed) {
                // It only lacks what others say, which they will say again.
                note(superstep, computation, ToMaster.Effort.NONE);
            }
            if (log != null && superstep >= until && (hasComputed || isReady) && report != null) {
                kept = new Remains(superstep, List.of(graph.partitions), graph.idOfSlot(), log, report, traced);
            }
        } catch (Throwable t) {
            // What the program's aggregators have thrown they throw again when the superstep has been computed again.
            kept = null;
        }
        if (kept != null) {
            remains = null;
            log = null;
        }
        close();
        return Optional.ofNullable(kept);
    }

    /** Lets go of all. */
    @Override public void close() {
        if (remains != null) {
            remains.close();
            remains = null;
        }
        if (log != null) {
            log.close();
            log = null;
        }
        replay = null;
        report = null;
        traced = Optional.empty();
    }
}
