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
 * A job that has not ended yet, or whose workers have not let go of it yet; {@link Submissions} and {@link Cluster} alone write to it, and
 * their comments say how states follow each other.
 */
final class SubmittedJob {
    /** How far it is. */
    enum State { UPLOADING, QUEUED, PREPARING, RUNNING, BREAKING_OFF, RELEASING }

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
    /** By worker; those that are lost stand here too. */
    List<Member> workers = List.of();
    /** Of the workers, those that have not answered what they were told last, and are still there. */
    final Set<Member> owing = new LinkedHashSet<>();
    /** Why it has not begun, as watchers know; empty: they know nothing. */
    String waiting = "";
    boolean isCancelled;
    long beganNanos;

    // What a watcher that comes late must know; null where there is nothing yet.
    private ToClient.Opened opened;
    private ToClient.Read read;
    private ToClient.Loaded loaded;
    private ToClient.SuperstepEnded ended;
    private ToClient.Writing writing;

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
        }
    }

    /** What a watcher has missed that comes now. */
    List<ToClient> missed() {
        var missed = new ArrayList<ToClient>();
        if (!waiting.isEmpty()) {
            missed.add(new ToClient.Waiting(number, waiting));
        }
        for (ToClient message : new ToClient[] {opened, read, loaded, ended, writing}) {
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
            case PREPARING -> ToClient.JobState.PREPARING;
            case RUNNING, BREAKING_OFF, RELEASING -> ToClient.JobState.RUNNING;
        }, progress(), originMillis, isWaiting ? 0 : nanos - beganNanos);
    }

    /** As it is remembered after this end. */
    ToClient.Job shownOver(ToClient end, long originMillis, long nanos) {
        String supersteps = ended == null ? "no superstep" : ended.superstep() == 0 ? "1 superstep"
            : String.format(Locale.ROOT, "%,d supersteps", ended.superstep() + 1);
        boolean hasBegun = !workers.isEmpty();
        long ran = hasBegun ? nanos - beganNanos : 0;
        if (end instanceof ToClient.Failed failed) {
            boolean cancelled = isCancelled || failed.fault().kind() == Fault.Kind.CANCELLED;
            return cancelled ? job(ToClient.JobState.CANCELLED, supersteps, originMillis, ran)
                : job(ToClient.JobState.FAILED, failed.fault().message(), originMillis, ran);
        }
        return job(ToClient.JobState.DONE, supersteps, originMillis, ran);
    }

    private ToClient.Job job(ToClient.JobState jobState, String detail, long originMillis, long nanos) {
        return new ToClient.Job(number, spec.program(), jobState, detail, originMillis + submittedNanos / 1_000_000, nanos);
    }

    private String progress() {
        return switch (state) {
            case UPLOADING, QUEUED -> waiting;
            case PREPARING -> workers.size() - owing.size() + " of " + workers.size() + " workers are ready";
            case BREAKING_OFF -> "is broken off";
            case RUNNING, RELEASING -> writing != null ? "writing" : ended != null ? String.format(Locale.ROOT,
                "superstep %,d: %,d active, %,d messages", ended.superstep(), ended.computed(), ended.messages())
                : loaded != null ? "loaded" : "loading";
        };
    }
}
