package org.superstep.master;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.superstep.net.Fault;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;

/**
 * A job that has not ended yet, or whose workers have not let go of it yet; {@link Submissions} and {@link Attempts} alone write to it,
 * and their comments say how states follow each other.
 */
final class SubmittedJob {
    /** How far it is. */
    enum State { UPLOADING, QUEUED, PREPARING, RUNNING, REGROUPING, BREAKING_OFF, RELEASING }

    final long number;
    final String token;
    final JobSpec spec;
    final long submittedNanos;
    State state = State.UPLOADING;
    /** Who has submitted it, and is asked for its jars. */
    long submitter;
    /** Clients that hear how it comes along. */
    final Set<Long> watchers = new LinkedHashSet<>();
    final Set<String> missingJars = new LinkedHashSet<>();
    /** Why it waits, as watchers know; empty: they know nothing. */
    String waiting = "";
    boolean isCancelled;
    /** It is to end at its next checkpoint, and can go on from there. */
    boolean isSuspending;
    long beganNanos;

    /** The latest attempt; null: this master has made none. */
    Attempt attempt;
    /** How many there have been, under masters before this one too. */
    int attempts;
    /** It has a run, which is told of all attempts but those that could not be prepared, and tells its end. */
    boolean hasRun;
    /** How often attempts were over because a worker was lost, since the last checkpoint. */
    int losses;
    /** For so many workers the next attempt waits a little. */
    int awaited;
    /** Until when, in REGROUPING. */
    long awaitNanos;

    // What a watcher that comes late must know; null where there is nothing yet.
    private ToClient.Opened opened;
    private ToClient.Read read;
    private ToClient.Loaded loaded;
    private ToClient.SuperstepEnded ended;
    private ToClient.Writing writing;
    private ToClient.Notice notice;
    /** Before which superstep the last checkpoint was taken; negative: there is none. */
    private int checkpoint = -1;

    SubmittedJob(long number, String token, JobSpec spec, long submitter, long nanos) {
        this.number = number;
        this.token = token;
        this.spec = spec;
        this.submitter = submitter;
        submittedNanos = nanos;
        beganNanos = nanos;
    }

    /** What people call it. */
    String name() {
        return "job " + number + " (" + spec.program() + ")";
    }

    /** How many workers must be there before it begins. */
    int leastWorkers() {
        return Math.max(1, spec.workers());
    }

    /** With how many workers it would like to go on; all, where it does not say. */
    int mostWorkers() {
        return spec.workers() == 0 ? Integer.MAX_VALUE : spec.workers();
    }

    boolean needsJar(String sha256) {
        return spec.jars().stream().anyMatch(jar -> jar.sha256().equals(sha256));
    }

    /** The output that this job and another both write; null: none. */
    String outputSharedWith(JobSpec other) {
        List<String> outputs = other.outputs().stream().map(SubmittedJob::plain).toList();
        return spec.outputs().stream().filter(output -> outputs.contains(plain(output))).findFirst().orElse(null);
    }

    /** A folder is the same whether or not it is written as one. */
    private static String plain(String output) {
        return output.length() > 1 && output.endsWith("/") ? plain(output.substring(0, output.length() - 1)) : output;
    }

    /**
     * Whether workers keep what they have computed where another is lost. Nobody finishes reading the input for that: without a checkpoint
     * there is nothing to go on from.
     */
    boolean mayKeep() {
        return spec.recovery().isConfined() && (loaded != null || checkpoint >= 0);
    }

    /** A checkpoint was committed before this superstep. */
    void advanced(int superstep) {
        checkpoint = superstep;
        losses = 0;
    }

    /** What was told of the reading and writing of an attempt that is over is not true any more. */
    void beginsAnew() {
        opened = null;
        read = null;
        writing = null;
    }

