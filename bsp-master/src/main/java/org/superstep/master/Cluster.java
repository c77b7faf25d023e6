package org.superstep.master;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.superstep.net.Fault;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;

/**
 * The master of a cluster: who is in it, which jobs wait, which one has its turn and who works on it. A state machine without clock, input
 * and output; one thread uses it. What goes on inside a job is the {@link Coordinator}'s.
 *
 * <pre>
 *   member     event                       commands                                       next
 *   -          MemberConnected             nothing                                        JOINING
 *   JOINING    Join                        Welcome; a job may begin or go on              IDLE
 *   JOINING    Join from where a member is that member is lost; then as above             IDLE
 *   JOINING    Join that tells nonsense    Refused, Close                                 gone
 *   JOINING    anything else, or 10 s      Close                                          gone
 *   IDLE       an attempt takes it         Prepare                                        PREPARING
 *   IDLE       it is drained               Dismissed, Close                               gone
 *   PREPARING  WantsJar                    SendJar; the 60 s begin anew                   PREPARING
 *   PREPARING  Prepared                    nothing; the last one: BeginJob                WORKING
 *   PREPARING, WORKING  its attempt is over  Release                                      RELEASING
 *   PREPARING, WORKING  the same, and it may go on with what it has computed: Release     KEEPING
 *   KEEPING    Released                    nothing; the last one: a job may begin         IDLE
 *   KEEPING    its job is over             Release once more, of which nothing is kept    RELEASING
 *   RELEASING  Released                    nothing; the last one: a job may begin         IDLE
 *   PREPARING  60 s                        Close; it is lost                              gone
 *   RELEASING  30 s                        Close; it is lost                              gone
 *   any        Leaving                     its job goes on without it; it gets no other   same
 *   any        Drain                       the same, where somebody can go on             same
 *   any        Closed                      it is lost                                     gone
 *
 *   job           event                    commands                                       next
 *   -             Submit                   what {@link Submissions} says                  UPLOADING, QUEUED
 *   -             Recalled, not begun      nothing                                        QUEUED
 *   -             Recalled, begun          nothing; it is the first to go on              REGROUPING
 *   UPLOADING     Cancel                   Cancelling, Refused                            forgotten
 *   QUEUED        its turn, workers enough what {@link Attempts} says                     PREPARING
 *   QUEUED        its turn, no safe ones   Failed to watchers: TLS demanded               over
 *   QUEUED        otherwise                Waiting to watchers, where the reason is new   QUEUED
 *   QUEUED        Cancel                   Cancelling; Failed to watchers                 over
 *   PREPARING, RUNNING, REGROUPING, BREAKING_OFF, RELEASING: what {@link Attempts} says
 *   any           what clients ask         what {@link Requests} says
 *
 *   End: jobs that wait fail; the one whose turn has come is broken off; when its workers have let go of it, and after 10 s in any case,
 *   Farewell to all members, and Exit. Whoever comes or submits in the meantime is turned away.
 * </pre>
 *
 * <p>One job at a time is beyond QUEUED, and it stays in the way of the next until its workers have let go of it: memory and files of two
 * jobs never meet on a worker. Jobs take their turns in the order of their numbers; one whose jars are still on their way holds nobody up.
 *
 * <p>Whatever is said of a job or by a connection that is not known, or is said twice, or too late, is ignored: connections break at any
 * moment, and both ends learn of it at different times.
 */
public final class Cluster {
    /** So long a job waits for others in the place of workers that were lost: processes that are started again, and spare ones. */
    public static final long REGROUP_NANOS = 1_000_000_000L;
    static final long JOIN_NANOS = 10_000_000_000L;
    static final long END_NANOS = 10_000_000_000L;

    private final String version;
    private final long epoch;
    private final Commands commands = new Commands();
    private final Members members = new Members();
    private final Set<Long> clients = new HashSet<>();
    private final Jobs jobs;
    private final Submissions submissions;
    private final Attempts attempts;
    private final Requests requests;
    /** Why the master ends; null: it does not. */
    private String ending;
    private long endNanos;
    private boolean hasEnded;

    private long now;

    /**
     * A cluster without members and jobs.
     *
     * @param version which Superstep the master is
     * @param epoch the master's
     * @param originMillis what the time of day was, in milliseconds of the epoch, when the clock of {@link #on} showed 0
     * @param regroupNanos how long a job waits for others in the place of workers that were lost, usually {@link #REGROUP_NANOS}
     */
    public Cluster(String version, long epoch, long originMillis, long regroupNanos) {
        this.version = version;
        this.epoch = epoch;
        jobs = new Jobs(originMillis);
        submissions = new Submissions(jobs, clients, commands);
        attempts = new Attempts(jobs, members, submissions, commands, regroupNanos);
        requests = new Requests(jobs, members, submissions, attempts, commands);
    }

