package org.superstep.net;

import java.util.OptionalInt;

/** What the master commands a worker to do; each but {@link Saved} is answered by one {@link ToMaster}. */
public sealed interface ToWorker {
    /** Open your share of the input and say what it looks like; answered by {@link ToMaster.Sampled}. */
    record Sample() implements ToWorker {
    }

    /**
     * Read your share, exchange edges with the other workers, build your partitions; answered by {@link ToMaster.Loaded}.
     *
     * @param placement which partition is whose
     * @param wantedVertices ids that must be in the graph, as parameters name them
     */
    record Load(Placement placement, long[] wantedVertices) implements ToWorker {
    }

    /**
     * Deliver what was said, compute, ship what is said; answered by {@link ToMaster.SuperstepDone}.
     *
     * @param superstep the superstep, from 0
     * @param phase which of the program's phases computes
     * @param phaseBegan the superstep with which that phase began
     * @param spokenPhase which phase spoke in the superstep before
     * @param delivery {@code PULL} or {@code PUSH}
     * @param messages how many messages are in flight, over all workers; 0: there is nothing to deliver
     * @param delivered whether they stand in the inboxes already, because the graph has changed since they were said
     * @param everyoneSpoke whether each edge of the spoken phase's direction carries a message
     * @param hasSends whether any of the messages are sends
     * @param awake how many vertices are awake, over all workers
     * @param wakeAll whether all vertices are woken first
     * @param vertices vertices of the graph
     * @param edges edges of the graph
     * @param aggregates what each aggregator comes to: raw bits, and behind them, as longs too, the values that are objects
     * @param globals the globals' values, in the same way
     */
    record RunSuperstep(int superstep, int phase, int phaseBegan, int spokenPhase, Delivery delivery, long messages, boolean delivered,
            boolean everyoneSpoke, boolean hasSends, long awake, boolean wakeAll, long vertices, long edges, long[] aggregates,
            long[] globals) implements ToWorker {
    }

    /**
     * Deliver what was said in the superstep that has ended, then change the graph as vertices have asked in it, together with the other
     * workers; answered by {@link ToMaster.GraphChanged}.
     *
     * @param superstep the superstep that has ended
     * @param spokenPhase which of the program's phases spoke in it
     * @param delivery {@code PULL} or {@code PUSH}
     * @param messages how many messages are in flight, over all workers
     * @param everyoneSpoke whether each edge of the spoken phase's direction carries a message
     * @param hasSends whether any of the messages are sends
     * @param vertices vertices of the graph as it was
     * @param edges edges of the graph as it was
     */
    record ChangeGraph(int superstep, int spokenPhase, Delivery delivery, long messages, boolean everyoneSpoke, boolean hasSends,
            long vertices, long edges) implements ToWorker {
    }

    /**
     * Before the next command: copy what is to be saved of the job as it stands between two supersteps, and write it while it goes on;
     * answered by {@link ToMaster.Checkpointed} or {@link ToMaster.NotCheckpointed} once it is on disk, with other answers in between.
     *
     * @param superstep which one is to run next
     * @param spokenPhase which of the program's phases spoke in the one before
     * @param delivered whether what was said stands in the inboxes already, because the graph has changed since
     * @param stem what the names of the files begin with that this checkpoint writes, which nobody else's do
     * @param isWhole whether all partitions' topology and records are saved, and not only what is new since the checkpoint before; if
     *     there was one in this attempt, it has not come to be, and what was written for it can go
     */
    record Checkpoint(int superstep, int spokenPhase, boolean delivered, String stem, boolean isWhole) implements ToWorker {
    }

    /**
     * Instead of {@link Sample} and {@link Load}: make your partitions of what a checkpoint holds, together with the other workers, so
     * that all is as it was before its superstep; answered by {@link ToMaster.Restored}, {@link ToMaster.NotRestored} or
     * {@link ToMaster.NotReplayed}.
     *
     * <p>Confined, only partitions that nobody has kept are made of that; those that workers have kept stay as they are, wherever the job
     * was when another worker was lost. In the supersteps that follow, up to that one, only the others compute; for the kept ones their
     * logged outboxes speak.
     *
     * @param manifest the name of the checkpoint's manifest, in the job's folder for checkpoints
     * @param placement which partition is whose now; its cuts are those of the manifest
     * @param until confined, the last superstep that what stays has computed; what has computed fewer does not stay. Empty: nothing stays
     */
    record Restore(String manifest, Placement placement, OptionalInt until) implements ToWorker {
        /** Whether what workers have kept stays. */
        public boolean isConfined() {
            return until.isPresent();
        }
    }

    /** A worker was lost: say what you have kept of the attempt in which that happened; answered by {@link ToMaster.Kept}. */
    record Recall() implements ToWorker {
    }

    /**
     * The job is saved for good as it stood before this superstep: nobody will ask for what was said before the one in front of it. Not
     * answered.
     */
    record Saved(int superstep) implements ToWorker {
    }

    /**
     * The last superstep has ended: close what the program shares, and write your parts of the outputs, if there are any, and make
     * that of the table; answered by {@link ToMaster.Written}.
     */
    record Write() implements ToWorker {
    }
}
