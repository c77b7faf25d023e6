package org.superstep.job;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.superstep.Checkpoints;
import org.superstep.JobException;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.DamagedException;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.OvertakenException;

/**
 * A job's checkpoints as the process that leads the job keeps them: it finds the one to go on from, commits new ones on a thread of its
 * own, because the disk must not hold the barrier, and deletes those that nobody needs. One thread uses it.
 */
final class SavedJob {
    private final Checkpoints how;
    private final JobIdentity job;
    private final CheckpointFolder folder;
    private final Consumer<String> notices;
    /** Manifests of which something cannot be read, so that they are not tried again. */
    private final Set<String> damaged = new HashSet<>();
    private long leader;
    private volatile FutureTask<Committed> committing;
    private boolean isDeleted;

    /** A checkpoint that is there, and what else the user should know. */
    private record Committed(String name, Optional<String> notice) {
    }

    /** Why a checkpoint could not be committed; empty where it is there. */
    record Ended(Optional<String> fault) {
    }

    /** The checkpoints of this job, whose user hears these notices. */
    SavedJob(Checkpoints how, JobIdentity job, Consumer<String> notices) {
        this.how = how;
        this.job = job;
        this.notices = notices;
        folder = new CheckpointFolder(how.folder());
    }

    /** This process's number among those that have led the job. */
    long leader() {
        return leader;
    }

    CheckpointFolder folder() {
        return folder;
    }

    /** Makes this process the one that leads the job, unless the folder is another job's. */
    void lead() {
        try {
            refuseOthers();
            leader = folder.lead();
        } catch (IOException e) {
            throw new JobException("the job cannot be saved: " + e.getMessage(), e);
        }
    }

    private void refuseOthers() throws IOException {
        for (String name : folder.manifests()) {
            try {
                requireOwn(folder.read(name));
                return;
            } catch (DamagedException e) {
                // Told where the checkpoint to go on from is looked for. Whose job it is stands in the next one as well.
                continue;
            }
        }
    }

    private void requireOwn(Manifest manifest) {
        JobIdentity other = manifest.job();
        if (!other.token().equals(job.token())) {
            throw new JobException("the folder " + folder + " holds checkpoints of another job, " + other.program() + "; name another"
                + " folder for this one" + (other.words().isEmpty() ? "" : ", or go on with that one: superstep resume " + folder), null);
        }
    }

    /** The latest checkpoint that is there as it was written, as far as can be seen without reading all of it. */
    Optional<Manifest> latest() {
        try {
            for (String name : folder.manifests()) {
                if (damaged.contains(name)) {
                    continue;
                }
                try {
                    Manifest manifest = folder.read(name);
                    // Another job may have led the folder when this one found it empty.
                    requireOwn(manifest);
                    folder.verify(manifest, false);
                    return Optional.of(manifest);
                } catch (DamagedException e) {
                    damaged.add(name);
                    notices.accept("a checkpoint cannot be used: " + e.getMessage());
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new JobException("the job's checkpoints cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether a checkpoint was found that cannot be used. */
    boolean hasDamaged() {
        return !damaged.isEmpty();
    }

    /** Something of this one cannot be read. */
    void damaged(Manifest manifest) {
        damaged.add(manifest.name());
    }

    /** Begins to commit a checkpoint, and to delete those before it that are not kept. */
    void commit(Manifest manifest) {
        committing = new FutureTask<>(() -> committed(manifest));
        var thread = new Thread(committing, "superstep-commit");
        thread.setDaemon(true);
        thread.start();
    }

    private Committed committed(Manifest manifest) throws IOException {
        String name = folder.commit(manifest);
        try {
            folder.prune(leader, how.keep(), "");
        } catch (OvertakenException e) {
            throw e;
        } catch (IOException e) {
            return new Committed(name, Optional.of("checkpoints that nobody needs any more stay behind: " + e.getMessage()));
        }
        return new Committed(name, Optional.empty());
    }

    /** What has become of the checkpoint that is being committed; empty where that is not known yet, or there is none. */
    Optional<Ended> ended() {
        return committing != null && committing.isDone() ? await() : Optional.empty();
    }

    /** The same, which waits until it is known. */
    Optional<Ended> await() {
        if (committing == null) {
            return Optional.empty();
        }
        try {
            Committed committed = committing.get();
            committing = null;
            damaged.remove(committed.name());
            committed.notice().ifPresent(notices);
            return Optional.of(new Ended(Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("the job was interrupted", e);
        } catch (ExecutionException e) {
            committing = null;
            if (e.getCause() instanceof OvertakenException overtaken) {
                throw new JobException(overtaken.getMessage(), overtaken);
            }
            return Optional.of(new Ended(Optional.of(e.getCause() instanceof IOException fault ? fault.getMessage()
                : e.getCause().toString())));
        }
    }

    /**
     * The job is over: lets a checkpoint come to be that is being committed, or, where the job has ended well, deletes all of them that are
     * not to stay. Called again when no worker writes any more, it deletes what has come since, unless the folder is the next job's by
     * then. Any thread may call.
     */
    synchronized void close(boolean endedWell) {
        finishCommit();
        if (!endedWell || how.stay() || leader == 0) {
            return;
        }
        try {
            if (!isDeleted) {
                folder.delete(leader);
            } else if (Files.exists(folder.path()) && !folder.isLed()) {
                folder.delete(folder.lead());
            }
            isDeleted = true;
        } catch (IOException e) {
            notices.accept("the job's checkpoints stay behind: " + e.getMessage());
        }
    }

    /** Waits although this thread is interrupted: disks are not so slow that a whole checkpoint should be given up for it. */
    private void finishCommit() {
        FutureTask<Committed> last = committing;
        boolean interrupted = false;
        while (last != null && !last.isDone()) {
            try {
                last.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                // How the job has ended matters more.
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
