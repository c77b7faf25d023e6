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
 * A worker process as a member of a cluster: how it joins, prepares its part of an attempt at a job together with the other workers, and
 * lets go of it. A state machine without clock, input and output; one thread uses it. What goes on inside an attempt is the
 * {@link Worker}'s.
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
 *   IDLE        Release                  Tell Released: nothing runs. What is kept of that attempt goes, unless it is to be kept: Stop
 *                                                                                               IDLE
 *   PREPARING   last JarStored           Make, ConnectPeer to each worker of a lower number     PREPARING
 *   PREPARING   PeerNotConnected         nothing; ConnectPeer again at a Tick 0.5 s later       PREPARING
 *   PREPARING   Made and PeerConnected with each other worker: Tell Prepared                    WORKING
 *   PREPARING   JarSpoilt, NotMade       Tell Failed, once                                      PREPARING
 *   PREPARING   30 s after the first ConnectPeer: Tell LostPeer, once for each worker           PREPARING
 *   WORKING     PeerConnected again      ClosePeer the older one: its other end has given it up WORKING
 *   PREPARING, WORKING  PeerClosed       Tell LostPeer, once for each worker                    same
 *   PREPARING, WORKING  Release          Stop, ClosePeer to each; who hands over keeps nothing  RELEASING
 *   PREPARING, WORKING  Disconnected     Stop, ClosePeer to each                                STRANDED
 *   PREPARING, WORKING, RELEASING  Prepare of another attempt: kept                             same
 *   RELEASING   Release again, and what it has computed is not to be kept any more: Stop        RELEASING
 *   RELEASING   Stopped                  Tell Released; then the Prepare that was kept, if any  IDLE | PREPARING
 *   RELEASING   Disconnected             Stop, where what it has computed was to be kept        STRANDED
 *   STRANDED    Stopped                  nothing: it joins anew, empty                          OUTSIDE
 *   JOINING     Disconnected             nothing                                                OUTSIDE
 *   IDLE        Disconnected             Stop, where anything is kept of an attempt             OUTSIDE
 *   PREPARING, WORKING  Leave, the job is saved: Tell Leaving; it hands over                    same
 *     handing over: Stopped              Tell Released; Exit                                    ENDED
 *     handing over: Leave again, Disconnected, or 30 s: as Farewell
 *   any         Leave otherwise          Tell Leaving, if there is a master; then as Farewell
 *   any         Farewell, Dismissed, a part is held: Stop, unless it has been told to stop and keep nothing; ClosePeer to each
 *                                                                                               LEAVING
 *   any         Farewell, Dismissed, none is held: Exit                                         ENDED
 *   LEAVING     Stopped, or 10 s         Tell Released, if there is a master; Exit              ENDED
 *   any         PeerConnected of an attempt to come: kept; of one that is let go of: ClosePeer  same
 * </pre>
 *
 * <p>Stop keeps what was computed where Release says so, for the next attempt at the same job under the same master: no other knows what
 * has been announced. From Prepare on it belongs to that attempt, whose Stop decides on it.
 *
 * <p>Of two workers, the one with the higher number connects. It may do so before the other has heard of the attempt.
 *
 * <p>A worker that does not hear another has no opinion on which of the two is at fault: the master tells what becomes of the held.
 *
 * <p>Whatever is said of an attempt or a connection that is not known, or is said twice, or too late, is ignored.
 */
public final class Membership {
    /** How long it tries to reach a master that it has not known, where nobody says otherwise: its address may be mistyped. */
    public static final long PATIENCE_NANOS = 60_000_000_000L;
    /** How long it looks for a master that it has lost, where nobody says otherwise: time enough to start it again by hand. */
    public static final long LOSS_PATIENCE_NANOS = 600_000_000_000L;

