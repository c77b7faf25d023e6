package org.superstep.master;

import java.util.ArrayList;
import java.util.Comparator;
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
 * The master of a cluster: who is in it, which jobs wait, which one runs and who works on it. A state machine without clock, input and
 * output; one thread uses it. What goes on inside a job is the {@link Coordinator}'s.
 *
 * <pre>
 *   member     event                       commands                                       next
 *   -          MemberConnected             nothing                                        JOINING
 *   JOINING    Join                        Welcome; a job may begin                       IDLE
 *   JOINING    Join from where a member is that member is lost; then as above             IDLE
 *   JOINING    Join that tells nonsense    Refused, Close                                 gone
 *   JOINING    anything else, or 10 s      Close                                          gone
 *   IDLE       a job takes it              Prepare                                        PREPARING
 *   PREPARING  WantsJar                    SendJar; the 60 s begin anew                   PREPARING
 *   PREPARING  Prepared                    nothing; the last one: BeginJob                WORKING
 *   PREPARING, WORKING  its job is over    Release                                        RELEASING
 *   RELEASING  Released                    nothing; the last one: a job may begin         IDLE
 *   PREPARING  60 s                        Close; it is lost                              gone
 *   RELEASING  30 s                        Close; it is lost                              gone
 *   any        Leaving                     its job fails; it gets no other                same
 *   any        Closed                      it is lost: its job fails                      gone
 *
 *   job           event                    commands                                       next
 *   -             Submit                   what {@link Submissions} says                  UPLOADING, QUEUED
 *   UPLOADING     Cancel                   Cancelling, Refused                            forgotten
 *   QUEUED        its turn, workers enough Prepare to each                                PREPARING
 *   QUEUED        its turn, no safe ones   Failed to watchers: TLS demanded               over
 *   QUEUED        otherwise                Waiting to watchers, where the reason is new   QUEUED
 *   PREPARING     last Prepared            BeginJob                                       RUNNING
 *   PREPARING     Failed, a worker lost    Failed to watchers; Release to each            RELEASING
 *   RUNNING       a worker lost            BreakOff                                       BREAKING_OFF
 *   RUNNING       Failed, said too early for the run to hear it: BreakOff                 BREAKING_OFF
 *   RUNNING, BREAKING_OFF  JobTold         to watchers                                    same
 *   RUNNING, BREAKING_OFF  JobOver         its end to watchers; Release to each           RELEASING
 *   RELEASING     last Released, or lost   LetGo; the next job may begin                  over
 *   QUEUED, PREPARING  Cancel              Cancelling; as if it had failed                over, RELEASING
 *   RUNNING       Cancel                   Cancelling, BreakOff                           BREAKING_OFF
 *   BREAKING_OFF  Cancel                   Cancelling                                     same
 *   over          Cancel                   Refused
 *   UPLOADING to BREAKING_OFF  Attach      Accepted, what was missed, and all that comes  same
 *   over          Attach                   Accepted, the end
 *
 *   End: jobs that wait fail; the one that runs is broken off; when its workers have let go of it, and after 10 s in any case, Farewell to
 *   all members, and Exit. Whoever comes or submits in the meantime is turned away.
 * </pre>
 *
 * <p>One job at a time is beyond QUEUED, and it stays in the way of the next until its workers have let go of it: memory and files of two
 * jobs never meet on a worker. Jobs take their turns in the order of their numbers; one whose jars are still on their way holds nobody up.
 *
 * <p>Whatever is said of a job or by a connection that is not known, or is said twice, or too late, is ignored: connections break at any
 * moment, and both ends learn of it at different times.
 */
public final class Cluster {
    static final long JOIN_NANOS = 10_000_000_000L;
    static final long PREPARE_NANOS = 60_000_000_000L;
    static final long RELEASE_NANOS = 30_000_000_000L;
    static final long END_NANOS = 10_000_000_000L;

