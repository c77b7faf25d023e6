package org.superstep.master;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.superstep.net.Fault;
import org.superstep.net.FromClient;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;

/**
 * How jobs come into the queue: what is refused, and how the jars come that the master lacks. A part of {@link Cluster}, which goes on
 * where a job is in the queue.
 *
 * <pre>
 *   job        event                  commands                                       next
 *   -          Submit, token known    as if it were the first time, or as Attach     same
 *   -          Submit, impossible     Refused: same output as another job, queue full, TLS demanded
 *   -          Submit, jars missing   WantsJar for each                              UPLOADING
 *   -          Submit                 Keep, Accepted                                 QUEUED
 *   UPLOADING  last JarStored         Keep, Accepted                                 QUEUED
 *   UPLOADING  JarSpoilt              Refused                                        forgotten
 *   UPLOADING  its client is gone     Refused to those who have attached             forgotten
 * </pre>
 */
final class Submissions {
    static final int MOST_QUEUED = 1_000;

    private final Jobs jobs;
    private final Commands commands;
    private final Set<Long> clients;
    private final JarShelf jars = new JarShelf();

    /** Puts jobs among these, of these clients, who are the cluster's to keep. */
    Submissions(Jobs jobs, Set<Long> clients, Commands commands) {
        this.jobs = jobs;
        this.clients = clients;
        this.commands = commands;
    }

    /** Takes a job that was not submitted before, or refuses it; {@code members} are those that have joined. */
    void submit(long client, FromClient.Submit submit, Collection<Member> members, long nanos) {
        Optional<Fault> refusal = refusal(submit.spec(), members);
        if (refusal.isPresent()) {
            commands.tell(client, new ToClient.Refused(refusal.get()));
            return;
        }
        SubmittedJob job = jobs.add(submit.token(), submit.spec(), client, nanos);
        if (!submit.detached()) {
            job.watchers.add(client);
        }
        submit.spec().jars().stream().map(JobSpec.Jar::sha256).filter(jar -> !jars.has(jar)).forEach(job.missingJars::add);
        askForJars(job);
        queueIfComplete(job);
    }

    private Optional<Fault> refusal(JobSpec spec, Collection<Member> members) {
        if (spec.workers() < 0 || spec.threads() < 0) {
            return Optional.of(new Fault(Fault.Kind.INPUT, "workers and threads must be at least 0, were " + spec.workers() + " and "
                + spec.threads()));
        }
        if (jobs.waiting().size() >= MOST_QUEUED) {
            return Optional.of(new Fault(Fault.Kind.FAILURE, MOST_QUEUED + " jobs wait already, the most there may be; submit it later"));
        }
        for (SubmittedJob other : jobs.unended()) {
            String output = other.outputSharedWith(spec);
            if (output != null) {
                return Optional.of(new Fault(Fault.Kind.INPUT, output + " is written by " + other.name()
                    + " already; wait for its end, or choose another output"));
            }
        }
        return Members.unsafe(spec, members);
    }

    /** Goes on with a job that the client submits once more, if its jars are still on their way; false: they are not. */
    boolean hasGoneOn(long client, long number, boolean detached) {
        Optional<SubmittedJob> found = jobs.unended(number).filter(job -> job.state == SubmittedJob.State.UPLOADING);
        found.ifPresent(job -> {
            // The connection over which it was submitted is broken, or soon will be.
            jars.giveAll(job.submitter);
            job.submitter = client;
            if (!detached) {
                job.watchers.add(client);
            }
            askForJars(job);
        });
        return found.isPresent();
    }

    private void askForJars(SubmittedJob job) {
        for (String jar : job.missingJars) {
            if (jars.ask(jar, job.submitter)) {
                commands.tell(job.submitter, new ToClient.WantsJar(jar));
            }
        }
    }

    void jarStored(String sha256) {
        jars.store(sha256);
        for (SubmittedJob job : jobs.waiting()) {
            if (job.missingJars.remove(sha256)) {
                queueIfComplete(job);
            }
        }
        forgetJars();
    }

    private void queueIfComplete(SubmittedJob job) {
        if (job.state == SubmittedJob.State.UPLOADING && job.missingJars.isEmpty()) {
            job.state = SubmittedJob.State.QUEUED;
            commands.add(new ClusterCommand.Keep(job.number, job.token, job.spec, jobs.submittedMillis(job)));
            commands.tell(job.submitter, new ToClient.Accepted(job.number));
            commands.log(job.name() + " is in the queue");
        }
    }

    void jarSpoilt(ClusterEvent.JarSpoilt spoilt) {
        jars.give(spoilt.sha256(), spoilt.connection());
        for (SubmittedJob job : jobs.waiting()) {
            if (job.submitter == spoilt.connection() && job.missingJars.contains(spoilt.sha256())) {
                forget(job, new Fault(Fault.Kind.INPUT, spoilt.reason()));
            }
        }
        jars.giveAll(spoilt.connection());
        jobs.waiting().forEach(this::askForJars);
    }

    void clientGone(long client) {
        jars.giveAll(client);
        for (SubmittedJob job : jobs.waiting()) {
            if (job.submitter == client && job.state == SubmittedJob.State.UPLOADING) {
                forget(job, new Fault(Fault.Kind.FAILURE, "who submitted " + job.name() + " went away before its jars had come"));
            }
        }
        jobs.waiting().forEach(this::askForJars);
    }

    /** A job whose jars will not come: as if it had never been submitted. */
    void forget(SubmittedJob job, Fault why) {
        jobs.forget(job);
        job.watchers.add(job.submitter);
        job.watchers.removeIf(watcher -> !clients.contains(watcher));
        commands.tellWatchers(job, new ToClient.Refused(why));
        commands.log(job.name() + " is refused: " + why.message());
        forgetJars();
    }

    /** The jar lies here since before this master began. */
    void recallJar(String sha256) {
        jars.store(sha256);
    }

    boolean hasJar(String sha256) {
        return jars.has(sha256);
    }

    /** Lets go of the jars that no job needs any more. */
    void forgetJars() {
        for (String jar : jars.all()) {
            if (!jobs.needJar(jar)) {
                jars.forget(jar);
                commands.add(new ClusterCommand.ForgetJar(jar));
            }
        }
    }
}
