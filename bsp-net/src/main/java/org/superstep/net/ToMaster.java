package org.superstep.net;

import java.util.List;
import org.superstep.checkpoint.SavedPartition;

/** What a worker tells the master. */
public sealed interface ToMaster {
    /** The worker that speaks. */
    int worker();

    /**
     * The share has been opened.
     *
     * @param worker the worker
     * @param description what was decided about the input
     * @param estimatedEdges about how many edges the share holds
     * @param neededBytes how much heap those edges will need where they are kept
     * @param hearers ids of the hearing ends of a sample of the arcs, in any order
     */
    record Sampled(int worker, String description, long estimatedEdges, long neededBytes, long[] hearers) implements ToMaster {
    }

    /**
     * The partitions stand.
     *
     * @param worker the worker
     * @param vertices owned vertices
     * @param edges edges that leave owned vertices
     * @param mirrors vertices of other workers that owned vertices hear
     * @param hearings for each phase, how many messages it makes when all owned vertices broadcast
     * @param foundVertices for each wanted id, whether the worker owns it
     */
    record Loaded(int worker, long vertices, long edges, long mirrors, long[] hearings, boolean[] foundVertices) implements ToMaster {
    }

    /**
     * The partitions have computed, and all that other workers said to them has arrived.
     *
     * @param worker the worker
     * @param superstep the superstep
     * @param computed owned vertices that computed
     * @param awake owned vertices that are awake
     * @param messages messages that owned vertices said, each neighbour of a broadcast counted
     * @param sends how many of the messages are sends
     * @param changes changes of the graph that owned vertices ask for, and messages to missing vertices that the program creates
     * @param dropped messages, due at this superstep's beginning, to vertices that do not exist, and sends to such as have halted for good
     * @param goneInEdges edges that enter owned vertices halted for good, which nobody has to look at any more
     * @param goneOutEdges edges that leave such vertices
     * @param tally what owned vertices added to each aggregator, as longs that another tally can merge; null entries: nothing
     * @param effort where the worker's time went
     */
    record SuperstepDone(int worker, int superstep, long computed, long awake, long messages, long sends, long changes,
            long dropped, long goneInEdges, long goneOutEdges, long[][] tally, Effort effort) implements ToMaster {
        /** A report without times. */
        public SuperstepDone(int worker, int superstep, long computed, long awake, long messages, long sends, long changes, long dropped,
                long goneInEdges, long goneOutEdges, long[][] tally) {
            this(worker, superstep, computed, awake, messages, sends, changes, dropped, goneInEdges, goneOutEdges, tally, Effort.NONE);
        }
    }

    /**
     * Where a worker's time went in a superstep.
     *
     * @param computeNanos delivering and computing
     * @param networkNanos encoding, sending and decoding, as far as computing did not go on meanwhile
     * @param waitNanos waiting for what other workers still had to say
     * @param sentBytes bytes of outboxes sent to other workers, as they travel: packed or not
     * @param receivedBytes bytes of outboxes received from other workers, as they travelled
     */
    record Effort(long computeNanos, long networkNanos, long waitNanos, long sentBytes, long receivedBytes) {
        /** None at all. */
        public static final Effort NONE = new Effort(0, 0, 0, 0, 0);
    }

    /**
     * What owned vertices that are traced have done in the superstep that has been run, or that has failed; comes before the answer.
     *
     * @param worker the worker
     * @param vertices their ids
     * @param texts of each, what it did, in several lines
     */
    record Traced(int worker, long[] vertices, List<String> texts) implements ToMaster {
    }

    /**
     * What was said has been delivered, and the graph has changed.
     *
     * @param worker the worker
     * @param vertices owned vertices
     * @param edges edges that leave owned vertices
     * @param awake owned vertices that are awake
     * @param hearings for each phase, how many messages it makes when all owned vertices broadcast
     * @param dropped messages to vertices that neither existed nor have come, or that had halted for good
     * @param goneInEdges edges that enter owned vertices halted for good
     * @param goneOutEdges edges that leave such vertices
     */
    record GraphChanged(int worker, long vertices, long edges, long awake, long[] hearings, long dropped, long goneInEdges,
            long goneOutEdges) implements ToMaster {
    }

