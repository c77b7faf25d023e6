package org.superstep.master;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.superstep.net.Fault;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;
import org.superstep.net.ToMember;

/**
 * What becomes of a job from its turn to its end: the attempts at it, one after the other. A part of {@link Cluster}, which decides whose
 * turn it is.
 *
 * <pre>
 *   job           event                        commands                                     next
 *   QUEUED        its turn, workers enough     KeepAttempt; Prepare to each                 PREPARING
 *   -             Recalled, begun              nothing; others are waited for 12 s           REGROUPING
 *   PREPARING     last Prepared                BeginJob; Suspend, if that is asked for      RUNNING
 *   PREPARING     a worker lost                Notice to watchers; Release to each *        REGROUPING
 *   PREPARING     one that is saved: Leaving   Release to each *; it counts as no loss      REGROUPING
 *   PREPARING, RUNNING  LostPeer               nothing; the same as a worker lost where for 0.5 s none is
 *   RUNNING       a worker lost                Pause; Release to each *                     REGROUPING
 *   RUNNING       Regroup                      Release to each                              REGROUPING
 *   RUNNING       one that is saved: a worker leaves, or is drained and others are there; elastic, 10 s after BeginJob: a free member
 *                 fits                         Regroup, and again after 10 s                RUNNING
 *   RUNNING       Advanced                     nothing; losses are counted anew             RUNNING
 *   RUNNING       Suspend                      Suspend                                      RUNNING
 *   PREPARING, REGROUPING  Suspend             nothing yet                                  same
 *   REGROUPING    Released, a worker lost      nothing                                      REGROUPING
 *   REGROUPING    all have let go, and as many are free as the attempt had, or any for a second (what Cluster is told) after the last
 *                 loss or Join:
 *                                              KeepAttempt; Prepare to each; Release to those who keep something, and are not among them
 *                                                                                           PREPARING
 *   REGROUPING    otherwise                    Waiting to watchers, where the reason is new REGROUPING
 *   PREPARING, RUNNING  a worker lost once more than may be: as Failed
 *   PREPARING to REGROUPING, no run  Failed, Cancel   Failed to watchers; Release to each   RELEASING
 *   PREPARING to REGROUPING          Failed, Cancel   BreakOff                              BREAKING_OFF
 *   PREPARING to BREAKING_OFF, a run  JobTold  to watchers                                  same
 *   PREPARING to BREAKING_OFF, a run  JobOver  its end to watchers; Release to each         RELEASING
 *   RELEASING     last Released, or lost       LetGo; the next job may begin                over
 *
 *   * Where lost partitions can compute again by themselves, and the graph has been loaded, those who stay keep what they have computed.
 *     What they were told before they do first, and nobody presses them. At the job's end they are released once more: then nothing is
 *     kept, and they have 30 s like all others.
 * </pre>
 *
 * <p>A job has a run from its first BeginJob on: PREPARING and REGROUPING may come before and behind that. It is over for its watchers with
 * its first end, whatever its workers still do; and from one attempt to the next, or to another job, nobody goes before all workers of the
 * last attempt have let go of it, or are gone.
 */
final class Attempts {
    static final long PREPARE_NANOS = 60_000_000_000L;
    static final long RELEASE_NANOS = 30_000_000_000L;
    /** So long a job waits for all of its workers where its master was started again: after a while they look for it every 10 s. */
    static final long RECALL_NANOS = 12_000_000_000L;
    /** Between two moves of the same job, so that a cluster whose workers come one by one does not only move. */
    static final long MOVE_NANOS = 10_000_000_000L;
    /** A process that ends is missed by its peers and by the master at about the same time; the master's word is the better one. */
    static final long COMPLAINT_NANOS = 500_000_000L;

    private final Jobs jobs;
    private final Members members;
    private final Submissions submissions;
    private final Commands commands;
    private final long regroupNanos;

    /** Attempts at these jobs with these members; so long a job waits for others to come in the place of those that were lost. */
    Attempts(Jobs jobs, Members members, Submissions submissions, Commands commands, long regroupNanos) {
        this.jobs = jobs;
        this.members = members;
        this.submissions = submissions;
        this.commands = commands;
        this.regroupNanos = regroupNanos;
    }

    // An attempt begins.

    /** The job's turn has come, and enough members fit. */
    void begin(SubmittedJob job, List<Member> fit, long now) {
        jobs.begin(job);
        job.beganNanos = now;
        prepare(job, fit, now);
    }

