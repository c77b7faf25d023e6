package org.superstep.master;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.superstep.net.JobSpec;
import org.superstep.net.ToMember;

/**
 * What a fixed set of members does of a job, from when they are told to prepare it until the last of them has let go of it.
 * {@link Attempts} alone writes to it.
 */
final class Attempt {
    /** From 1; no other attempt of this master, or of those before it whose jobs it has recalled, has it. */
    final long number;
    /** Which of its job's attempts it is, from 1. */
    final int ordinal;
    /** By worker; those that are lost stand here too. */
    final List<Member> workers;
    /** Of the workers, those that have not answered what they were told last, and are still there. */
    final Set<Member> owing = new LinkedHashSet<>();
    /** Of the workers, those that have been told to keep what they have computed, whether they have done so or are at it. */
    final Set<Member> keepers = new LinkedHashSet<>();
    /** When it was told to run. */
    long beganNanos;
    /** Why the run has been asked to go on with other workers; empty: it has not. */
    String wish = "";
    /** When it was asked last. */
    long askedNanos;
    /** Which workers do not hear each other, in one line; empty: nobody has complained. */
    String complaint = "";
    /** When the first has complained. */
    long complainedNanos;

    Attempt(long number, int ordinal, List<Member> workers) {
        this.number = number;
        this.ordinal = ordinal;
        this.workers = List.copyOf(workers);
        owing.addAll(workers);
    }

    /** Whether it is this member's turn to answer something about this attempt. */
    boolean isOwed(Member member, Member.State state) {
        return member.state == state && owing.contains(member);
    }

    ToMember.Prepare prepare(SubmittedJob job, int worker) {
        return new ToMember.Prepare(number, job.number, ordinal, job.spec, worker, threads(job.spec, workers.get(worker)),
            workers.stream().map(Member::peer).toList());
    }

    ClusterCommand.BeginJob begin(SubmittedJob job) {
        return new ClusterCommand.BeginJob(job.number, number, ordinal, job.spec, workers.stream().map(worker -> new ClusterCommand.Worker(
            worker.connection, worker.number, worker.address(), threads(job.spec, worker), worker.self.memoryBytes())).toList());
    }

    private int threads(JobSpec spec, Member member) {
        return spec.threads() == 0 ? member.self.threads() : Math.max(1, spec.threads() / workers.size());
    }
}