    /**
     * What a checkpoint holds of the worker's partitions is on disk.
     *
     * @param worker the worker
     * @param superstep the superstep that was to run next
     * @param partitions its partitions, ascending
     * @param copyNanos how long supersteps stood still for it
     * @param writeNanos how long writing has taken, while supersteps went on
     */
    record Checkpointed(int worker, int superstep, List<SavedPartition> partitions, long copyNanos, long writeNanos) implements ToMaster {
    }

    /**
     * A checkpoint could not be written; the job goes on without it.
     *
     * @param worker the worker
     * @param superstep the superstep that was to run next
     * @param reason what has happened, in one line
     */
    record NotCheckpointed(int worker, int superstep, String reason) implements ToMaster {
    }

    /**
     * The partitions stand as they were.
     *
     * @param worker the worker
     * @param vertices owned vertices
     * @param edges edges that leave owned vertices
     * @param mirrors vertices of other workers that owned vertices hear
     * @param hearings for each phase, how many messages it makes when all owned vertices broadcast
     */
    record Restored(int worker, long vertices, long edges, long mirrors, long[] hearings) implements ToMaster {
    }

    /**
     * A checkpoint cannot be read; an older one may be whole.
     *
     * @param worker the worker
     * @param reason which file is damaged, and how, in one line
     */
    record NotRestored(int worker, String reason) implements ToMaster {
    }

    /**
     * What the worker has kept of an attempt in which another worker was lost: partitions that have computed a superstep, and the outboxes
     * of all supersteps from some one on to that.
     *
     * @param worker the worker
     * @param partitions their numbers, ascending; none: it has kept nothing, and the rest means nothing
     * @param superstep the last one that they have computed
     * @param computed how many of their vertices computed in it
     * @param loggedFrom the first superstep whose outboxes are all there
     * @param hindrance why no earlier ones are, in a few words; empty: nobody should ask for them
     */
    record Kept(int worker, int[] partitions, int superstep, long computed, int loggedFrom, String hindrance) implements ToMaster {
    }

    /**
     * A logged outbox cannot be read: the lost partitions cannot be computed again by themselves.
     *
     * @param worker the worker
     * @param reason what is wrong, in one line
     */
    record NotReplayed(int worker, String reason) implements ToMaster {
    }

    /**
     * The worker's parts of the outputs stand beside their names.
     *
     * @param worker the worker
     * @param rows how many vertices it owns, each of which is a row where rows are written
     * @param rowRuns of what its part of the rows consists, in files one behind another, ascending; none where no rows are written
     * @param records for each file of records, of what its part consists, one behind another
     * @param summary the worker's part of what the program shows of its results, encoded; empty where nobody asks for it
     */
    record Written(int worker, long rows, List<RowRun> rowRuns, List<List<RecordPiece>> records, byte[] summary) implements ToMaster {
        private static final byte[] NO_SUMMARY = {};

        /** Files alone. */
        public Written(int worker, long rows, List<RowRun> rowRuns, List<List<RecordPiece>> records) {
            this(worker, rows, rowRuns, records, NO_SUMMARY);
        }

        /** Nothing but vertices. */
        public Written(int worker, long rows) {
            this(worker, rows, List.of(), List.of());
        }
    }

    /**
     * The rows of neighbouring partitions that one worker owns, which are a file of their own: one of another worker's may belong between
     * two of them.
     *
     * @param partition the number of the first of these partitions, by which files are ordered
     * @param bytes how long the file is, with the header where it is partition 0
     */
    record RowRun(int partition, long bytes) {
    }

    /**
     * What one partition's vertices have emitted in one superstep, as it stands in a file.
     *
     * @param superstep when
     * @param partition the partition's number, by which those of one superstep are ordered
     * @param records how many records
     * @param bytes how long it is
     */
    record RecordPiece(int superstep, int partition, long records, long bytes) {
    }

    /**
     * The worker cannot go on.
     *
     * @param worker the worker
     * @param fault what happened
     */
    record Failed(int worker, Fault fault) implements ToMaster {
    }
}