    private void prepare(SubmittedJob job, List<Member> fit, long now) {
        Set<Member> keepers = job.attempt == null ? Set.of() : job.attempt.keepers;
        List<Member> workers = fit.stream()
            .sorted(Comparator.<Member>comparingInt(member -> keepers.contains(member) ? 0 : 1)
                .thenComparingInt(member -> -member.self.threads()).thenComparingInt(member -> member.number))
            .limit(job.mostWorkers())
            .sorted(Comparator.comparingInt(member -> member.number)).toList();
        if (job.attempt != null) {
            // In a later attempt it would be out of date.
            keepNothing(job.attempt, member -> !workers.contains(member), now);
        }
        var attempt = new Attempt(jobs.nextAttempt(), ++job.attempts, workers);
        job.attempt = attempt;
        job.state = SubmittedJob.State.PREPARING;
        job.waiting = "";
        commands.add(new ClusterCommand.KeepAttempt(job.number, attempt.number, attempt.ordinal, workers.size()));
        for (int worker = 0; worker < workers.size(); worker++) {
            workers.get(worker).owes(Member.State.PREPARING, now, PREPARE_NANOS);
            commands.tell(workers.get(worker), attempt.prepare(job, worker));
        }
        commands.log(job.name() + (attempt.ordinal == 1 ? " begins on " : " goes on with attempt " + attempt.ordinal + " on ")
            + workers.size() + (workers.size() == 1 ? " worker" : " workers"));
    }

    void wantsJar(Member member, FromMember.WantsJar wanted, long now) {
        if (owes(member, wanted.attempt(), Member.State.PREPARING) && jobs.current.needsJar(wanted.sha256())
                && submissions.hasJar(wanted.sha256())) {
            member.owes(Member.State.PREPARING, now, PREPARE_NANOS);
            commands.add(new ClusterCommand.SendJar(member.connection, wanted.sha256()));
        }
    }

    void prepared(Member member, long number, long now) {
        if (!owes(member, number, Member.State.PREPARING)) {
            return;
        }
        SubmittedJob job = jobs.current;
        member.state = Member.State.WORKING;
        job.attempt.owing.remove(member);
        if (job.state == SubmittedJob.State.PREPARING && job.attempt.owing.isEmpty()) {
            job.state = SubmittedJob.State.RUNNING;
            job.hasRun = true;
            job.attempt.beganNanos = now;
            job.beginsAnew();
            commands.add(job.attempt.begin(job));
            suspend(job);
        }
    }

    private boolean owes(Member member, long number, Member.State state) {
        return isCurrent(number) && jobs.current.attempt.isOwed(member, state);
    }

    private boolean isCurrent(long number) {
        return jobs.current != null && jobs.current.attempt != null && jobs.current.attempt.number == number;
    }

    // An attempt cannot go on.

    /** A worker of the current attempt is not there any more, or soon will not be. */
    void lost(Member member, String reason, long now) {
        SubmittedJob job = jobs.current;
        if (job == null || job.attempt == null) {
            return;
        }
        boolean wasOwing = job.attempt.owing.remove(member);
        if (member.isAtWork()) {
            lost(job, member.name() + " was lost: " + reason, now);
        } else if (wasOwing && job.state == SubmittedJob.State.REGROUPING) {
            await(job, job.awaited, now + regroupNanos);
        }
    }

    private void lost(SubmittedJob job, String reason, long now) {
        if (!isUnderWay(job)) {
            return;
        }
        job.losses++;
        if (job.losses > job.spec.recovery().maxRestarts()) {
            fail(new Fault(Fault.Kind.FAILURE, reason + "; " + remedy(job)), now);
            return;
        }
        commands.log(job.name() + ": " + reason);
        if (job.state == SubmittedJob.State.RUNNING) {
            commands.add(new ClusterCommand.Pause(job.number, job.attempt.number, reason));
        } else {
            tell(job, new ToClient.Notice(job.number, reason + "; the job is prepared anew"));
        }
        regroup(job, job.attempt.workers.size(), job.mayKeep(), now);
    }

    private static boolean isUnderWay(SubmittedJob job) {
        return job.state == SubmittedJob.State.PREPARING || job.state == SubmittedJob.State.RUNNING;
    }

    private static String remedy(SubmittedJob job) {
        JobSpec.Recovery recovery = job.spec.recovery();
        return recovery.maxRestarts() == 0 ? "the job can be submitted again" : "that was loss " + job.losses
            + " without a checkpoint in between, and --max-restarts is " + recovery.maxRestarts() + "; see why workers are lost, and then "
            + (recovery.hasCheckpoints() ? "go on with superstep resume" : "submit the job again");
    }

