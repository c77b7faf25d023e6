package org.superstep.master;

import java.util.Optional;
import org.superstep.net.Fault;
import org.superstep.net.ToClient;

/**
 * What clients want of jobs that were submitted, and of workers. A part of {@link Cluster}.
 *
 * <pre>
 *   what is asked                        answer                                  what follows
 *   Attach to a job that is not over     Accepted, what was missed               the client watches it
 *   Attach to one that is over           Accepted, its end
 *   Cancel UPLOADING                     Cancelling                              as if it had never been submitted
 *   Cancel QUEUED                        Cancelling                              it is over
 *   Cancel another that is not over      Cancelling                              it is broken off
 *   Suspend one that is saved, and whose turn has come, and that is not broken off: Suspending; {@link Attempts} goes on
 *   Drain a member                       Draining                                it gets no other part; Dismissed when it holds none
 *   any of something else                Refused, with what can be done
 * </pre>
 */
final class Requests {
    private final Jobs jobs;
    private final Members members;
    private final Submissions submissions;
    private final Attempts attempts;
    private final Commands commands;

    /** Of these jobs and members. */
    Requests(Jobs jobs, Members members, Submissions submissions, Attempts attempts, Commands commands) {
        this.jobs = jobs;
        this.members = members;
        this.submissions = submissions;
        this.attempts = attempts;
        this.commands = commands;
    }

    void attach(long client, long number) {
        Optional<SubmittedJob> job = jobs.unended(number);
        Optional<PastJob> over = jobs.past(number);
        if (job.isPresent()) {
            commands.tell(client, new ToClient.Accepted(number));
            job.get().missed().forEach(message -> commands.tell(client, message));
            job.get().watchers.add(client);
        } else if (over.isPresent()) {
            commands.tell(client, new ToClient.Accepted(number));
            commands.tell(client, over.get().end());
        } else {
            refuse(client, jobs.unknown(number));
        }
    }

    void cancel(long client, long number, long now) {
        Optional<SubmittedJob> found = unended(client, number);
        if (found.isEmpty()) {
            return;
        }
        SubmittedJob job = found.get();
        commands.tell(client, new ToClient.Cancelling(number));
        var fault = new Fault(Fault.Kind.CANCELLED, "job " + number + " was cancelled");
        if (job == jobs.current) {
            job.isCancelled |= job.state != SubmittedJob.State.BREAKING_OFF;
            attempts.fail(fault, now);
        } else if (job.state == SubmittedJob.State.UPLOADING) {
            submissions.forget(job, fault);
        } else {
            job.isCancelled = true;
            attempts.over(job, new ToClient.Failed(number, fault), now);
        }
    }

    void suspend(long client, long number) {
        Optional<SubmittedJob> found = unended(client, number);
        if (found.isEmpty()) {
            return;
        }
        SubmittedJob job = found.get();
        if (job != jobs.current) {
            refuse(client, "job " + number + " has not begun, so that there is nothing to save; end it with superstep cancel " + number);
        } else if (job.state == SubmittedJob.State.BREAKING_OFF) {
            refuse(client, "job " + number + " is broken off already");
        } else if (!job.spec.recovery().hasCheckpoints()) {
            refuse(client, "job " + number + " is not saved; submit it with --checkpoint-dir, so that it can go on later, or end it with"
                + " superstep cancel " + number);
        } else {
            commands.tell(client, new ToClient.Suspending(number));
            if (!job.isSuspending) {
                job.isSuspending = true;
                attempts.suspend(job);
            }
        }
    }

    /** The job, if nobody knows its end yet; where somebody does, or there is none, the client is told so. */
    private Optional<SubmittedJob> unended(long client, long number) {
        Optional<SubmittedJob> found = jobs.unended(number);
        if (found.isEmpty()) {
            refuse(client, jobs.past(number).map(past -> "job " + number + " is over already: it " + words(past.job().state()))
                .orElseGet(() -> jobs.unknown(number)));
        }
        return found;
    }

    void drain(long client, int number) {
        Optional<Member> found = members.numbered(number);
        if (found.isEmpty()) {
            refuse(client, "there is no worker " + number + " in the cluster; superstep status lists those that there are");
            return;
        }
        commands.tell(client, new ToClient.Draining(number));
        Member member = found.get();
        if (!member.isDraining) {
            member.isDraining = true;
            commands.log(member.name() + " is drained" + (member.isAtWork() && !jobs.current.spec.recovery().hasCheckpoints()
                ? " when " + jobs.current.name() + ", which is not saved, is over" : ""));
        }
    }

    private void refuse(long client, String reason) {
        commands.tell(client, new ToClient.Refused(new Fault(Fault.Kind.INPUT, reason)));
    }

    /** What has become of a job, behind its name. */
    static String words(ToClient.JobState state) {
        return switch (state) {
            case QUEUED -> "waits";
            case PREPARING -> "is being prepared";
            case RUNNING -> "runs";
            case DONE -> "has ended well";
            case FAILED -> "has failed";
            case CANCELLED -> "was cancelled";
            case SUSPENDED -> "was suspended";
        };
    }
}