    /** Takes what has happened and says what is to be done; {@code nanos} is a clock's that never goes back. */
    public List<ClusterCommand> on(ClusterEvent event, long nanos) {
        now = nanos;
        if (hasEnded) {
            return List.of();
        }
        if (event instanceof ClusterEvent.JobTold told) {
            // By far the most frequent, and nothing else follows from it.
            attempts.told(told);
        } else {
            take(event);
            attempts.goOn(now);
            attempts.letGo();
            dismiss();
            schedule();
            exit();
        }
        return commands.take();
    }

    private void take(ClusterEvent event) {
        if (event instanceof ClusterEvent.Recalled recalled) {
            recall(recalled);
        } else if (event instanceof ClusterEvent.MemberConnected connected) {
            memberConnected(connected);
        } else if (event instanceof ClusterEvent.ClientConnected connected) {
            clients.add(connected.connection());
        } else if (event instanceof ClusterEvent.MemberSaid said) {
            memberSaid(said);
        } else if (event instanceof ClusterEvent.ClientSaid said) {
            clientSaid(said);
        } else if (event instanceof ClusterEvent.Closed closed) {
            closed(closed);
        } else if (event instanceof ClusterEvent.JarStored stored) {
            submissions.jarStored(stored.sha256());
        } else if (event instanceof ClusterEvent.JarSpoilt spoilt) {
            submissions.jarSpoilt(spoilt);
        } else if (event instanceof ClusterEvent.Advanced advanced) {
            attempts.advanced(advanced);
        } else if (event instanceof ClusterEvent.Regroup wanted) {
            attempts.regroup(wanted, now);
        } else if (event instanceof ClusterEvent.JobOver over) {
            attempts.over(over, now);
        } else if (event instanceof ClusterEvent.Tick) {
            tick();
        } else if (event instanceof ClusterEvent.End end) {
            end(end.reason());
        } else {
            throw new AssertionError("an event that no cluster knows: " + event);
        }
    }

    // Members.

    private void memberConnected(ClusterEvent.MemberConnected connected) {
        if (ending != null) {
            farewell(connected.connection());
            return;
        }
        var member = new Member(connected.connection(), connected.isSafe());
        member.owes(Member.State.JOINING, now, JOIN_NANOS);
        members.add(member);
    }

    private void memberSaid(ClusterEvent.MemberSaid said) {
        Member member = members.find(said.connection());
        if (member == null) {
            return;
        }
        member.heardNanos = now;
        FromMember message = said.message();
        if (message instanceof FromMember.Join join) {
            join(member, join);
        } else if (!member.hasJoined()) {
            close(member, "a worker has to join first");
        } else if (message instanceof FromMember.Leaving leaving) {
            member.isLeaving = true;
            attempts.leaves(member, leaving.reason(), now);
        } else if (message instanceof FromMember.WantsJar wanted) {
            attempts.wantsJar(member, wanted, now);
        } else if (message instanceof FromMember.Prepared prepared) {
            attempts.prepared(member, prepared.attempt(), now);
        } else if (message instanceof FromMember.Released released) {
            attempts.released(member, released.attempt());
        } else if (message instanceof FromMember.LostPeer lost) {
            attempts.lostPeer(member, lost, now);
        } else if (message instanceof FromMember.Says says && says.message() instanceof ToMaster.Failed failed) {
            attempts.failed(member, says.attempt(), failed.fault(), now);
        }
    }

    private void join(Member member, FromMember.Join join) {
        if (member.hasJoined()) {
            return;
        }
        if (join.host().isBlank() || join.port() < 1 || join.port() > 65_535 || join.threads() < 1) {
            commands.tell(member, new ToMember.Refused("a worker needs an address where others reach it, and at least 1 thread; was \""
                + join.host() + "\", port " + join.port() + ", " + join.threads() + " threads"));
            close(member, "it told nonsense of itself");
            return;
        }
        // One process listens at an address: who joins from there has lost its connection, and the master did not notice yet.
        members.joinedFrom(join).ifPresent(other -> close(other, "it has joined anew"));
        member.number = members.nextNumber();
        member.self = join;
        member.state = Member.State.IDLE;
        commands.tell(member, new ToMember.Welcome(member.number, epoch));
        commands.log(member.name() + " has joined: " + join.threads() + (join.threads() == 1 ? " thread, " : " threads, ")
            + join.memoryBytes() / 1_000_000 + " MB");
        attempts.joined(now);
    }