    private final String version;
    private final long epoch;
    private final Commands commands = new Commands();
    private final Members members = new Members();
    private final Set<Long> clients = new HashSet<>();
    private final Jobs jobs;
    private final Submissions submissions;
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
     */
    public Cluster(String version, long epoch, long originMillis) {
        this.version = version;
        this.epoch = epoch;
        jobs = new Jobs(originMillis);
        submissions = new Submissions(jobs, clients, commands);
    }

    /** Takes what has happened and says what is to be done; {@code nanos} is a clock's that never goes back. */
    public List<ClusterCommand> on(ClusterEvent event, long nanos) {
        now = nanos;
        if (hasEnded) {
            return List.of();
        }
        if (event instanceof ClusterEvent.JobTold told) {
            // By far the most frequent, and nothing else follows from it.
            told(told);
        } else {
            take(event);
            letGo();
            schedule();
            exit();
        }
        return commands.take();
    }

    private void take(ClusterEvent event) {
        if (event instanceof ClusterEvent.MemberConnected connected) {
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
        } else if (event instanceof ClusterEvent.JobOver over) {
            jobOver(over);
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
            leaving(member, leaving.reason());
        } else if (message instanceof FromMember.WantsJar wanted) {
            if (owes(member, wanted.attempt(), Member.State.PREPARING) && jobs.current.needsJar(wanted.sha256())
                    && submissions.hasJar(wanted.sha256())) {
                member.owes(Member.State.PREPARING, now, PREPARE_NANOS);
                commands.add(new ClusterCommand.SendJar(member.connection, wanted.sha256()));
            }
        } else if (message instanceof FromMember.Prepared prepared) {
            if (owes(member, prepared.attempt(), Member.State.PREPARING)) {
                prepared(member);
            }
        } else if (message instanceof FromMember.Released released) {
            if (owes(member, released.attempt(), Member.State.RELEASING)) {
                member.state = Member.State.IDLE;
                jobs.current.owing.remove(member);
            }
        } else if (message instanceof FromMember.Says says && says.message() instanceof ToMaster.Failed failed) {
            if (jobs.isCurrent(says.attempt()) && jobs.current.workers.contains(member)) {
                failed(named(failed.fault(), member));
            }
        }
    }

    private static Fault named(Fault fault, Member member) {
        String message = fault.message();
        return message.contains(member.name()) ? fault
            : new Fault(fault.kind(), "on " + member.name() + ": " + message, fault.details(), fault.cause());
    }

    private boolean owes(Member member, long job, Member.State state) {
        return member.state == state && jobs.isCurrent(job);
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
    }

    private void prepared(Member member) {
        SubmittedJob job = jobs.current;
        member.state = Member.State.WORKING;
        job.owing.remove(member);
        if (job.owing.isEmpty()) {
            job.state = SubmittedJob.State.RUNNING;
            var workers = new ArrayList<ClusterCommand.Worker>();
            for (Member worker : job.workers) {
                workers.add(new ClusterCommand.Worker(worker.connection, worker.number, worker.address(),
                    threads(job.spec, job.workers.size(), worker), worker.self.memoryBytes()));
            }
            commands.add(new ClusterCommand.BeginJob(job.number, job.spec, workers));
        }
    }

    private void leaving(Member member, String reason) {
        member.isLeaving = true;
        if (isAtWork(member)) {
            failed(lost(member, reason));
        }
    }

    private boolean isAtWork(Member member) {
        return member.state == Member.State.PREPARING || member.state == Member.State.WORKING;
    }

    private static Fault lost(Member member, String reason) {
        return new Fault(Fault.Kind.FAILURE, member.name() + " was lost: " + reason + "; the job can be submitted again");
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
        boolean wasAtWork = isAtWork(member);
        if (jobs.current != null) {
            jobs.current.owing.remove(member);
        }
        if (wasAtWork) {
            failed(lost(member, reason));
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
            attach(client, attach.job());
        } else if (message instanceof FromClient.Cancel cancel) {
            cancel(client, cancel.job());
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
        return new ToClient.Status(version, epoch, members.joined().stream().map(member -> member.shown(job, now)).toList(),
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
                attach(client, known);
            }
        }
    }

