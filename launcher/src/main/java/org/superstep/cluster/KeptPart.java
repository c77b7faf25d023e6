package org.superstep.cluster;

import java.io.UncheckedIOException;
import org.superstep.worker.MembershipCommand;
import org.superstep.worker.Remains;

/**
 * What a worker process has kept of its part of a job, for its part of the next attempt. One owner at a time, who closes it.
 *
 * @param epoch the master's whose job it is
 * @param job the job's number
 * @param made the job as it was made for that part: what was kept may hold objects of classes from its jars, of which another one that is
 *     made of the same words knows nothing
 * @param loader the context class loader of the thread on which it was made
 * @param remains what the part's worker has kept
 */
record KeptPart(long epoch, long job, JobMaker.Made made, ClassLoader loader, Remains remains) implements AutoCloseable {
    /** Whether the part that is to be made goes on with it. */
    boolean isFor(long masterEpoch, MembershipCommand.Make next) {
        return epoch == masterEpoch && job == next.job();
    }

    /** Lets go of all. */
    @Override public void close() {
        remains.close();
        try {
            made.close();
        } catch (UncheckedIOException e) {
            // Its jars are not used any more in any case.
            return;
        }
    }
}