    private void closed(ClusterEvent.Closed closed) {
        if (clients.remove(closed.connection())) {
            jobs.unended().forEach(job -> job.watchers.remove(closed.connection()));
            submissions.clientGone(closed.connection());
        }
        Member member = members.find(closed.connection());
        if (member != null) {
            gone(member, closed.reason());
        }
    }

    private void close(Member member, String reason) {
        commands.add(new ClusterCommand.Close(member.connection, reason));
        gone(member, reason);
    }

    private void gone(Member member, String reason) {
        members.remove(member);
        if (member.hasJoined()) {
            commands.log(member.name() + " is gone: " + reason);
        }
        attempts.lost(member, reason, now);
    }

    /** Who is drained and holds nothing any more may go. */
    private void dismiss() {
        for (Member member : members.joined()) {
            if (member.isDraining && member.state == Member.State.IDLE) {
                commands.tell(member, new ToMember.Dismissed());
                commands.add(new ClusterCommand.Close(member.connection, "it was drained"));
                commands.log(member.name() + " was drained, and may end");
                members.remove(member);
            }
        }
    }

    // Clients.

    private void clientSaid(ClusterEvent.ClientSaid said) {
        long client = said.connection();
        if (!clients.contains(client)) {
            return;
        }
        FromClient message = said.message();
        if (message instanceof FromClient.Submit submit) {
            submit(client, submit);
        } else if (message instanceof FromClient.Attach attach) {
            requests.attach(client, attach.job());
        } else if (message instanceof FromClient.Cancel cancel) {
            requests.cancel(client, cancel.job(), now);
        } else if (message instanceof FromClient.Suspend suspend) {
            requests.suspend(client, suspend.job());
        } else if (message instanceof FromClient.Drain drain) {
            requests.drain(client, drain.member());
        } else if (message instanceof FromClient.AskStatus) {
            tell(client, status());
        } else if (message instanceof FromClient.AskJobs) {
            tell(client, new ToClient.Jobs(jobs.shown(now)));
        }
    }

    private ToClient.Status status() {
        SubmittedJob current = jobs.current;
        String job = current == null ? "" : "job " + current.number;
        boolean runs = current != null && current.state != SubmittedJob.State.RELEASING;
        return new ToClient.Status(version, members.joined().stream().map(member -> member.shown(job, now)).toList(),
            runs ? jobs.shown(current, now) : null, jobs.waiting().stream().map(queued -> jobs.shown(queued, now)).toList());
    }

    private void submit(long client, FromClient.Submit submit) {
        Long known = jobs.number(submit.token());
        if (known == null && ending != null) {
            tell(client, new ToClient.Refused(new Fault(Fault.Kind.FAILURE, "the master ends: " + ending)));
        } else if (known == null) {
            submissions.submit(client, submit, members.joined(), now);
        } else if (!submissions.hasGoneOn(client, known, submit.detached())) {
            if (submit.detached()) {
                tell(client, new ToClient.Accepted(known));
            } else {
                requests.attach(client, known);
            }
        }
    }

    // Jobs.

    private void recall(ClusterEvent.Recalled recalled) {
        jobs.recall(recalled.lastJob(), recalled.lastAttempt());
        recalled.past().forEach(jobs::recall);
        recalled.jars().forEach(submissions::recallJar);
        // All are known before any is over, so that no jar is forgotten that another needs.
        List<SubmittedJob> known = recalled.jobs().stream().map(kept -> jobs.recall(kept, now)).toList();
        for (int i = 0; i < known.size(); i++) {
            SubmittedJob job = known.get(i);
            ClusterEvent.RecalledJob kept = recalled.jobs().get(i);
            Optional<JobSpec.Jar> missing = job.spec.jars().stream().filter(jar -> !recalled.jars().contains(jar.sha256())).findFirst();
            if (missing.isPresent()) {
                attempts.over(job, new ToClient.Failed(job.number, new Fault(Fault.Kind.FAILURE, "the master was started again, and "
                    + missing.get().name() + " is not there any more; the job can be submitted again")), now);
            } else if (kept.attempts() > 0 && jobs.current == null) {
                attempts.recalled(job, kept.workers(), now);
            }
        }
        submissions.forgetJars();
    }

