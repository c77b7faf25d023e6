package org.superstep.master;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;

/** The jobs that a master knows: those that wait, the one that its workers are at, and the last that are over. */
final class Jobs {
    private final long originMillis;
    /** Jobs that wait, by number. */
    private final TreeMap<Long, SubmittedJob> waiting = new TreeMap<>();
    private final PastJobs past = new PastJobs();
    /** The numbers of all jobs that are known, by token. */
    private final Map<String, Long> tokens = new HashMap<>();
    private long last;
    /** The job that is prepared, runs, or is let go of; null: none. */
    SubmittedJob current;

    /** None yet; {@code originMillis} is the time of day, in milliseconds of the epoch, when the clock showed 0. */
    Jobs(long originMillis) {
        this.originMillis = originMillis;
    }

    /** A new job, which waits; it has the next number. */
    SubmittedJob add(String token, JobSpec spec, long submitter, long nanos) {
        var job = new SubmittedJob(++last, token, spec, submitter, nanos);
        tokens.put(token, job.number);
        waiting.put(job.number, job);
        return job;
    }

    /** As if it had never been submitted. */
    void forget(SubmittedJob job) {
        waiting.remove(job.number);
        tokens.remove(job.token);
    }

    /** The job waits no more: its turn has come. */
    void begin(SubmittedJob job) {
        waiting.remove(job.number);
        current = job;
    }

    boolean isCurrent(long number) {
        return current != null && current.number == number;
    }

    /** The job is over; returns how it is remembered. */
    ToClient.Job over(SubmittedJob job, ToClient end, long nanos) {
        waiting.remove(job.number);
        ToClient.Job shown = job.shownOver(end, originMillis, nanos);
        past.add(new PastJobs.Past(job.token, shown, end)).forEach(forgotten -> tokens.remove(forgotten.token()));
        return shown;
    }

    /** The number of the job that was submitted with this token; null: there is none, or it is not remembered any more. */
    Long number(String token) {
        return tokens.get(token);
    }

    /** Those that wait, the next one first. */
    List<SubmittedJob> waiting() {
        return List.copyOf(waiting.values());
    }

    /** The one whose turn it is: those whose jars are on their way hold nobody up. */
    Optional<SubmittedJob> next() {
        return waiting.values().stream().filter(job -> job.state == SubmittedJob.State.QUEUED).findFirst();
    }

    /** All jobs whose end nobody knows yet, the current one first. */
    List<SubmittedJob> unended() {
        var runs = Stream.ofNullable(current).filter(job -> job.state != SubmittedJob.State.RELEASING);
        return Stream.concat(runs, waiting.values().stream()).toList();
    }

    /** The job with this number, if nobody knows its end yet. */
    Optional<SubmittedJob> unended(long number) {
        return unended().stream().filter(job -> job.number == number).findFirst();
    }

    /** The job with this number, if it is over and remembered. */
    Optional<PastJobs.Past> past(long number) {
        return past.find(number);
    }

    /** Whether any job still needs this jar. */
    boolean needJar(String sha256) {
        return Stream.concat(Stream.ofNullable(current), waiting.values().stream()).anyMatch(job -> job.needsJar(sha256));
    }

    /** Why there is nothing to tell of the job with this number. */
    String unknown(long number) {
        return number < 1 || number > last ? "there has been no job " + number
            + (last == 0 ? ", nor any other" : "; the last one is " + last) : "job " + number + " is not remembered any more";
    }

    /** A job that has not ended, as users see it. */
    ToClient.Job shown(SubmittedJob job, long nanos) {
        return job.shown(originMillis, nanos);
    }

    /** All that are known, as users see them, by number. */
    List<ToClient.Job> shown(long nanos) {
        var all = new ArrayList<>(past.all());
        unended().forEach(job -> all.add(shown(job, nanos)));
        all.sort(Comparator.comparingLong(ToClient.Job::job));
        return all;
    }
}