    /** A worker cannot hear another. If one of the two is gone, the master will know in a moment; until then nobody can go on anyway. */
    void lostPeer(Member member, FromMember.LostPeer lost, long now) {
        if (!isCurrent(lost.attempt()) || !isUnderWay(jobs.current) || !member.isAtWork()) {
            return;
        }
        Attempt attempt = jobs.current.attempt;
        if (attempt.complaint.isEmpty() && lost.worker() >= 0 && lost.worker() < attempt.workers.size()) {
            Member peer = attempt.workers.get(lost.worker());
            attempt.complaint = member.name() + " cannot hear " + peer.name() + ": " + lost.reason().replace(peer.address(), "it");
            attempt.complainedNanos = now;
        }
    }

    /** A worker's part cannot go on, and would not if it were tried again. */
    void failed(Member member, long number, Fault fault, long now) {
        if (isCurrent(number) && isUnderWay(jobs.current) && jobs.current.attempt.workers.contains(member)) {
            String message = fault.message();
            fail(message.contains(member.name()) ? fault
                : new Fault(fault.kind(), "on " + member.name() + ": " + message, fault.details(), fault.cause()), now);
        }
    }

    /** A worker process is about to end. Where the job is saved it can hand over first; it waits for that itself, as long as it can. */
    void leaves(Member member, String reason, long now) {
        if (!member.isAtWork()) {
            return;
        }
        SubmittedJob job = jobs.current;
        if (!job.spec.recovery().hasCheckpoints()) {
            lost(member, reason, now);
        } else if (job.state == SubmittedJob.State.PREPARING) {
            regroup(job, 1, job.mayKeep(), now);
        }
    }

    /** The run wants to go on with other workers. */
    void regroup(ClusterEvent.Regroup wanted, long now) {
        SubmittedJob job = jobs.current;
        if (isCurrent(wanted.attempt()) && job.state == SubmittedJob.State.RUNNING) {
            commands.log(job.name() + ": " + wanted.reason());
            regroup(job, 1, false, now);
        }
    }

    /** {@code keeps}: the next attempt may go on with what this one's workers have computed. */
    private void regroup(SubmittedJob job, int awaited, boolean keeps, long now) {
        job.state = SubmittedJob.State.REGROUPING;
        await(job, awaited, now + regroupNanos);
        release(job.attempt, keeps, now);
    }

    private static void await(SubmittedJob job, int awaited, long untilNanos) {
        job.awaited = awaited;
        job.awaitNanos = untilNanos;
    }

    /** Someone has joined, and others may be right behind. */
    void joined(long now) {
        SubmittedJob job = jobs.current;
        if (job != null && job.state == SubmittedJob.State.REGROUPING) {
            job.awaitNanos = Math.max(job.awaitNanos, now + regroupNanos);
        }
    }

    /** A job that ran under a master before this one. */
    void recalled(SubmittedJob job, int workers, long now) {
        jobs.begin(job);
        job.state = SubmittedJob.State.REGROUPING;
        if (job.spec.recovery().maxRestarts() == 0) {
            over(job, new ToClient.Failed(job.number, new Fault(Fault.Kind.FAILURE, "the master was started again while the job ran; it"
                + " can be submitted again")), now);
        } else {
            job.losses = 1;
            await(job, workers, now + RECALL_NANOS);
        }
    }

    // Moves on purpose, and time.

    /** What follows from all that has happened. */
    void goOn(long now) {
        SubmittedJob job = jobs.current;
        if (job == null) {
            return;
        }
        if (isUnderWay(job) && !job.attempt.complaint.isEmpty()
                && now - job.attempt.complainedNanos >= COMPLAINT_NANOS) {
            lost(job, job.attempt.complaint, now);
        }
        if (job.state == SubmittedJob.State.RUNNING && job.spec.recovery().hasCheckpoints()) {
            move(job, now);
        } else if (job.state == SubmittedJob.State.REGROUPING && (job.attempt == null || job.attempt.owing.isEmpty())) {
            List<Member> fit = members.fitFor(job.spec);
            if (!fit.isEmpty() && (fit.size() >= job.awaited || now - job.awaitNanos >= 0)) {
                prepare(job, fit, now);
            }
        }
    }

    private void move(SubmittedJob job, long now) {
        Attempt attempt = job.attempt;
        boolean wasAsked = !attempt.wish.isEmpty();
        if (wasAsked && now - attempt.askedNanos < MOVE_NANOS) {
            return;
        }
        String wish = wish(job, now);
        if (!wish.isEmpty()) {
            if (!wasAsked) {
                commands.log(job.name() + " is to go on with other workers: " + wish);
            }
            attempt.wish = wish;
            attempt.askedNanos = now;
            commands.add(new ClusterCommand.Regroup(job.number, wish));
        }
    }