    private void schedule() {
        if (ending != null) {
            return;
        }
        boolean isBlocked = false;
        while (jobs.current == null && !isBlocked) {
            Optional<SubmittedJob> next = jobs.next();
            isBlocked = next.isEmpty() || !hasBegun(next.get());
        }
        tellReasons();
    }

    /** Begins the job, or ends it if it can never begin; false: it has to wait. */
    private boolean hasBegun(SubmittedJob job) {
        Optional<Fault> unsafe = Members.unsafe(job.spec, members.free());
        if (unsafe.isPresent()) {
            attempts.over(job, new ToClient.Failed(job.number, unsafe.get()), now);
            return true;
        }
        List<Member> fit = members.fitFor(job.spec);
        if (fit.size() < job.leastWorkers()) {
            return false;
        }
        attempts.begin(job, fit, now);
        return true;
    }

    private void tellReasons() {
        int ahead = 0;
        long first = 0;
        if (jobs.current != null) {
            ahead = 1;
            first = jobs.current.number;
            if (isStranded(jobs.current)) {
                waits(jobs.current, workersMissing(0, 1));
            }
        }
        for (SubmittedJob job : jobs.waiting()) {
            waits(job, reason(job, ahead, first));
            if (job.state == SubmittedJob.State.QUEUED) {
                ahead++;
                first = first == 0 ? job.number : first;
            }
        }
    }

    private boolean isStranded(SubmittedJob job) {
        return job.state == SubmittedJob.State.REGROUPING && (job.attempt == null || job.attempt.owing.isEmpty())
            && members.fitFor(job.spec).isEmpty();
    }

    private void waits(SubmittedJob job, String reason) {
        if (!reason.equals(job.waiting)) {
            job.waiting = reason;
            commands.tellWatchers(job, new ToClient.Waiting(job.number, reason));
        }
    }

    private String reason(SubmittedJob job, int ahead, long first) {
        if (job.state == SubmittedJob.State.UPLOADING) {
            return "waiting for jars";
        }
        if (ahead > 0) {
            return ahead == 1 ? "waiting for job " + first + " to end" : "waiting for " + ahead + " jobs to end";
        }
        return workersMissing(members.fitFor(job.spec).size(), job.leastWorkers());
    }

    private static String workersMissing(int there, int needed) {
        return "waiting for workers: " + there + " of " + needed + (there == 1 ? " is there" : " are there");
    }

    // Time, and the end of it.

    private void tick() {
        for (Member member : members.all()) {
            if (member.isLate(now)) {
                close(member, switch (member.state) {
                    case JOINING -> "it has not joined within " + seconds(JOIN_NANOS);
                    case PREPARING -> "it has not prepared the job within " + seconds(Attempts.PREPARE_NANOS);
                    case RELEASING -> "it has not let go of the job within " + seconds(Attempts.RELEASE_NANOS);
                    case IDLE, WORKING, KEEPING -> throw new AssertionError(member.name() + " owes nothing");
                });
            }
        }
    }

    private static String seconds(long nanos) {
        return nanos / 1_000_000_000L + " s";
    }

    private void end(String reason) {
        if (ending != null) {
            return;
        }
        ending = reason;
        endNanos = now + END_NANOS;
        var fault = new Fault(Fault.Kind.FAILURE, "the master ends: " + reason + "; the job can be submitted again");
        for (SubmittedJob job : jobs.waiting()) {
            if (job.state == SubmittedJob.State.UPLOADING) {
                submissions.forget(job, fault);
            } else {
                attempts.over(job, new ToClient.Failed(job.number, fault), now);
            }
        }
        if (jobs.current != null) {
            attempts.fail(fault, now);
        }
    }

    private void exit() {
        if (ending == null || jobs.current != null && now - endNanos < 0) {
            return;
        }
        if (jobs.current != null && jobs.current.state != SubmittedJob.State.RELEASING) {
            attempts.over(jobs.current, new ToClient.Failed(jobs.current.number, new Fault(Fault.Kind.FAILURE, "the master ends: " + ending
                + ", and the job did not end in time")), now);
        }
        for (Member member : members.all()) {
            farewell(member.connection);
            members.remove(member);
        }
        commands.log("the master ends: " + ending);
        commands.add(new ClusterCommand.Exit());
        hasEnded = true;
    }

    private void farewell(long connection) {
        commands.add(new ClusterCommand.TellMember(connection, new ToMember.Farewell(ending)));
        commands.add(new ClusterCommand.Close(connection, "the master ends: " + ending));
    }

    private void tell(long client, ToClient message) {
        commands.tell(client, message);
    }
}