    static final long PEER_RETRY_NANOS = 500_000_000L;
    static final long PEERS_NANOS = 30_000_000_000L;
    static final long LEAVE_NANOS = 10_000_000_000L;
    /** Until the next superstep has ended, a checkpoint has been written, and all others have let go too. */
    static final long HANDOVER_NANOS = 30_000_000_000L;
    /** Connections of attempts to come: more than the workers of any job are somebody's mistake. */
    static final int MOST_EARLY = 10_000;
    /** Nobody connects for an attempt that so many others have followed. */
    static final int MOST_OVER = 100;

    private enum State { OUTSIDE, CONNECTING, JOINING, IDLE, PREPARING, WORKING, RELEASING, STRANDED, LEAVING, ENDED }

    private final FromMember.Join self;
    private State state = State.OUTSIDE;
    private final MasterSearch search;
    private boolean hasMaster;

    /** What is held, in PREPARING, WORKING, RELEASING, STRANDED and LEAVING; else null. */
    private HeldAttempt held;
    /** The attempt of which this process may keep what was computed, in IDLE; 0: none. */
    private long kept;
    /** What is to be prepared when that has been let go of; null: nothing. */
    private ToMember.Prepare next;
    /** Attempts that were let go of, the last ones: the others are to come, in whatever order the master likes. */
    private final Set<Long> over = new LinkedHashSet<>();
    /** Connections of attempts to come. */
    private final Map<Long, MembershipEvent.PeerConnected> early = new LinkedHashMap<>();
    /** Why it leaves, or is going to when others have what it holds; empty: it does not. */
    private String leaving = "";
    /** When it was told to. */
    private long leaveNanos;

    private long now;
    private List<MembershipCommand> commands = new ArrayList<>();

    /**
     * A process that is no member yet; the first {@code Tick} makes it connect.
     *
     * @param self what it tells of itself when it joins
     * @param patienceNanos how long it tries to reach the master for the first time; {@link Long#MAX_VALUE}: for ever
     * @param lossPatienceNanos how long it looks for a master that it has lost; {@link Long#MAX_VALUE}: for ever
     */
    public Membership(FromMember.Join self, long patienceNanos, long lossPatienceNanos) {
        this.self = self;
        search = new MasterSearch(patienceNanos, lossPatienceNanos);
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
            if (state == State.PREPARING && held.missingJars.remove(stored.sha256())) {
                makeIfComplete();
            }
        } else if (event instanceof MembershipEvent.JarSpoilt spoilt) {
            if (state == State.PREPARING && held.missingJars.contains(spoilt.sha256())) {
                failed(new Fault(Fault.Kind.FAILURE, spoilt.reason()));
            }
        } else if (event instanceof MembershipEvent.PeerConnected connected) {
            peerConnected(connected);
        } else if (event instanceof MembershipEvent.PeerNotConnected not) {
            if (isPreparing(not.attempt()) && not.worker() < held.prepare.worker() && !held.connections.containsKey(not.worker())) {
                held.retries.put(not.worker(), now + PEER_RETRY_NANOS);
                held.refusals.put(not.worker(), not.reason());
            }
        } else if (event instanceof MembershipEvent.PeerClosed closed) {
            peerClosed(closed);
        } else if (event instanceof MembershipEvent.Made made) {
            if (isPreparing(made.attempt())) {
                held.isMade = true;
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
            told(leave.reason());
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
                forget();
                outside();
            }
            case PREPARING, WORKING -> {
                log("the master is lost, and " + held.name() + " with it: " + reason);
                stop(false, "the master is lost");
                state = State.STRANDED;
                if (isHandingOver()) {
                    leaving(leaving);
                }
            }
            case RELEASING -> {
                log("the master is lost: " + reason);
                keepNothing();
                state = State.STRANDED;
                if (isHandingOver()) {
                    leaving(leaving);
                }
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
            release(release);
        } else if (message instanceof ToMember.Dismissed) {
            leave("it was drained");
        } else if (message instanceof ToMember.Farewell farewell) {
            leave("the master has ended: " + farewell.reason());
        }
    }

