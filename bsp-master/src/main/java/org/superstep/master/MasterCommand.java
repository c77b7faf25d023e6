package org.superstep.master;

import java.util.List;
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
