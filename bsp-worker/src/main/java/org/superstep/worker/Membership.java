package org.superstep.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.superstep.net.Fault;
import org.superstep.net.FromMember;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;

/**
 * A worker process as a member of a cluster: how it joins, prepares its part of a job together with the other workers, and lets go of it. A
 * state machine without clock, input and output; one thread uses it. What goes on inside a job is the {@link Worker}'s.
 *
 * <pre>
 *   state       event                    commands                                               next
 *   OUTSIDE     Tick, time to try        Connect                                                CONNECTING
 *   CONNECTING  Connected                Tell Join                                              JOINING
 *   CONNECTING  NotConnected             nothing; after all patience: Exit                      OUTSIDE | ENDED
 *   CONNECTING  NotConnected, final      Exit                                                   ENDED
 *   JOINING     Welcome                  TakeEpoch                                              IDLE
 *   JOINING     Refused                  Exit                                                   ENDED
 *   IDLE        Prepare, jars            Tell WantsJar for each                                 PREPARING
 *   IDLE        Prepare, no jars         Make, ConnectPeer to each worker of a lower number     PREPARING
 *   IDLE        Release                  Tell Released: there is nothing to let go of           IDLE
 *   PREPARING   last JarStored           Make, ConnectPeer to each worker of a lower number     PREPARING
 *   PREPARING   PeerNotConnected         nothing; ConnectPeer again at a Tick 0.5 s later       PREPARING
 *   PREPARING   Made and PeerConnected with each other worker: Tell Prepared                    WORKING
 *   PREPARING   JarSpoilt, NotMade, PeerClosed, 30 s after the first ConnectPeer: Tell Failed, once  PREPARING
 *   WORKING     PeerConnected again      ClosePeer the older one: its other end has given it up WORKING
 *   WORKING     PeerClosed               Tell Failed                                            WORKING
 *   PREPARING, WORKING  Release          Stop, ClosePeer to each                                RELEASING
 *   PREPARING, WORKING  Disconnected     Stop, ClosePeer to each                                STRANDED
 *   PREPARING, WORKING, RELEASING  Prepare of another job: kept                                 same
 *   RELEASING   Stopped                  Tell Released; then the Prepare that was kept, if any  IDLE | PREPARING
 *   RELEASING   Disconnected             nothing                                                STRANDED
 *   STRANDED    Stopped                  nothing: it joins anew, empty                          OUTSIDE
 *   JOINING, IDLE  Disconnected          nothing                                                OUTSIDE
 *   any         Leave                    Tell Leaving, if there is a master; then as Farewell
 *   any         Farewell, a job is held  Stop, ClosePeer to each                                LEAVING
 *   any         Farewell, no job         Exit                                                   ENDED
 *   LEAVING     Stopped, or 10 s         Tell Released, if there is a master; Exit              ENDED
 *   any         PeerConnected of a job to come: kept; of one that is let go of: ClosePeer       same
 * </pre>
 *
 * <p>Of two workers, the one with the higher number connects. It may do so before the other has heard of the job.
 *
 * <p>Whatever is said of a job or a connection that is not known, or is said twice, or too late, is ignored.
 */
public final class Membership {
    /** How long it tries to reach a master that it has not known, where nobody says otherwise. */
    public static final long PATIENCE_NANOS = 60_000_000_000L;

    static final long PEER_RETRY_NANOS = 500_000_000L;
    static final long PEERS_NANOS = 30_000_000_000L;
    static final long LEAVE_NANOS = 10_000_000_000L;
    /** Connections of jobs to come: more than the workers of any job are somebody's mistake. */
    static final int MOST_EARLY = 10_000;
    /** Nobody connects for a job that so many others have followed. */
    static final int MOST_OVER = 100;

    private enum State { OUTSIDE, CONNECTING, JOINING, IDLE, PREPARING, WORKING, RELEASING, STRANDED, LEAVING, ENDED }

    private final FromMember.Join self;
    private State state = State.OUTSIDE;
    private final MasterSearch search;
    private boolean hasMaster;

    /** The job that is held, in PREPARING, WORKING, RELEASING, STRANDED and LEAVING; else null. */
    private HeldJob job;
    /** What is to be prepared when the job has been let go of; null: nothing. */
    private ToMember.Prepare next;
    /** Jobs that were let go of, the last ones: the others are to come, in whatever order the master likes. */
    private final Set<Long> over = new LinkedHashSet<>();
    /** Connections of jobs to come. */
    private final Map<Long, MembershipEvent.PeerConnected> early = new LinkedHashMap<>();
    private String leaving = "";
    private long leaveNanos;

