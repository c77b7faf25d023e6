package org.superstep.master;

import java.util.List;
import java.util.OptionalInt;
import org.superstep.checkpoint.Manifest;
import org.superstep.net.Fault;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/** What the coordinator wants done. */
public sealed interface MasterCommand {
    /** Take this command to every worker. */
    record Announce(ToWorker command) implements MasterCommand {
    }

    /**
     * A fact for whoever watches the job: the graph stands in memory.
     *
     * @param vertices its vertices
     * @param edges its edges
     * @param mirrors vertices that other workers than their own hear, once for each of those
     * @param partitions how many partitions it was cut into
     */
    record GraphLoaded(long vertices, long edges, long mirrors, int partitions) implements MasterCommand {
    }

    /**
     * A fact for whoever watches the job: the barrier has fallen on a superstep.
     *
     * @param superstep what was run
     * @param computed vertices that computed
     * @param awake vertices awake at its end
     * @param messages messages said in it
     * @param aggregates what each aggregator came to, by index, before the hook sees it
     * @param globals what vertices read of each global, by index
     * @param efforts where each worker's time went, by worker
     */
    record SuperstepEnded(ToWorker.RunSuperstep superstep, long computed, long awake, long messages, List<Object> aggregates,
            List<Object> globals, List<ToMaster.Effort> efforts) implements MasterCommand {
    }

    /**
     * What is to be told to whoever traces vertices.
     *
     * @param texts one after the other, each of one line or more
     */
    record Tell(List<String> texts) implements MasterCommand {
    }

    /**
     * A fact for whoever watches the job: it has reached the limit of supersteps and ends there, as its plan says; what vertices hold now
     * is its output.
     *
     * @param message one line for the user
     */
    record LimitReached(String message) implements MasterCommand {
    }

    /**
     * A fact for whoever watches the job: the workers stand where a checkpoint was taken.
     *
     * @param superstep which superstep is to run next
     * @param vertices vertices of the graph as it is now
     * @param edges its edges
     * @param mirrors vertices that other workers than their own hear, once for each of those
     * @param partitions how many partitions there are
     */
    record GraphRestored(int superstep, long vertices, long edges, long mirrors, int partitions) implements MasterCommand {
    }

    /**
     * All data of a checkpoint is on disk: let it be, beside the job, which does not wait; then tell the coordinator, by
     * {@link Coordinator#committed} or {@link Coordinator#notCommitted}.
     *
     * @param manifest what makes it a checkpoint
     * @param bytes how much has been written for it
     * @param copyNanos how long supersteps have stood still for it
     * @param writeNanos how long writing has taken, on the worker on which it took longest
     */
    record Commit(Manifest manifest, long bytes, long copyNanos, long writeNanos) implements MasterCommand {
    }

    /**
     * Something that the user should know, and the job goes on.
     *
     * @param line one line
     */
    record Notice(String line) implements MasterCommand {
    }

    /**
     * The checkpoint that the attempt was to go on from cannot be read: the attempt is over, and the next one is to go on from another.
     *
     * @param reason which file is damaged, and how, in one line
     */
    record Damaged(String reason) implements MasterCommand {
    }

    /**
     * A fact for whoever watches the job: only partitions that were lost compute again, while the others wait.
     *
     * @param from the first superstep that they compute again
     * @param to the last
     * @param lost their numbers, ascending
     * @param owners by partition, the worker that has it now
     * @param vertices how many vertices they had at the checkpoint
     */
    record Confined(int from, int to, int[] lost, int[] owners, long vertices) implements MasterCommand {
    }

    /**
     * A fact for whoever watches the job: they have, and the job is where it was when the worker was lost.
     *
     * @param superstep the superstep that all have computed now
     * @param computed how many vertices computed again, over all supersteps
     * @param ofAll how many would have, if all partitions had gone back
     */
    record Recovered(int superstep, long computed, long ofAll) implements MasterCommand {
    }

    /**
     * A fact for whoever watches the job: though workers have kept what they could, lost partitions cannot compute again by themselves, and
     * all go back.
     *
     * @param superstep that before which the checkpoint was taken to which they go
     * @param worker at whom it lies, of whom the reason tells; empty: at nobody
     * @param reason why, in a few words
     */
    record AllGoBack(int superstep, OptionalInt worker, String reason) implements MasterCommand {
    }

    /**
     * Lost partitions cannot be computed again by themselves: the attempt is over, and in the next one all go back.
     *
     * @param worker who has found that out
     * @param reason why, in one line
     */
    record NotConfined(int worker, String reason) implements MasterCommand {
    }

    /**
     * The job is saved as it stands, and the attempt is over: the next one is to go on from there, with other workers.
     *
     * @param reason why, as it was asked for
     */
    record Regroup(String reason) implements MasterCommand {
    }

    /**
     * The job is saved as it stands, and is over for now.
     *
     * @param superstep which superstep is to run next
     */
    record Suspended(int superstep) implements MasterCommand {
    }

    /**
     * Every worker has written its parts of the outputs: join them under the outputs' names.
     *
     * @param parts what each worker has written, by worker
     */
    record CommitOutput(List<ToMaster.Written> parts) implements MasterCommand {
    }

    /**
     * The job has ended well.
     *
     * @param supersteps how many supersteps were run
     * @param droppedMessages sends to vertices that do not exist or have halted for good
     * @param globals each global, by index, as the hook left it
     */
    record Finish(int supersteps, long droppedMessages, List<Object> globals) implements MasterCommand {
    }

    /**
     * The job has failed; throw all that was written away.
     *
     * @param fault why
     */
    record Abort(Fault fault) implements MasterCommand {
    }
}