    private void attach(long client, long number) {
        Optional<SubmittedJob> job = jobs.unended(number);
        Optional<PastJobs.Past> over = jobs.past(number);
        if (job.isPresent()) {
            tell(client, new ToClient.Accepted(number));
            job.get().missed().forEach(message -> tell(client, message));
            job.get().watchers.add(client);
        } else if (over.isPresent()) {
            tell(client, new ToClient.Accepted(number));
            tell(client, over.get().end());
        } else {
            tell(client, unknown(number));
        }
    }

    private void cancel(long client, long number) {
        Optional<SubmittedJob> found = jobs.unended(number);
        if (found.isEmpty()) {
            tell(client, jobs.past(number).map(PastJobs.Past::job).<ToClient>map(job -> new ToClient.Refused(new Fault(Fault.Kind.INPUT,
                "job " + number + " is over already: it " + words(job.state())))).orElseGet(() -> unknown(number)));
            return;
        }
        SubmittedJob job = found.get();
        tell(client, new ToClient.Cancelling(number));
        var fault = new Fault(Fault.Kind.CANCELLED, "job " + number + " was cancelled");
        if (job == jobs.current) {
            job.isCancelled |= job.state != SubmittedJob.State.BREAKING_OFF;
            failed(fault);
        } else if (job.state == SubmittedJob.State.UPLOADING) {
            submissions.forget(job, fault);
        } else {
            job.isCancelled = true;
            over(job, new ToClient.Failed(number, fault));
        }
    }

