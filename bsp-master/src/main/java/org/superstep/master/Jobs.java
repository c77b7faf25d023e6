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
    private long lastAttempt;
    /** The job whose turn has come, until its workers have let go of it; null: none. */
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

    /** A job that a master before this one has accepted; it waits. */
    SubmittedJob recall(ClusterEvent.RecalledJob recalled, long nanos) {
        var job = new SubmittedJob(recalled.job(), recalled.token(), recalled.spec(), 0,
            (recalled.submittedMillis() - originMillis) * 1_000_000);
        job.beganNanos = nanos;
        job.attempts = recalled.attempts();
        job.state = SubmittedJob.State.QUEUED;
        last = Math.max(last, job.number);
        tokens.put(job.token, job.number);
        waiting.put(job.number, job);
        return job;
    }

    /** A job that was over before this master began. */
    void recall(PastJob over) {
        last = Math.max(last, over.job().job());
        tokens.put(over.token(), over.job().job());
        remember(over);
    }

    /** No job and no attempt gets one of these numbers any more, nor one below. */
    void recall(long job, long attempt) {
        last = Math.max(last, job);
        lastAttempt = Math.max(lastAttempt, attempt);
    }

    /** The number of the next attempt. */
    long nextAttempt() {
        return ++lastAttempt;
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
    PastJob over(SubmittedJob job, ToClient end, long nanos) {
        waiting.remove(job.number);
        var over = new PastJob(job.token, job.shownOver(end, originMillis, nanos), end);
        remember(over);
        return over;
    }

    private void remember(PastJob over) {
        past.add(over).forEach(forgotten -> tokens.remove(forgotten.token()));
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
    Optional<PastJob> past(long number) {
        return past.find(number);
    }

    /** Whether any job still needs this jar. */
    boolean needJar(String sha256) {
        return Stream.concat(Stream.ofNullable(current), waiting.values().stream()).anyMatch(job -> job.needsJar(sha256));
    }

    /** When the job was submitted, in milliseconds of the epoch. */
    long submittedMillis(SubmittedJob job) {
        return job.submittedMillis(originMillis);
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