    private long now;
    private List<MembershipCommand> commands = new ArrayList<>();

    /**
     * A process that is no member yet; the first {@code Tick} makes it connect.
     *
     * @param self what it tells of itself when it joins
     * @param patienceNanos how long it tries to reach the master for the first time; {@link Long#MAX_VALUE}: for ever
     */
    public Membership(FromMember.Join self, long patienceNanos) {
        this.self = self;
        search = new MasterSearch(patienceNanos);
    }

    /** Takes what has happened and says what is to be done; {@code nanos} is a clock's that never goes back. */
    public List<MembershipCommand> on(MembershipEvent event, long nanos) {
        now = nanos;
        commands = new ArrayList<>();
        if (state == State.ENDED) {
            return commands;
        }
        if (event instanceof MembershipEvent.Connected) {
            connected();
        } else if (event instanceof MembershipEvent.NotConnected not) {
            notConnected(not);
        } else if (event instanceof MembershipEvent.Disconnected disconnected) {
            disconnected(disconnected.reason());
        } else if (event instanceof MembershipEvent.MasterSaid said) {
            masterSaid(said.message());
        } else if (event instanceof MembershipEvent.JarStored stored) {
            if (state == State.PREPARING && job.missingJars.remove(stored.sha256())) {
                makeIfComplete();
            }
        } else if (event instanceof MembershipEvent.JarSpoilt spoilt) {
            if (state == State.PREPARING && job.missingJars.contains(spoilt.sha256())) {
                failed(new Fault(Fault.Kind.FAILURE, spoilt.reason()));
            }
        } else if (event instanceof MembershipEvent.PeerConnected connected) {
            peerConnected(connected);
        } else if (event instanceof MembershipEvent.PeerNotConnected not) {
            if (isPreparing(not.attempt()) && not.worker() < job.prepare.worker() && !job.connections.containsKey(not.worker())) {
                job.retries.put(not.worker(), now + PEER_RETRY_NANOS);
                job.refusals.put(not.worker(), not.reason());
            }
        } else if (event instanceof MembershipEvent.PeerClosed closed) {
            peerClosed(closed);
        } else if (event instanceof MembershipEvent.Made made) {
            if (isPreparing(made.attempt())) {
                job.isMade = true;
                tellIfReady();
            }
        } else if (event instanceof MembershipEvent.NotMade not) {
            if (isPreparing(not.attempt())) {
                failed(not.fault());
            }
        } else if (event instanceof MembershipEvent.Stopped stopped) {
            stopped(stopped.attempt());
        } else if (event instanceof MembershipEvent.Tick) {
            tick();
        } else if (event instanceof MembershipEvent.Leave leave) {
            if (hasMaster && state != State.LEAVING) {
                tell(new FromMember.Leaving(leave.reason()));
            }
            leave(leave.reason());
        } else {
            throw new AssertionError("an event that no member knows: " + event);
        }
        return commands;
    }

    // The master.

    private void connected() {
        if (state == State.CONNECTING) {
            hasMaster = true;
            state = State.JOINING;
            tell(self);
        }
    }

    private void notConnected(MembershipEvent.NotConnected not) {
        if (state != State.CONNECTING) {
            return;
        }
        if (not.isFinal()) {
            exit(true, not.reason());
        } else {
            tryLater(not.reason());
        }
    }

    private void tryLater(String reason) {
        state = State.OUTSIDE;
        if (search.isInVain(now)) {
            exit(true, reason + "; no master was found in " + search.searchedNanos(now) / 1_000_000_000L + " s");
            return;
        }
        if (search.hasToSay(now)) {
            log(reason + "; trying again");
        }
        search.failed(now);
    }

    private void disconnected(String reason) {
        hasMaster = false;
        next = null;
        switch (state) {
            case OUTSIDE, CONNECTING, STRANDED, ENDED -> {
                // There was no connection that could be lost.
            }
            case JOINING -> tryLater(reason);
            case IDLE -> {
                log("the master is lost: " + reason);
                outside();
            }
            case PREPARING, WORKING -> {
                log("the master is lost, and job " + job.prepare.attempt() + " with it: " + reason);
                stop("the master is lost");
                state = State.STRANDED;
            }
            case RELEASING -> {
                log("the master is lost: " + reason);
                state = State.STRANDED;
            }
            case LEAVING -> {
                // It ends in any case.
            }
        }
    }

