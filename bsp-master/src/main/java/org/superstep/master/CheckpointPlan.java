package org.superstep.master;

import java.util.Objects;
import org.superstep.checkpoint.JobIdentity;

/**
 * How a job is saved.
 *
 * @param version which Superstep saves it
 * @param job which job it is
 * @param leader the number that the folder has given to the process that leads the job
 * @param attempt which of the job's attempts this is, from 1
 * @param everySupersteps after how many supersteps it is saved again; 0: as its cost and {@code failureNanos} say
 * @param failureNanos the mean time between two losses of a worker, of all that work on the job together
 * @param isAwaited whether the superstep that follows a checkpoint waits until that is committed; else it does not
 * @param originMillis the time, in milliseconds of the epoch, at which the clock that the coordinator is told the time of showed 0
 */
public record CheckpointPlan(String version, JobIdentity job, long leader, int attempt, int everySupersteps, long failureNanos,
        boolean isAwaited, long originMillis) {
    /** Checks what must be there. */
    public CheckpointPlan {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(job, "job");
    }
}
