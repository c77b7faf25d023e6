package org.superstep.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.superstep.JobException;
import org.superstep.net.Connection;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Frame;
import org.superstep.net.FromMember;
import org.superstep.net.HostPort;
import org.superstep.net.JobSpec;
import org.superstep.net.Network;
import org.superstep.net.Party;
import org.superstep.net.ToMember;
import org.superstep.net.wire.ControlCodec;
import org.superstep.net.wire.WireException;
import org.superstep.worker.Membership;
import org.superstep.worker.MembershipCommand;
import org.superstep.worker.MembershipEvent;

/**
 * A worker, as a process: a control thread around {@link Membership}, which takes what happens and does what that wants done, and a thread
 * for its part of the job that runs. The network is its owner's to close, after this.
 */
public final class WorkerProcess implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long END_SECONDS = 30;
    /** What the jar store knows the master as. */
    private static final long MASTER = 0;

    private final Network network;
    private final WorkerSetup setup;
    private final JobMaker maker;
    private final OwnProcess process;
    private final Consumer<String> log;
    private final BlockingQueue<MembershipEvent> events = new LinkedBlockingQueue<>();
    private final PeerLinks links = new PeerLinks(() -> this.job, events::add);
    private final JarStore jars;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean isRunning;
    private volatile boolean isOver;
    private boolean isFailure;
    private volatile long epoch;
    private volatile Connection toMaster;
    /** The part of the job that is made, runs, or is stopped; null: none. Written by the control thread. */
    private volatile MemberJob job;
    /** The jars of the job that was made last. */
    private List<JobSpec.Jar> jobJars = List.of();
    /** What is left of the attempt that was stopped last, until the next one's part is made. The control thread's. */
    private Optional<KeptPart> kept = Optional.empty();

    /**
     * A worker that has not joined yet.
     *
     * @param process what faults that are tried are done to
     * @param log hears one line each for whoever runs it; called by any thread
     */
    public WorkerProcess(Network network, WorkerSetup setup, JobMaker jobs, OwnProcess process, Consumer<String> log) {
        this.network = network;
        this.setup = setup;
        this.maker = jobs;
        this.process = process;
        this.log = log;
        jars = new JarStore(setup.scratch(), false, new JarStore.Listener() {
            @Override public void stored(String sha256) {
                events.add(new MembershipEvent.JarStored(sha256));
            }

            @Override public void spoilt(long connection, String sha256, String reason) {
                events.add(new MembershipEvent.JarSpoilt(sha256, reason));
            }
        });
    }

    /**
     * Joins the master's cluster and works for it until it is told to end. To be called once.
     *
     * @return false if it could not be what it should: it was refused, no master was reached, or a job's program did not end
     * @throws JobException if it cannot listen
     */
    public boolean run() throws InterruptedException {
        isRunning = true;
        try {
            HostPort here = listen();
            var membership = new Membership(new FromMember.Join(here.host(), here.port(), setup.threads(), setup.memoryBytes(),
                ProcessHandle.current().pid()), Membership.PATIENCE_NANOS, setup.masterTimeout().toNanos());
            control(membership);
            return !isFailure;
        } finally {
            letGo();
            ended.countDown();
        }
    }

    private HostPort listen() {
        HostPort listen = setup.listen();
        try {
            if (InetAddress.getByName(listen.host()).isAnyLocalAddress()) {
                throw new JobException("a worker cannot listen at " + listen + ": it has to tell the others where they reach it; name an"
                    + " address of this machine", null);
            }
            Files.createDirectories(setup.scratch());
            return network.listen(listen, new Party(Party.Role.MEMBER, setup.version()), new Door());
        } catch (IOException e) {
            throw new JobException(e.getMessage(), e);
        }
    }

    /** Leaves the cluster, a job that runs failing by it; returns at once. Any thread may call. */
    public void end(String reason) {
        events.add(new MembershipEvent.Leave(reason));
    }

    /** Ends, and waits for it: no thread, file or connection of it is left. */
    @Override public void close() {
        end("it was closed");
        try {
            if (isRunning && !ended.await(END_SECONDS, TimeUnit.SECONDS)) {
                log.accept("the worker does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void control(Membership membership) throws InterruptedException {
        long nextTick = System.nanoTime();
        while (!isOver) {
            MembershipEvent event = events.poll(Math.max(0, nextTick - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (event != null) {
                carryOut(membership, event);
            }
            if (System.nanoTime() - nextTick >= 0) {
                nextTick = System.nanoTime() + TICK_NANOS;
                tick(membership);
            }
        }
    }

    private void tick(Membership membership) throws InterruptedException {
        try {
            endWithStray();
            carryOut(membership, new MembershipEvent.Tick());
        } catch (OutOfMemoryError e) {
            // A job takes all there is, and is about to fail of it. The next tick does what this one could not.
            return;
        }
    }

    /** A thread that cannot be ended would work against every job to come: only a new process is rid of it. */
    private void endWithStray() {
        MemberJob current = job;
        if (current != null && current.isStray()) {
            String reason = "the program of job " + current.job() + " does not end when it is told to; this worker ends, and has to be"
                + " started anew";
            log.accept(reason);
            tell(new FromMember.Leaving(reason));
            isFailure = true;
            isOver = true;
        }
    }

    private void carryOut(Membership membership, MembershipEvent event) throws InterruptedException {
        if (event instanceof MembershipEvent.Stopped stopped) {
            stopped(stopped.attempt());
        }
        for (MembershipCommand command : membership.on(event, System.nanoTime())) {
            carryOut(command);
        }
    }

    private void stopped(long number) throws InterruptedException {
        if (job != null && job.number() == number) {
            // It has said so itself, with its last breath.
            job.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
            job.takeKept().ifPresent(part -> kept = Optional.of(part));
            job = null;
        }
        jars.abandon(MASTER);
        if (kept.isEmpty()) {
            takeJars(List.of());
        }
    }

    private void letGoOfKept() {
        if (kept.isPresent()) {
            kept.get().close();
            kept = Optional.empty();
            takeJars(List.of());
        }
    }

    /** These are the jars of the job that is made now; whatever others were needed are not any more. */
    private void takeJars(List<JobSpec.Jar> needed) {
        jobJars.stream().map(JobSpec.Jar::sha256).filter(hash -> needed.stream().noneMatch(jar -> jar.sha256().equals(hash)))
            .forEach(jars::forget);
        jobJars = needed;
    }

    private void carryOut(MembershipCommand command) {
        if (command instanceof MembershipCommand.Connect) {
            network.connect(setup.master(), new Party(Party.Role.MEMBER, setup.version()), new MasterLink());
        } else if (command instanceof MembershipCommand.Tell tell) {
            if (tell.message() instanceof FromMember.WantsJar wanted) {
                jars.want(MASTER, wanted.sha256());
            }
            tell(tell.message());
        } else if (command instanceof MembershipCommand.ConnectPeer connect) {
            connect(connect);
        } else if (command instanceof MembershipCommand.ClosePeer close) {
            links.close(close.connection(), close.reason());
        } else if (command instanceof MembershipCommand.Make make) {
            make(make);
        } else if (command instanceof MembershipCommand.Stop stop) {
            stop(stop);
        } else if (command instanceof MembershipCommand.TakeEpoch taken) {
            epoch = taken.epoch();
        } else if (command instanceof MembershipCommand.Log line) {
            log.accept(line.line());
        } else if (command instanceof MembershipCommand.Exit exit) {
            isFailure = exit.isFailure();
            log.accept("this worker ends: " + exit.reason());
            isOver = true;
        } else {
            throw new AssertionError("a command that no worker process knows: " + command);
        }
    }

    /** The part is made at the same time: who it is in the job stands there. */
    private void connect(MembershipCommand.ConnectPeer wanted) {
        MemberJob current = job;
        if (current != null && current.number() == wanted.attempt()) {
            var self = new Party(Party.Role.PEER, setup.version(), wanted.attempt(), current.worker());
            network.connect(new HostPort(wanted.peer().host(), wanted.peer().port()), self, links.heard(wanted.attempt(), wanted.worker()));
        }
    }

    private void make(MembershipCommand.Make make) {
        Optional<KeptPart> before = kept.filter(part -> part.isFor(epoch, make));
        if (before.isEmpty()) {
            kept.ifPresent(KeptPart::close);
        }
        kept = Optional.empty();
        takeJars(make.spec().jars());
        job = new MemberJob(make, epoch, toMaster, links, maker, jobJars.stream().map(JobSpec.Jar::sha256).map(jars::file).toList(),
            setup.memoryBytes(), setup.scratch(), process, before, events::add);
        job.start();
    }

    private void stop(MembershipCommand.Stop stop) {
        if (!stop.keeps()) {
            letGoOfKept();
        }
        MemberJob current = job;
        if (current != null && current.number() == stop.attempt()) {
            current.stop(stop.keeps());
        } else {
            events.add(new MembershipEvent.Stopped(stop.attempt()));
        }
    }

    private void tell(FromMember message) {
        Connection to = toMaster;
        if (to != null) {
            to.send(new Frame(Frame.Type.FROM_MEMBER, 0, epoch, -1, ControlCodec.encode(message)));
        }
    }

    private void letGo() {
        isOver = true;
        MemberJob current = job;
        if (current != null && !current.isStray()) {
            current.stop(false);
            try {
                current.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        letGoOfKept();
        links.closeAll("the worker has ended");
        Connection to = toMaster;
        if (to != null) {
            to.close("the worker has ended");
        }
        jars.close();
        try {
            Files.deleteIfExists(setup.scratch());
        } catch (IOException e) {
            log.accept(setup.scratch() + " cannot be removed: " + e);
        }
    }

    /** Hears what the master says. */
    private final class MasterLink implements ConnectionListener {
        @Override public void opened(Connection connection) {
            if (isOver) {
                connection.close("the worker has ended");
                return;
            }
            toMaster = connection;
            events.add(new MembershipEvent.Connected());
        }

        @Override public void failed(String reason, boolean isFinal) {
            events.add(new MembershipEvent.NotConnected(reason, isFinal));
        }

        @Override public void received(Connection connection, Frame frame) {
            try {
                if (frame.type() != Frame.Type.TO_MEMBER) {
                    throw new WireException("a master does not say " + frame.type());
                }
                take(ControlCodec.toMember(frame.body()));
            } catch (WireException e) {
                connection.close(e.getMessage());
            } catch (OutOfMemoryError e) {
                // What was said is lost, and the master would wait for the answer for ever.
                connection.close("the heap is full");
            }
        }

        /** What the job's worker is to hear goes straight to it. */
        private void take(ToMember message) {
            if (message instanceof ToMember.Tell tell) {
                MemberJob current = job;
                if (current != null && current.number() == tell.attempt()) {
                    current.take(tell.command());
                }
            } else if (message instanceof ToMember.Jar jar) {
                jars.take(MASTER, jar.piece());
            } else {
                events.add(new MembershipEvent.MasterSaid(message));
            }
        }

        @Override public void closed(Connection connection, String reason) {
            events.add(new MembershipEvent.Disconnected(reason));
        }
    }

    /** Hears other workers that connect with this one, each of which tells for which job it comes, and as which of its workers. */
    private final class Door implements ConnectionListener {
        @Override public void opened(Connection connection) {
            if (connection.party().role() == Party.Role.PEER) {
                link(connection).opened(connection);
            } else {
                connection.close("this is a worker: other workers connect with it; the master is at " + setup.master());
            }
        }

        @Override public void refused(String reason) {
            log.accept(reason);
        }

        private ConnectionListener link(Connection connection) {
            return links.heard(connection.party().attempt(), connection.party().worker());
        }

        @Override public void received(Connection connection, Frame frame) {
            link(connection).received(connection, frame);
        }

        @Override public void closed(Connection connection, String reason) {
            if (connection.party().role() == Party.Role.PEER) {
                link(connection).closed(connection, reason);
            }
        }
    }
}