    private static String words(ToClient.JobState state) {
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

    private ToClient unknown(long number) {
        return new ToClient.Refused(new Fault(Fault.Kind.INPUT, jobs.unknown(number)));
    }

    // Jobs.

    private void schedule() {
        boolean isBlocked = false;
        while (jobs.current == null && ending == null && !isBlocked) {
            Optional<SubmittedJob> next = jobs.next();
            isBlocked = next.isEmpty() || !hasBegun(next.get());
        }
        tellReasons();
    }

    /** Begins the job, or ends it if it can never begin; false: it has to wait. */
    private boolean hasBegun(SubmittedJob job) {
        Optional<Fault> unsafe = Members.unsafe(job.spec, members.free());
        if (unsafe.isPresent()) {
            over(job, new ToClient.Failed(job.number, unsafe.get()));
            return true;
        }
        List<Member> fit = members.fitFor(job.spec);
        if (fit.size() < job.leastWorkers()) {
            return false;
        }
        jobs.begin(job);
        job.workers = fit.stream()
            .sorted(Comparator.<Member>comparingInt(member -> -member.self.threads()).thenComparingInt(member -> member.number))
            .limit(job.spec.workers() == 0 ? fit.size() : job.spec.workers())
            .sorted(Comparator.comparingInt(member -> member.number)).toList();
        job.state = SubmittedJob.State.PREPARING;
        job.beganNanos = now;
        job.waiting = "";
        List<ToMember.Peer> peers = job.workers.stream().map(Member::peer).toList();
        for (int worker = 0; worker < peers.size(); worker++) {
            Member member = job.workers.get(worker);
            member.owes(Member.State.PREPARING, now, PREPARE_NANOS);
            job.owing.add(member);
            commands.tell(member, new ToMember.Prepare(job.number, job.number, 1, job.spec,
                worker, threads(job.spec, peers.size(), member), peers));
        }
        commands.log(job.name() + " begins on " + peers.size() + (peers.size() == 1 ? " worker" : " workers"));
        return true;
    }

    private static int threads(JobSpec spec, int workers, Member member) {
        return spec.threads() == 0 ? member.self.threads() : Math.max(1, spec.threads() / workers);
    }

    private void tellReasons() {
        int ahead = jobs.current == null ? 0 : 1;
        long first = jobs.current == null ? 0 : jobs.current.number;
        for (SubmittedJob job : jobs.waiting()) {
            String reason = reason(job, ahead, first);
            if (job.state == SubmittedJob.State.QUEUED) {
                ahead++;
                first = first == 0 ? job.number : first;
            }
            if (!reason.equals(job.waiting)) {
                job.waiting = reason;
                commands.tellWatchers(job, new ToClient.Waiting(job.number, reason));
            }
        }
    }

    private String reason(SubmittedJob job, int ahead, long first) {
        if (job.state == SubmittedJob.State.UPLOADING) {
            return "waiting for jars";
        }
        if (ahead > 0) {
            return ahead == 1 ? "waiting for job " + first + " to end" : "waiting for " + ahead + " jobs to end";
        }
        int there = members.fitFor(job.spec).size();
        return "waiting for workers: " + there + " of " + job.leastWorkers() + (there == 1 ? " is there" : " are there");
    }

    private void told(ClusterEvent.JobTold told) {
        if (jobs.isCurrent(told.job()) && isRunning()) {
            jobs.current.told(told.message());
            commands.tellWatchers(jobs.current, told.message());
        }
    }

    private boolean isRunning() {
        SubmittedJob.State state = jobs.current.state;
        return state == SubmittedJob.State.RUNNING || state == SubmittedJob.State.BREAKING_OFF;
    }

    private void jobOver(ClusterEvent.JobOver over) {
        if (jobs.isCurrent(over.job()) && isRunning()) {
            over(jobs.current, over.end());
        }
    }

    /** The current job cannot go on. */
    private void failed(Fault fault) {
        SubmittedJob job = jobs.current;
        if (job.state == SubmittedJob.State.PREPARING) {
            over(job, new ToClient.Failed(job.number, fault));
        } else if (job.state == SubmittedJob.State.RUNNING) {
            job.state = SubmittedJob.State.BREAKING_OFF;
            commands.add(new ClusterCommand.BreakOff(job.number, fault));
        }
    }

    private void over(SubmittedJob job, ToClient end) {
        ToClient.Job shown = jobs.over(job, end, now);
        commands.add(new ClusterCommand.Remember(shown, end));
        commands.tellWatchers(job, end);
        job.watchers.clear();
        commands.log(job.name() + " " + words(shown.state()) + ": " + shown.detail());
        if (job == jobs.current) {
            job.state = SubmittedJob.State.RELEASING;
            job.owing.clear();
            for (Member member : job.workers) {
                if (isAtWork(member) && members.find(member.connection) == member) {
                    member.owes(Member.State.RELEASING, now, RELEASE_NANOS);
                    job.owing.add(member);
                    commands.tell(member, new ToMember.Release(job.number));
                }
            }
        }
        submissions.forgetJars();
    }

    private void letGo() {
        if (jobs.current != null && jobs.current.state == SubmittedJob.State.RELEASING && jobs.current.owing.isEmpty()) {
            commands.add(new ClusterCommand.LetGo(jobs.current.number));
            jobs.current = null;
            submissions.forgetJars();
        }
    }

    // Time, and the end of it.

    private void tick() {
        for (Member member : members.all()) {
            if (member.isLate(now)) {
                close(member, switch (member.state) {
                    case JOINING -> "it has not joined within " + seconds(JOIN_NANOS);
                    case PREPARING -> "it has not prepared the job within " + seconds(PREPARE_NANOS);
                    case RELEASING -> "it has not let go of the job within " + seconds(RELEASE_NANOS);
                    case IDLE, WORKING -> throw new AssertionError(member.name() + " owes nothing");
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
                over(job, new ToClient.Failed(job.number, fault));
            }
        }
        if (jobs.current != null) {
            failed(fault);
        }
    }

    private void exit() {
        if (ending == null || jobs.current != null && now - endNanos < 0) {
            return;
        }
        if (jobs.current != null && jobs.current.state != SubmittedJob.State.RELEASING) {
            over(jobs.current, new ToClient.Failed(jobs.current.number, new Fault(Fault.Kind.FAILURE, "the master ends: " + ending
                + ", and the job did not end in time")));
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
