package org.superstep.master;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
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
 *   -             Submit, token known      as if it were the first time, or as Attach     same
 *   -             Submit, impossible       Refused: same output as another job, queue full, TLS demanded
 *   -             Submit, jars missing     WantsJar for each                              UPLOADING
 *   -             Submit                   Accepted                                       QUEUED
 *   UPLOADING     last JarStored           Accepted                                       QUEUED
 *   UPLOADING     JarSpoilt                Refused                                        forgotten
 *   UPLOADING     its client is gone       Refused to those who have attached             forgotten
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
    static final int MOST_QUEUED = 1_000;

    private final String version;
    private final long epoch;
    private final long originMillis;
    /** By connection, in the order in which they came. */
    private final Map<Long, Member> members = new LinkedHashMap<>();
    private final Set<Long> clients = new HashSet<>();
    /** Jobs that wait, by number. */
    private final TreeMap<Long, SubmittedJob> waiting = new TreeMap<>();
    /** The job that is prepared, runs, or is let go of; null: none. */
    private SubmittedJob current;
    private final PastJobs past = new PastJobs();
    /** The numbers of all jobs that are known, by token. */
    private final Map<String, Long> tokens = new HashMap<>();
    private final JarShelf jars = new JarShelf();
    private int lastMember;
    private long lastJob;
    /** Why the master ends; null: it does not. */
    private String ending;
    private long endNanos;
    private boolean hasEnded;

    private long now;
    private List<ClusterCommand> commands = new ArrayList<>();

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
        this.originMillis = originMillis;
    }

    /** Takes what has happened and says what is to be done; {@code nanos} is a clock's that never goes back. */
    public List<ClusterCommand> on(ClusterEvent event, long nanos) {
        now = nanos;
        commands = new ArrayList<>();
        if (hasEnded) {
            return commands;
        }
        if (event instanceof ClusterEvent.JobTold told) {
            // By far the most frequent, and nothing else follows from it.
            told(told);
            return commands;
        }
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
            jarStored(stored.sha256());
        } else if (event instanceof ClusterEvent.JarSpoilt spoilt) {
            jarSpoilt(spoilt);
        } else if (event instanceof ClusterEvent.JobOver over) {
            jobOver(over);
        } else if (event instanceof ClusterEvent.Tick) {
            tick();
        } else if (event instanceof ClusterEvent.End end) {
            end(end.reason());
        } else {
            throw new AssertionError("an event that no cluster knows: " + event);
        }
        letGo();
        schedule();
        exit();
        return commands;
    }

    // Members.

    private void memberConnected(ClusterEvent.MemberConnected connected) {
        if (ending != null) {
            farewell(connected.connection());
            return;
        }
        var member = new Member(connected.connection(), connected.isSafe());
        member.owes(Member.State.JOINING, now, JOIN_NANOS);
        members.putIfAbsent(connected.connection(), member);
    }

    private void memberSaid(ClusterEvent.MemberSaid said) {
        Member member = members.get(said.connection());
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
            if (owes(member, wanted.job(), Member.State.PREPARING) && current.needsJar(wanted.sha256()) && jars.has(wanted.sha256())) {
                member.owes(Member.State.PREPARING, now, PREPARE_NANOS);
                commands.add(new ClusterCommand.SendJar(member.connection, wanted.sha256()));
            }
        } else if (message instanceof FromMember.Prepared prepared) {
            if (owes(member, prepared.job(), Member.State.PREPARING)) {
                prepared(member);
            }
        } else if (message instanceof FromMember.Released released) {
            if (owes(member, released.job(), Member.State.RELEASING)) {
                member.state = Member.State.IDLE;
                current.owing.remove(member);
            }
        } else if (message instanceof FromMember.Says says && says.message() instanceof ToMaster.Failed failed) {
            if (current != null && current.number == says.job() && current.workers.contains(member)) {
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
        return member.state == state && current != null && current.number == job;
    }

    private void join(Member member, FromMember.Join join) {
        if (member.hasJoined()) {
            return;
        }
        if (join.host().isBlank() || join.port() < 1 || join.port() > 65_535 || join.threads() < 1) {
            tell(member, new ToMember.Refused("a worker needs an address where others reach it, and at least 1 thread; was \"" + join.host()
                + "\", port " + join.port() + ", " + join.threads() + " threads"));
            close(member, "it told nonsense of itself");
            return;
        }
        // One process listens at an address: who joins from there has lost its connection, and the master did not notice yet.
        members.values().stream().filter(other -> other.hasJoined() && other.self.port() == join.port()
            && other.self.host().equals(join.host())).findFirst().ifPresent(other -> close(other, "it has joined anew"));
        member.number = ++lastMember;
        member.self = join;
        member.state = Member.State.IDLE;
        tell(member, new ToMember.Welcome(member.number, epoch));
        log(member.name() + " has joined: " + join.threads() + (join.threads() == 1 ? " thread, " : " threads, ")
            + (join.memoryBytes() >> 20) + " MB");
    }

    private void prepared(Member member) {
        member.state = Member.State.WORKING;
        current.owing.remove(member);
        if (current.owing.isEmpty()) {
            current.state = SubmittedJob.State.RUNNING;
            var workers = new ArrayList<ClusterCommand.Worker>();
            for (Member worker : current.workers) {
                workers.add(new ClusterCommand.Worker(worker.connection, worker.number, worker.address(), threads(current.spec,
                    current.workers.size(), worker), worker.self.memoryBytes()));
            }
            commands.add(new ClusterCommand.BeginJob(current.number, current.spec, workers));
        }
    }

    private void leaving(Member member, String reason) {
        member.isLeaving = true;
        if (isAtWork(member)) {
            failed(lost(member, "it leaves: " + reason));
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
            clientGone(closed.connection());
        }
        Member member = members.get(closed.connection());
        if (member != null) {
            gone(member, closed.reason());
        }
    }

    private void close(Member member, String reason) {
        commands.add(new ClusterCommand.Close(member.connection, reason));
        gone(member, reason);
    }

    private void gone(Member member, String reason) {
        members.remove(member.connection);
        if (member.hasJoined()) {
            log(member.name() + " is gone: " + reason);
        }
        boolean wasAtWork = isAtWork(member);
        if (current != null) {
            current.owing.remove(member);
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
            var all = new ArrayList<>(past.all());
            unended().forEach(job -> all.add(job.shown(originMillis, now)));
            all.sort(Comparator.comparingLong(ToClient.Job::job));
            tell(client, new ToClient.Jobs(all));
        }
    }

    private ToClient.Status status() {
        String job = current == null ? "" : "job " + current.number;
        boolean runs = current != null && current.state != SubmittedJob.State.RELEASING;
        return new ToClient.Status(version, epoch, members.values().stream().filter(Member::hasJoined)
            .map(member -> member.shown(job, now)).toList(), runs ? current.shown(originMillis, now) : null,
            waiting.values().stream().map(queued -> queued.shown(originMillis, now)).toList());
    }

    /** All jobs whose end nobody knows yet, by number. */
    private Stream<SubmittedJob> unended() {
        var runs = Stream.ofNullable(current).filter(job -> job.state != SubmittedJob.State.RELEASING);
        return Stream.concat(runs, waiting.values().stream());
    }

    private Optional<SubmittedJob> unended(long job) {
        return unended().filter(other -> other.number == job).findFirst();
    }

    private void submit(long client, FromClient.Submit submit) {
        Long known = tokens.get(submit.token());
        if (known != null) {
            submitAgain(client, known, submit.detached());
            return;
        }
        Optional<Fault> refusal = refusal(submit.spec());
        if (refusal.isPresent()) {
            tell(client, new ToClient.Refused(refusal.get()));
            return;
        }
        var job = new SubmittedJob(++lastJob, submit.token(), submit.spec(), client, now);
        tokens.put(job.token, job.number);
        waiting.put(job.number, job);
        if (!submit.detached()) {
            job.watchers.add(client);
        }
        submit.spec().jars().stream().map(JobSpec.Jar::sha256).filter(jar -> !jars.has(jar)).forEach(job.missingJars::add);
        askForJars(job);
        queueIfComplete(job);
    }

    private void submitAgain(long client, long number, boolean detached) {
        SubmittedJob job = waiting.get(number);
        if (job != null && job.state == SubmittedJob.State.UPLOADING) {
            // The connection over which it was submitted is broken, or soon will be.
            jars.giveAll(job.submitter);
            job.submitter = client;
            if (!detached) {
                job.watchers.add(client);
            }
            askForJars(job);
        } else if (detached) {
            tell(client, new ToClient.Accepted(number));
        } else {
            attach(client, number);
        }
    }

    private Optional<Fault> refusal(JobSpec spec) {
        if (ending != null) {
            return Optional.of(new Fault(Fault.Kind.FAILURE, "the master ends: " + ending));
        }
        if (spec.workers() < 0 || spec.threads() < 0) {
            return Optional.of(new Fault(Fault.Kind.INPUT, "workers and threads must be at least 0, were " + spec.workers() + " and "
                + spec.threads()));
        }
        if (waiting.size() >= MOST_QUEUED) {
            return Optional.of(new Fault(Fault.Kind.FAILURE, MOST_QUEUED + " jobs wait already, the most there may be; submit it later"));
        }
        for (SubmittedJob other : unended().toList()) {
            String output = other.outputSharedWith(spec);
            if (output != null) {
                return Optional.of(new Fault(Fault.Kind.INPUT, output + " is written by " + other.name()
                    + " already; wait for its end, or choose another output"));
            }
        }
        return unsafe(spec, members.values().stream().filter(Member::hasJoined).toList());
    }

    /** Why code cannot travel to as many of these as the job needs, although there are as many. */
    private static Optional<Fault> unsafe(JobSpec spec, List<Member> candidates) {
        int least = Math.max(1, spec.workers());
        long safe = candidates.stream().filter(member -> member.isSafe).count();
        if (spec.jars().isEmpty() || safe >= least || candidates.size() < least) {
            return Optional.empty();
        }
        Member example = candidates.stream().filter(member -> !member.isSafe).findFirst().orElseThrow();
        return Optional.of(new Fault(Fault.Kind.INPUT, "a jar (" + spec.jars().get(0).name() + ") travels to other machines only over TLS, "
            + "and " + example.name() + " is connected without; start master and workers with --tls-cert, --tls-key and --tls-ca"));
    }

    private void askForJars(SubmittedJob job) {
        for (String jar : job.missingJars) {
            if (jars.ask(jar, job.submitter)) {
                tell(job.submitter, new ToClient.WantsJar(jar));
            }
        }
    }

    private void jarStored(String sha256) {
        jars.store(sha256);
        for (SubmittedJob job : List.copyOf(waiting.values())) {
            if (job.missingJars.remove(sha256)) {
                queueIfComplete(job);
            }
        }
        forgetJars();
    }

    private void queueIfComplete(SubmittedJob job) {
        if (job.state == SubmittedJob.State.UPLOADING && job.missingJars.isEmpty()) {
            job.state = SubmittedJob.State.QUEUED;
            tell(job.submitter, new ToClient.Accepted(job.number));
            log(job.name() + " is in the queue");
        }
    }

    private void jarSpoilt(ClusterEvent.JarSpoilt spoilt) {
        jars.give(spoilt.sha256(), spoilt.connection());
        for (SubmittedJob job : List.copyOf(waiting.values())) {
            if (job.submitter == spoilt.connection() && job.missingJars.contains(spoilt.sha256())) {
                forget(job, new Fault(Fault.Kind.INPUT, spoilt.reason()));
            }
        }
        jars.giveAll(spoilt.connection());
        waiting.values().forEach(this::askForJars);
    }

    private void clientGone(long client) {
        unended().forEach(job -> job.watchers.remove(client));
        jars.giveAll(client);
        for (SubmittedJob job : List.copyOf(waiting.values())) {
            if (job.submitter == client && job.state == SubmittedJob.State.UPLOADING) {
                forget(job, new Fault(Fault.Kind.FAILURE, "who submitted " + job.name() + " went away before its jars had come"));
            }
        }
        waiting.values().forEach(this::askForJars);
    }

    /** A job whose jars will not come: as if it had never been submitted. */
    private void forget(SubmittedJob job, Fault why) {
        waiting.remove(job.number);
        tokens.remove(job.token);
        job.watchers.add(job.submitter);
        job.watchers.stream().filter(clients::contains).forEach(client -> tell(client, new ToClient.Refused(why)));
        log(job.name() + " is refused: " + why.message());
        forgetJars();
    }

    private void attach(long client, long number) {
        Optional<SubmittedJob> job = unended(number);
        Optional<PastJobs.Past> over = past.find(number);
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
        Optional<SubmittedJob> found = unended(number);
        if (found.isEmpty()) {
            tell(client, past.find(number).map(PastJobs.Past::job).<ToClient>map(job -> new ToClient.Refused(new Fault(Fault.Kind.INPUT,
                "job " + number + " is over already: " + words(job.state())))).orElseGet(() -> unknown(number)));
            return;
        }
        SubmittedJob job = found.get();
        tell(client, new ToClient.Cancelling(number));
        var fault = new Fault(Fault.Kind.CANCELLED, "job " + number + " was cancelled");
        if (job == current) {
            job.isCancelled |= job.state != SubmittedJob.State.BREAKING_OFF;
            failed(fault);
        } else if (job.state == SubmittedJob.State.UPLOADING) {
            forget(job, fault);
        } else {
            job.isCancelled = true;
            over(job, new ToClient.Failed(number, fault));
        }
    }

    private static String words(ToClient.JobState state) {
        return switch (state) {
            case QUEUED -> "it waits";
            case PREPARING -> "its workers make their parts";
            case RUNNING -> "it runs";
            case DONE -> "it has ended well";
            case FAILED -> "it has failed";
            case CANCELLED -> "it was cancelled";
        };
    }

    private ToClient unknown(long job) {
        return new ToClient.Refused(new Fault(Fault.Kind.INPUT, job < 1 || job > lastJob ? "there has been no job " + job
            + (lastJob == 0 ? ", nor any other" : "; the last one is " + lastJob) : "job " + job + " is not remembered any more"));
    }

    // Jobs.

    private void schedule() {
        boolean isBlocked = false;
        while (current == null && ending == null && !isBlocked) {
            Optional<SubmittedJob> next = waiting.values().stream().filter(job -> job.state == SubmittedJob.State.QUEUED).findFirst();
            isBlocked = next.isEmpty() || !hasBegun(next.get());
        }
        tellReasons();
    }

    /** Begins the job, or ends it if it can never begin; false: it has to wait. */
    private boolean hasBegun(SubmittedJob job) {
        List<Member> free = members.values().stream().filter(Member::isFree).toList();
        Optional<Fault> unsafe = unsafe(job.spec, free);
        if (unsafe.isPresent()) {
            over(job, new ToClient.Failed(job.number, unsafe.get()));
            return true;
        }
        List<Member> fit = free.stream().filter(member -> isFit(member, job)).toList();
        if (fit.size() < job.leastWorkers()) {
            return false;
        }
        waiting.remove(job.number);
        current = job;
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
            tell(member, new ToMember.Prepare(job.number, job.spec, worker, threads(job.spec, peers.size(), member), peers));
        }
        log(job.name() + " begins on " + peers.size() + (peers.size() == 1 ? " worker" : " workers"));
        return true;
    }

    private static boolean isFit(Member member, SubmittedJob job) {
        return member.isFree() && (member.isSafe || job.spec.jars().isEmpty());
    }

    private static int threads(JobSpec spec, int workers, Member member) {
        return spec.threads() == 0 ? member.self.threads() : Math.max(1, spec.threads() / workers);
    }

    private void tellReasons() {
        int ahead = current == null ? 0 : 1;
        for (SubmittedJob job : waiting.values()) {
            String reason = reason(job, ahead);
            ahead += job.state == SubmittedJob.State.QUEUED ? 1 : 0;
            if (!reason.equals(job.waiting)) {
                job.waiting = reason;
                job.watchers.forEach(watcher -> tell(watcher, new ToClient.Waiting(job.number, reason)));
            }
        }
    }

    private String reason(SubmittedJob job, int ahead) {
        if (job.state == SubmittedJob.State.UPLOADING) {
            return "waiting for jars";
        }
        if (ahead > 0) {
            return ahead == 1 ? "waiting for another job to end" : "waiting for " + ahead + " jobs to end";
        }
        long there = members.values().stream().filter(member -> isFit(member, job)).count();
        return "waiting for workers: " + there + " of " + job.leastWorkers() + (there == 1 ? " is there" : " are there");
    }

    private void told(ClusterEvent.JobTold told) {
        if (current != null && current.number == told.job() && isRunning()) {
            current.told(told.message());
            current.watchers.forEach(watcher -> tell(watcher, told.message()));
        }
    }

    private boolean isRunning() {
        return current.state == SubmittedJob.State.RUNNING || current.state == SubmittedJob.State.BREAKING_OFF;
    }

    private void jobOver(ClusterEvent.JobOver over) {
        if (current != null && current.number == over.job() && isRunning()) {
            over(current, over.end());
        }
    }

    /** The job that is current cannot go on. */
    private void failed(Fault fault) {
        if (current.state == SubmittedJob.State.PREPARING) {
            over(current, new ToClient.Failed(current.number, fault));
        } else if (current.state == SubmittedJob.State.RUNNING) {
            current.state = SubmittedJob.State.BREAKING_OFF;
            commands.add(new ClusterCommand.BreakOff(current.number, fault));
        }
    }

    private void over(SubmittedJob job, ToClient end) {
        waiting.remove(job.number);
        ToClient.Job shown = job.shownOver(end, originMillis, now);
        past.add(new PastJobs.Past(job.token, shown, end)).forEach(forgotten -> tokens.remove(forgotten.token()));
        commands.add(new ClusterCommand.Remember(shown, end));
        job.watchers.forEach(watcher -> tell(watcher, end));
        job.watchers.clear();
        log(job.name() + ": " + words(shown.state()) + " (" + shown.detail() + ")");
        if (job == current) {
            job.state = SubmittedJob.State.RELEASING;
            job.owing.clear();
            for (Member member : job.workers) {
                if (isAtWork(member) && members.containsKey(member.connection)) {
                    member.owes(Member.State.RELEASING, now, RELEASE_NANOS);
                    job.owing.add(member);
                    tell(member, new ToMember.Release(job.number));
                }
            }
        }
        forgetJars();
    }

    private void letGo() {
        if (current != null && current.state == SubmittedJob.State.RELEASING && current.owing.isEmpty()) {
            commands.add(new ClusterCommand.LetGo(current.number));
            current = null;
            forgetJars();
        }
    }

    private void forgetJars() {
        for (String jar : jars.all()) {
            if (Stream.concat(Stream.ofNullable(current), waiting.values().stream()).noneMatch(job -> job.needsJar(jar))) {
                jars.forget(jar);
                commands.add(new ClusterCommand.ForgetJar(jar));
            }
        }
    }

    // Time, and the end of it.

    private void tick() {
        for (Member member : List.copyOf(members.values())) {
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
        for (SubmittedJob job : List.copyOf(waiting.values())) {
            if (job.state == SubmittedJob.State.UPLOADING) {
                forget(job, fault);
            } else {
                over(job, new ToClient.Failed(job.number, fault));
            }
        }
        if (current != null) {
            failed(fault);
        }
    }

    private void exit() {
        if (ending == null || current != null && now - endNanos < 0) {
            return;
        }
        if (current != null && current.state != SubmittedJob.State.RELEASING) {
            over(current, new ToClient.Failed(current.number, new Fault(Fault.Kind.FAILURE, "the master ends: " + ending
                + ", and the job did not end in time")));
        }
        members.keySet().forEach(this::farewell);
        members.clear();
        log("the master ends: " + ending);
        commands.add(new ClusterCommand.Exit());
        hasEnded = true;
    }

    private void farewell(long connection) {
        commands.add(new ClusterCommand.TellMember(connection, new ToMember.Farewell(ending)));
        commands.add(new ClusterCommand.Close(connection, "the master ends: " + ending));
    }

    private void tell(Member member, ToMember message) {
        commands.add(new ClusterCommand.TellMember(member.connection, message));
    }

    private void tell(long client, ToClient message) {
        commands.add(new ClusterCommand.TellClient(client, message));
    }

    private void log(String line) {
        commands.add(new ClusterCommand.Log(line));
    }
}
