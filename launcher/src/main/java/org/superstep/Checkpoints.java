package org.superstep;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.superstep.checkpoint.JobIdentity;

/**
 * How a job is saved while it runs, so that it can go on from there: {@code Checkpoints.in(folder).every(5)}. Immutable: begin with
 * {@link #in} and say what is to be otherwise.
 *
 * <p>A job whose folder has checkpoints of the same job goes on from the latest one that is whole, and does not read its graph; of another
 * job's folder it is refused. Which job it is says {@link #of}; where nobody does, it is that of the same program class, parameters and
 * seed. The graph is not part of that, as nobody can tell one from another without reading it: whoever has another graph takes another
 * folder. When the job has ended well the checkpoints go, unless {@link #keeping} says otherwise.
 *
 * @param folder the job's own, on any file system that all of its processes see
 * @param everySupersteps after how many supersteps it is saved again; 0: as its cost and the mean time between failures say
 * @param failures the mean time between two losses of a worker, of all that work on the job together
 * @param keep how many checkpoints are kept, at least 1
 * @param stay whether they stay when the job has ended well
 * @param isAwaited whether each is waited for, so that it is there when the next superstep begins; else it is written while the job goes on
 * @param job which job the folder is of; empty: that of the same program class, parameters and seed
 */
public record Checkpoints(Path folder, int everySupersteps, Duration failures, int keep, boolean stay,
        boolean isAwaited, Optional<JobIdentity> job) {
    private static final Duration FAILURES = Duration.ofDays(1);
    private static final int KEEP = 2;

    /** Checks the bounds. */
    public Checkpoints {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(job, "job");
        if (everySupersteps < 0) {
            throw new IllegalArgumentException("checkpoint-every must be at least 1, was " + everySupersteps);
        }
        if (failures.isNegative() || failures.isZero()) {
            throw new IllegalArgumentException("the mean time between failures must be longer than nothing, was " + failures);
        }
        if (keep < 1) {
            throw new IllegalArgumentException("keep-checkpoints must be at least 1, was " + keep);
        }
    }

    /** In this folder, after as many supersteps as the cost says and one failure a day; the last two are kept while the job runs. */
    public static Checkpoints in(Path folder) {
        return new Checkpoints(folder, 0, FAILURES, KEEP, false, false, Optional.empty());
    }

    /** The same every so many supersteps. */
    public Checkpoints every(int supersteps) {
        if (supersteps < 1) {
            throw new IllegalArgumentException("checkpoint-every must be at least 1, was " + supersteps);
        }
        return new Checkpoints(folder, supersteps, failures, keep, stay, isAwaited, job);
    }

    /** The same with so much time between two losses of a worker, of all that work on the job together. */
    public Checkpoints failingEvery(Duration mean) {
        return new Checkpoints(folder, 0, mean, keep, stay, isAwaited, job);
    }

    /** The same keeping so many, also when the job has ended. */
    public Checkpoints keeping(int count) {
        return new Checkpoints(folder, everySupersteps, failures, count, true, isAwaited, job);
    }

    /**
     * The same waiting for each. Slower, and good for tests: without it, whether there is a checkpoint to go back to depends on how fast
     * the disk is.
     */
    public Checkpoints awaited() {
        return new Checkpoints(folder, everySupersteps, failures, keep, stay, true, job);
    }

    /** The same of this job. */
    public Checkpoints of(JobIdentity identity) {
        return new Checkpoints(folder, everySupersteps, failures, keep, stay, isAwaited, Optional.of(identity));
    }
}