    /** Why the job should go on with other workers; empty: it should not. */
    private String wish(SubmittedJob job, long now) {
        Attempt attempt = job.attempt;
        List<Member> fit = members.fitFor(job.spec);
        for (Member worker : attempt.workers) {
            if (worker.isLeaving) {
                return worker.name() + " is leaving";
            }
            if (worker.isDraining && (!fit.isEmpty() || attempt.workers.stream().anyMatch(Member::stays))) {
                return worker.name() + " is drained";
            }
        }
        boolean hasRoom = job.spec.recovery().isElastic() && attempt.workers.size() < job.mostWorkers();
        if (!hasRoom || fit.isEmpty() || now - attempt.beganNanos < MOVE_NANOS) {
            return "";
        }
        return fit.size() == 1 ? fit.get(0).name() + " has joined" : fit.size() + " workers have joined";
    }

    /** The job is to end at its next checkpoint. */
    void suspend(SubmittedJob job) {
        if (job.isSuspending && job.state == SubmittedJob.State.RUNNING) {
            commands.add(new ClusterCommand.Suspend(job.number));
        }
    }

    // What the run says.

    void told(ClusterEvent.JobTold told) {
        if (runs(told.job())) {
            tell(jobs.current, told.message());
        }
    }

    private void tell(SubmittedJob job, ToClient message) {
        job.told(message);
        commands.tellWatchers(job, message);
    }

    void advanced(ClusterEvent.Advanced advanced) {
        if (runs(advanced.job())) {
            jobs.current.advanced(advanced.superstep());
        }
    }

    void over(ClusterEvent.JobOver over, long now) {
        if (runs(over.job())) {
            over(jobs.current, over.end(), now);
        }
    }

    /** Whether this job has a run whose end nobody knows. */
    private boolean runs(long job) {
        return jobs.isCurrent(job) && jobs.current.hasRun && jobs.current.state != SubmittedJob.State.RELEASING;
    }

    // The end.

    /** The current job cannot go on, with whatever workers. */
    void fail(Fault fault, long now) {
        SubmittedJob job = jobs.current;
        if (job.state == SubmittedJob.State.BREAKING_OFF || job.state == SubmittedJob.State.RELEASING) {
            return;
        }
        if (job.hasRun) {
            job.state = SubmittedJob.State.BREAKING_OFF;
            commands.add(new ClusterCommand.BreakOff(job.number, fault));
        } else {
            over(job, new ToClient.Failed(job.number, fault), now);
        }
    }

    /** A job is over, whether its turn has come or not. */
    void over(SubmittedJob job, ToClient end, long now) {
        PastJob past = jobs.over(job, end, now);
        commands.add(new ClusterCommand.Remember(past));
        commands.tellWatchers(job, end);
        job.watchers.clear();
        commands.log(job.name() + " " + Requests.words(past.job().state()) + ": " + past.job().detail());
        if (job == jobs.current) {
            job.state = SubmittedJob.State.RELEASING;
            if (job.attempt != null) {
                release(job.attempt, false, now);
                keepNothing(job.attempt, member -> true, now);
            }
        }
        submissions.forgetJars();
    }

    /** Whoever is at work on it is told to let go of it. */
    private void release(Attempt attempt, boolean keeps, long now) {
        for (Member member : attempt.workers) {
            if (member.isAtWork() && isThere(member)) {
                // Who is about to go takes with it what it has computed.
                if (keeps && member.stays()) {
                    member.state = Member.State.KEEPING;
                    attempt.keepers.add(member);
                } else {
                    member.owes(Member.State.RELEASING, now, RELEASE_NANOS);
                }
                attempt.owing.add(member);
                commands.tell(member, new ToMember.Release(attempt.number, member.state == Member.State.KEEPING));
            }
        }
    }

    /** What has been kept of an attempt goes, where it has been, or is on the way to be. */
    private void keepNothing(Attempt attempt, Predicate<Member> ofWhom, long now) {
        for (Member member : attempt.keepers) {
            if (ofWhom.test(member) && isThere(member)) {
                if (member.state == Member.State.KEEPING) {
                    member.owes(Member.State.RELEASING, now, RELEASE_NANOS);
                }
                commands.tell(member, new ToMember.Release(attempt.number, false));
            }
        }
        attempt.keepers.removeIf(ofWhom);
    }

    private boolean isThere(Member member) {
        return members.find(member.connection) == member;
    }

    void released(Member member, long number) {
        if (owes(member, number, Member.State.RELEASING) || owes(member, number, Member.State.KEEPING)) {
            member.state = Member.State.IDLE;
            jobs.current.attempt.owing.remove(member);
        }
    }

    /** Makes room for the next job where all have let go of this one. */
    void letGo() {
        SubmittedJob job = jobs.current;
        if (job != null && job.state == SubmittedJob.State.RELEASING && (job.attempt == null || job.attempt.owing.isEmpty())) {
            commands.add(new ClusterCommand.LetGo(job.number));
            jobs.current = null;
            submissions.forgetJars();
        }
    }
}