    private void outside() {
        state = State.OUTSIDE;
        closeAll(early.keySet(), "the master is lost");
        early.clear();
        over.clear();
        search.lost(now);
    }

    private void masterSaid(ToMember message) {
        if (!hasMaster) {
            return;
        }
        if (message instanceof ToMember.Welcome welcome) {
            if (state == State.JOINING) {
                state = State.IDLE;
                search.found();
                commands.add(new MembershipCommand.TakeEpoch(welcome.epoch()));
                log("this is worker " + welcome.member() + " of the cluster");
            }
        } else if (message instanceof ToMember.Refused refused) {
            if (state == State.JOINING) {
                exit(true, refused.reason());
            }
        } else if (message instanceof ToMember.Prepare prepare) {
            prepare(prepare);
        } else if (message instanceof ToMember.Release release) {
            release(release.attempt());
        } else if (message instanceof ToMember.Dismissed) {
            leave("it was drained, and all that it held is with others");
        } else if (message instanceof ToMember.Farewell farewell) {
            leave("the master has ended: " + farewell.reason());
        }
    }

    // A job.

    private void prepare(ToMember.Prepare prepare) {
        if (over.contains(prepare.attempt()) || job != null && job.prepare.attempt() == prepare.attempt()) {
            return;
        }
        switch (state) {
            case IDLE -> begin(prepare);
            case PREPARING, WORKING, RELEASING -> next = prepare;
            case OUTSIDE, CONNECTING, JOINING, STRANDED, LEAVING, ENDED -> {
                // No member has a job.
            }
        }
    }

    private void begin(ToMember.Prepare prepare) {
        state = State.PREPARING;
        next = null;
        job = new HeldJob(prepare);
        takeEarly(prepare.attempt());
        job.missingJars.forEach(jar -> tell(new FromMember.WantsJar(prepare.attempt(), jar)));
        makeIfComplete();
    }

    /** The connections of this job that came before it, to be kept or closed as if they came now. */
    private void takeEarly(long number) {
        for (MembershipEvent.PeerConnected connected : List.copyOf(early.values())) {
            if (connected.attempt() == number) {
                early.remove(connected.connection());
                peerConnected(connected);
            }
        }
    }

    private void makeIfComplete() {
        if (!job.missingJars.isEmpty()) {
            return;
        }
        ToMember.Prepare prepare = job.prepare;
        job.isConnecting = true;
        job.deadlineNanos = now + PEERS_NANOS;
        commands.add(new MembershipCommand.Make(prepare.attempt(), prepare.job(), prepare.ordinal(), prepare.spec(), prepare.worker(),
            job.workers(), prepare.threads()));
        for (int worker = 0; worker < prepare.worker(); worker++) {
            commands.add(new MembershipCommand.ConnectPeer(prepare.attempt(), worker, prepare.peers().get(worker)));
        }
    }

    private boolean isPreparing(long number) {
        return state == State.PREPARING && job.prepare.attempt() == number;
    }

    private void peerConnected(MembershipEvent.PeerConnected connected) {
        boolean isHeld = job != null && job.prepare.attempt() == connected.attempt()
            && (state == State.PREPARING || state == State.WORKING);
        if (isHeld && connected.worker() >= 0 && connected.worker() < job.workers() && connected.worker() != job.prepare.worker()) {
            Long older = job.connections.put(connected.worker(), connected.connection());
            if (older != null) {
                closeAll(List.of(older), "there is a newer one");
            }
            job.retries.remove(connected.worker());
            tellIfReady();
        } else if (hasMaster && isToCome(connected.attempt()) && early.size() < MOST_EARLY) {
            early.put(connected.connection(), connected);
        } else {
            closeAll(List.of(connected.connection()), "job " + connected.attempt() + " has no place for it");
        }
    }

    private boolean isToCome(long number) {
        return !over.contains(number) && (job == null || job.prepare.attempt() != number);
    }

    private void tellIfReady() {
        if (state == State.PREPARING && job.isReady()) {
            state = State.WORKING;
            tell(new FromMember.Prepared(job.prepare.attempt()));
        }
    }