    // An attempt at a job.

    private void prepare(ToMember.Prepare prepare) {
        if (over.contains(prepare.attempt()) || held != null && held.number() == prepare.attempt()) {
            return;
        }
        switch (state) {
            case IDLE -> begin(prepare);
            case PREPARING, WORKING, RELEASING -> next = prepare;
            case OUTSIDE, CONNECTING, JOINING, STRANDED, LEAVING, ENDED -> {
                // Who is no member has nothing to prepare.
            }
        }
    }

    private void begin(ToMember.Prepare prepare) {
        state = State.PREPARING;
        next = null;
        kept = 0;
        held = new HeldAttempt(prepare);
        takeEarly(prepare.attempt());
        held.missingJars.forEach(jar -> tell(new FromMember.WantsJar(prepare.attempt(), jar)));
        makeIfComplete();
    }

    /** The connections of this attempt that came before it, to be kept or closed as if they came now. */
    private void takeEarly(long number) {
        for (MembershipEvent.PeerConnected connected : List.copyOf(early.values())) {
            if (connected.attempt() == number) {
                early.remove(connected.connection());
                peerConnected(connected);
            }
        }
    }

    private void makeIfComplete() {
        if (!held.missingJars.isEmpty()) {
            return;
        }
        ToMember.Prepare prepare = held.prepare;
        held.isConnecting = true;
        held.deadlineNanos = now + PEERS_NANOS;
        commands.add(new MembershipCommand.Make(prepare.attempt(), prepare.job(), prepare.ordinal(), prepare.spec(), prepare.worker(),
            held.workers(), prepare.threads()));
        for (int worker = 0; worker < prepare.worker(); worker++) {
            commands.add(new MembershipCommand.ConnectPeer(prepare.attempt(), worker, prepare.peers().get(worker)));
        }
    }

    private boolean isPreparing(long number) {
        return state == State.PREPARING && held.number() == number;
    }

    private void peerConnected(MembershipEvent.PeerConnected connected) {
        boolean isHeld = held != null && held.number() == connected.attempt() && isAtWork();
        if (isHeld && connected.worker() >= 0 && connected.worker() < held.workers() && connected.worker() != held.prepare.worker()) {
            Long older = held.connections.put(connected.worker(), connected.connection());
            if (older != null) {
                closeAll(List.of(older), "there is a newer one");
            }
            held.retries.remove(connected.worker());
            tellIfReady();
        } else if (hasMaster && isToCome(connected.attempt()) && early.size() < MOST_EARLY) {
            early.put(connected.connection(), connected);
        } else {
            closeAll(List.of(connected.connection()), "attempt " + connected.attempt() + " has no place for it");
        }
    }

    private boolean isToCome(long number) {
        return !over.contains(number) && (held == null || held.number() != number);
    }

    private void tellIfReady() {
        if (state == State.PREPARING && held.isReady()) {
            state = State.WORKING;
            tell(new FromMember.Prepared(held.number()));
        }
    }

    private void peerClosed(MembershipEvent.PeerClosed closed) {
        early.remove(closed.connection());
        if (!isAtWork()) {
            return;
        }
        for (int worker = 0; worker < held.workers(); worker++) {
            if (held.connections.remove(worker, closed.connection())) {
                lostPeer(worker, closed.reason());
            }
        }
    }

    private void lostPeer(int worker, String reason) {
        if (held.lostPeers.add(worker)) {
            tell(new FromMember.LostPeer(held.number(), worker, reason));
        }
    }

    private void failed(Fault fault) {
        if (!held.hasFailed) {
            held.hasFailed = true;
            tell(new FromMember.Says(held.number(), new ToMaster.Failed(held.prepare.worker(), fault)));
        }
    }