    /** Keeps of what the run tells what stays true. */
    void told(ToClient message) {
        if (message instanceof ToClient.Opened told) {
            opened = told;
        } else if (message instanceof ToClient.Read more) {
            read = read == null ? more : new ToClient.Read(number, read.bytes() + more.bytes(), read.edges() + more.edges());
        } else if (message instanceof ToClient.Loaded told) {
            loaded = told;
        } else if (message instanceof ToClient.SuperstepEnded told) {
            ended = told;
        } else if (message instanceof ToClient.Writing told) {
            writing = told;
        } else if (message instanceof ToClient.Notice told) {
            notice = told;
        }
    }

    /** What a watcher has missed that comes now. */
    List<ToClient> missed() {
        var missed = new ArrayList<ToClient>();
        if (!waiting.isEmpty()) {
            missed.add(new ToClient.Waiting(number, waiting));
        }
        for (ToClient message : new ToClient[] {opened, read, loaded, ended, writing, notice}) {
            if (message != null) {
                missed.add(message);
            }
        }
        return missed;
    }

    ToClient.Job shown(long originMillis, long nanos) {
        boolean isWaiting = state == State.UPLOADING || state == State.QUEUED;
        return job(switch (state) {
            case UPLOADING, QUEUED -> ToClient.JobState.QUEUED;
            case PREPARING, REGROUPING -> ToClient.JobState.PREPARING;
            case RUNNING, BREAKING_OFF, RELEASING -> ToClient.JobState.RUNNING;
        }, progress(), originMillis, isWaiting ? 0 : nanos - beganNanos);
    }

    /** As it is remembered after this end. */
    ToClient.Job shownOver(ToClient end, long originMillis, long nanos) {
        String supersteps = ended == null ? "no superstep" : ended.superstep() == 0 ? "1 superstep"
            : String.format(Locale.ROOT, "%,d supersteps", ended.superstep() + 1);
        long ran = attempt == null ? 0 : nanos - beganNanos;
        if (end instanceof ToClient.Failed failed && failed.fault().kind() == Fault.Kind.SUSPENDED) {
            return job(ToClient.JobState.SUSPENDED, failed.fault().message(), originMillis, ran);
        } else if (end instanceof ToClient.Failed failed) {
            boolean cancelled = isCancelled || failed.fault().kind() == Fault.Kind.CANCELLED;
            return cancelled ? job(ToClient.JobState.CANCELLED, supersteps, originMillis, ran)
                : job(ToClient.JobState.FAILED, failed.fault().message(), originMillis, ran);
        }
        return job(ToClient.JobState.DONE, supersteps, originMillis, ran);
    }

    private ToClient.Job job(ToClient.JobState jobState, String detail, long originMillis, long nanos) {
        return new ToClient.Job(number, spec.program(), jobState, detail, submittedMillis(originMillis), nanos);
    }

    long submittedMillis(long originMillis) {
        return originMillis + submittedNanos / 1_000_000;
    }

    private String progress() {
        return switch (state) {
            case UPLOADING, QUEUED -> waiting;
            case PREPARING -> attempt.workers.size() - attempt.owing.size() + " of " + attempt.workers.size() + " workers are ready"
                + history();
            case REGROUPING -> (waiting.isEmpty() ? "going on with other workers" : waiting) + history();
            case BREAKING_OFF -> "is broken off";
            case RUNNING, RELEASING -> (writing != null ? "writing" : ended != null ? String.format(Locale.ROOT,
                "superstep %,d: %,d active, %,d messages", ended.superstep(), ended.computed(), ended.messages())
                : loaded != null ? "loaded" : "loading") + history() + (isSuspending ? "; is being suspended" : "");
        };
    }

    /** What has become of it so far, where that is more than that it has begun. */
    private String history() {
        return (checkpoint < 0 ? "" : String.format(Locale.ROOT, "; checkpoint before superstep %,d", checkpoint))
            + (attempts < 2 ? "" : "; attempt " + attempts);
    }
}