    private void peerClosed(MembershipEvent.PeerClosed closed) {
        early.remove(closed.connection());
        if (state != State.PREPARING && state != State.WORKING) {
            return;
        }
        for (int worker = 0; worker < job.workers(); worker++) {
            if (job.connections.remove(worker, closed.connection())) {
                failed(new Fault(Fault.Kind.FAILURE, job.ownName() + " has lost the connection with " + job.name(worker) + ": "
                    + closed.reason() + "; the job can be submitted again"));
            }
        }
    }

    private void failed(Fault fault) {
        if (!job.hasFailed) {
            job.hasFailed = true;
            tell(new FromMember.Says(job.prepare.attempt(), new ToMaster.Failed(job.prepare.worker(), fault)));
        }
    }

    private void release(long number) {
        if (next != null && next.attempt() == number || state == State.IDLE) {
            next = null;
            released(number);
        } else if ((state == State.PREPARING || state == State.WORKING) && job.prepare.attempt() == number) {
            stop("job " + number + " is over");
            state = State.RELEASING;
        }
    }

    private void released(long number) {
        tell(new FromMember.Released(number));
        over.add(number);
        if (over.size() > MOST_OVER) {
            over.remove(over.iterator().next());
        }
        takeEarly(number);
    }

    private void stop(String reason) {
        commands.add(new MembershipCommand.Stop(job.prepare.attempt()));
        closeAll(job.connections.values(), reason);
        job.connections.clear();
    }

    private void stopped(long number) {
        if (job == null || job.prepare.attempt() != number) {
            return;
        }
        switch (state) {
            case RELEASING -> {
                job = null;
                state = State.IDLE;
                released(number);
                if (next != null) {
                    begin(next);
                }
            }
            case STRANDED -> {
                job = null;
                outside();
            }
            case LEAVING -> {
                if (hasMaster) {
                    tell(new FromMember.Released(number));
                }
                exit(false, leaving);
            }
            case OUTSIDE, CONNECTING, JOINING, IDLE, PREPARING, WORKING, ENDED -> {
                // Nobody has asked for it.
            }
        }
    }

    // Time, and the end of it.

    private void tick() {
        if (state == State.OUTSIDE && search.isDue(now)) {
            state = State.CONNECTING;
            commands.add(new MembershipCommand.Connect());
        } else if (state == State.PREPARING && job.isConnecting) {
            awaitPeers();
        } else if (state == State.LEAVING && now - leaveNanos >= LEAVE_NANOS) {
            exit(true, leaving + "; job " + job.prepare.attempt() + " did not stop in time");
        }
    }

    private void awaitPeers() {
        for (int worker = 0; worker < job.prepare.worker(); worker++) {
            Long retry = job.retries.get(worker);
            if (retry != null && now - retry >= 0) {
                job.retries.remove(worker);
                commands.add(new MembershipCommand.ConnectPeer(job.prepare.attempt(), worker, job.prepare.peers().get(worker)));
            }
            if (!job.connections.containsKey(worker) && now - job.deadlineNanos >= 0) {
                failed(new Fault(Fault.Kind.FAILURE, job.ownName() + " could not be connected with " + job.name(worker) + " within "
                    + PEERS_NANOS / 1_000_000_000L + " s; see that workers reach each other there"
                    + (job.refusals.containsKey(worker) ? " (" + job.refusals.get(worker) + ")" : "")));
            }
        }
    }

    private void leave(String reason) {
        switch (state) {
            case OUTSIDE, CONNECTING, JOINING, IDLE -> exit(false, reason);
            case PREPARING, WORKING -> {
                stop(reason);
                leaving(reason);
            }
            case RELEASING, STRANDED -> leaving(reason);
            case LEAVING, ENDED -> {
                // It is on its way.
            }
        }
    }

    private void leaving(String reason) {
        state = State.LEAVING;
        leaving = reason;
        leaveNanos = now;
        next = null;
    }

    private void exit(boolean isFailure, String reason) {
        state = State.ENDED;
        commands.add(new MembershipCommand.Exit(isFailure, reason));
    }

    private void closeAll(Collection<Long> connections, String reason) {
        connections.forEach(connection -> commands.add(new MembershipCommand.ClosePeer(connection, reason)));
    }

    private void tell(FromMember message) {
        commands.add(new MembershipCommand.Tell(message));
    }

    private void log(String line) {
        commands.add(new MembershipCommand.Log(line));
    }
}