    private void release(ToMember.Release release) {
        long number = release.attempt();
        if (next != null && next.attempt() == number) {
            next = null;
            released(number);
        } else if (state == State.IDLE) {
            if (number == kept && !release.keeps()) {
                forget();
            }
            released(number);
        } else if (isAtWork() && held.number() == number) {
            stop(release.keeps() && !isHandingOver(), held.name() + " is over");
            state = State.RELEASING;
        } else if (state == State.RELEASING && held.number() == number && !release.keeps()) {
            keepNothing();
        }
    }

    /** What is kept of an attempt is of no use any more. */
    private void forget() {
        if (kept != 0) {
            commands.add(new MembershipCommand.Stop(kept, false));
            kept = 0;
        }
    }

    /** It has been told to stop and keep what was computed; now it is just to stop. */
    private void keepNothing() {
        if (held.keeps) {
            held.keeps = false;
            commands.add(new MembershipCommand.Stop(held.number(), false));
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

    private void stop(boolean keeps, String reason) {
        held.keeps = keeps;
        commands.add(new MembershipCommand.Stop(held.number(), keeps));
        closeAll(held.connections.values(), reason);
        held.connections.clear();
    }

    private void stopped(long number) {
        if (held == null || held.number() != number) {
            return;
        }
        switch (state) {
            case RELEASING -> {
                kept = held.keeps ? number : 0;
                held = null;
                state = State.IDLE;
                released(number);
                if (isHandingOver()) {
                    exit(false, leaving);
                } else if (next != null) {
                    begin(next);
                }
            }
            case STRANDED -> {
                held = null;
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
        if (isHandingOver() && now - leaveNanos >= HANDOVER_NANOS) {
            log("what it holds of " + held.name() + " was not handed over within " + HANDOVER_NANOS / 1_000_000_000L + " s");
            leave(leaving);
        } else if (state == State.OUTSIDE && search.isDue(now)) {
            state = State.CONNECTING;
            commands.add(new MembershipCommand.Connect());
        } else if (state == State.PREPARING && held.isConnecting) {
            awaitPeers();
        } else if (state == State.LEAVING && now - leaveNanos >= LEAVE_NANOS) {
            exit(true, leaving + "; " + held.name() + " did not stop in time");
        }
    }

    private void awaitPeers() {
        for (int worker = 0; worker < held.prepare.worker(); worker++) {
            Long retry = held.retries.get(worker);
            if (retry != null && now - retry >= 0) {
                held.retries.remove(worker);
                commands.add(new MembershipCommand.ConnectPeer(held.number(), worker, held.prepare.peers().get(worker)));
            }
            if (!held.connections.containsKey(worker) && now - held.deadlineNanos >= 0) {
                lostPeer(worker, "it could not be connected with within " + PEERS_NANOS / 1_000_000_000L + " s; see that workers reach"
                    + " each other there" + (held.refusals.containsKey(worker) ? " (" + held.refusals.get(worker) + ")" : ""));
            }
        }
    }

    /** The process is told to end. What it holds goes to others first, if that can be; who tells it twice does not want to wait. */
    private void told(String reason) {
        if (hasMaster && state != State.LEAVING && !isHandingOver()) {
            tell(new FromMember.Leaving(reason));
        }
        if (hasMaster && isAtWork() && held.isSaved() && !isHandingOver()) {
            leaving = reason;
            leaveNanos = now;
        } else {
            leave(reason);
        }
    }

    private boolean isHandingOver() {
        return !leaving.isEmpty() && state != State.LEAVING;
    }

    private boolean isAtWork() {
        return state == State.PREPARING || state == State.WORKING;
    }

    private void leave(String reason) {
        switch (state) {
            case OUTSIDE, CONNECTING, JOINING, IDLE -> exit(false, reason);
            case PREPARING, WORKING -> {
                stop(false, reason);
                leaving(reason);
            }
            case RELEASING -> {
                keepNothing();
                leaving(reason);
            }
            case STRANDED -> leaving(reason);
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
