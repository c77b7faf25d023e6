package org.superstep.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.superstep.JobException;
import org.superstep.master.Cluster;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.net.Connection;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Fault;
import org.superstep.net.Frame;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.HostPort;
import org.superstep.net.JobSpec;
import org.superstep.net.Network;
import org.superstep.net.Party;
import org.superstep.net.ToClient;
import org.superstep.net.ToMember;
import org.superstep.net.wire.ControlCodec;
import org.superstep.net.wire.WireException;

/**
 * The master of a cluster, as a process: a control thread around {@link Cluster}, which takes what happens and does what that wants done; a
 * thread for the job that runs; one that sends jars. The network is its owner's to close, after this.
 */
public final class MasterProcess implements AutoCloseable {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Longer than the cluster takes to end in an orderly way. */
    private static final long END_SECONDS = 45;

    private final Network network;
    private final String version;
    private final HostPort listen;
    private final JobMaker maker;
    private final Path scratch;
    private final Consumer<String> log;
    private final long originNanos = System.nanoTime();
    private final Optional<StateFolder> state;
    /** Those of masters that are started one after another ascend. */
    private final long epoch;
    private final Cluster cluster;
    private final JarStore jars;
    private final BlockingQueue<ClusterEvent> events = new LinkedBlockingQueue<>();
    private final Map<Long, Connection> connections = new ConcurrentHashMap<>();
    private final ExecutorService jarSender = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "superstep-master-jars");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch ended = new CountDownLatch(1);
    private Thread control;
    /** The job that runs, or whose workers have not let go of it yet; null: none. Written by the control thread. */
    private volatile MasterJob job;
    private volatile boolean isOver;

    /**
     * A master that does not listen yet.
     *
     * @param scratch a folder of its own for jars, made and removed by it
     * @param stateFolder where it keeps what the next master goes on from; empty: nowhere
     * @param log hears one line each for whoever runs it; called by any thread
     * @throws JobException if another master uses the folder, or it cannot be used
     */
    public MasterProcess(Network network, String version, HostPort listen, JobMaker jobs, Path scratch, Optional<Path> stateFolder,
            Consumer<String> log) {
        this(network, version, listen, jobs, scratch, stateFolder, log, Duration.ofNanos(Cluster.REGROUP_NANOS));
    }

    /** The same, whose jobs wait so long for workers in the place of those that were lost. */
    public MasterProcess(Network network, String version, HostPort listen, JobMaker jobs, Path scratch, Optional<Path> stateFolder,
            Consumer<String> log, Duration regroup) {
        this.network = network;
        this.version = version;
        this.listen = listen;
        this.maker = jobs;
        this.scratch = scratch;
        this.log = log;
        state = stateFolder.map(folder -> new StateFolder(folder, log));
        long now = System.currentTimeMillis();
        epoch = state.map(StateFolder::epoch).orElse(now);
        cluster = new Cluster(version, epoch, now, regroup.toNanos());
        jars = new JarStore(state.map(StateFolder::jars).orElse(scratch), state.isPresent(), new JarStore.Listener() {
            @Override public void stored(String sha256) {
                events.add(new ClusterEvent.JarStored(sha256));
            }

            @Override public void spoilt(long connection, String sha256, String reason) {
                events.add(new ClusterEvent.JarSpoilt(connection, sha256, reason));
            }
        });
    }

    /**
     * Begins to take workers and jobs; returns the address that was taken. To be called once.
     *
     * @throws JobException if it cannot
     */
    public HostPort start() {
        HostPort taken;
        try {
            Files.createDirectories(scratch);
            if (state.isPresent()) {
                // The first event of all, before anybody can connect.
                events.add(state.get().recalled(jars.recall()));
            }
            taken = network.listen(listen, new Party(Party.Role.MASTER, version), new Door());
        } catch (IOException e) {
            throw new JobException(e.getMessage(), e);
        }
        control = new Thread(this::control, "superstep-master");
        control.setDaemon(true);
        control.start();
        return taken;
    }

    /** Waits until {@link #end} has been carried out. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Breaks off the job that runs, lets go of all workers and ends; returns at once. Any thread may call. */
    public void end(String reason) {
        events.add(new ClusterEvent.End(reason));
    }

    /** Ends, and waits for it: no thread, file or connection of it is left. */
    @Override public void close() {
        if (control == null) {
            jarSender.shutdown();
            state.ifPresent(StateFolder::close);
            return;
        }
        end("it was closed");
        boolean isInterrupted = false;
        try {
            if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
                control.interrupt();
            }
            control.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            isInterrupted = true;
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void control() {
        try {
            long nextTick = System.nanoTime();
            while (!isOver) {
                ClusterEvent event = events.poll(Math.max(0, nextTick - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (event != null) {
                    take(event);
                }
                if (System.nanoTime() - nextTick >= 0) {
                    nextTick = System.nanoTime() + TICK_NANOS;
                    giveUpWhatDoesNotEnd();
                    carryOut(new ClusterEvent.Tick());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            log.accept("the master fails: " + e);
        } finally {
            letGo();
            ended.countDown();
        }
    }

    private void take(ClusterEvent event) throws InterruptedException {
        MasterJob current = job;
        if (event instanceof ClusterEvent.MemberSaid said && current != null && current.take(said.connection(), said.message())) {
            // Said before the run was there to hear it.
            return;
        }
        if (event instanceof ClusterEvent.JobOver && current != null && !current.join(TimeUnit.SECONDS.toMillis(1))) {
            log.accept("job " + current.number() + "'s program does not end when it is told to; its thread stays until the master ends");
        }
        carryOut(event);
    }

    private void giveUpWhatDoesNotEnd() {
        MasterJob current = job;
        if (current != null && current.hasBrokenFor(MasterJob.PATIENCE_NANOS)) {
            current.giveUp();
        }
    }

    private void carryOut(ClusterEvent event) {
        for (ClusterCommand command : cluster.on(event, System.nanoTime() - originNanos)) {
            carryOut(command);
        }
    }

    private void carryOut(ClusterCommand command) {
        if (command instanceof ClusterCommand.TellClient tell) {
            if (tell.message() instanceof ToClient.WantsJar wanted) {
                jars.want(tell.connection(), wanted.sha256());
            }
            send(tell.connection(), Frame.Type.TO_CLIENT, ControlCodec.encode(tell.message()));
        } else if (command instanceof ClusterCommand.TellMember tell) {
            send(tell.connection(), Frame.Type.TO_MEMBER, ControlCodec.encode(tell.message()));
        } else if (command instanceof ClusterCommand.SendJar jar) {
            jarSender.execute(() -> sendJar(jar));
        } else if (command instanceof ClusterCommand.Close close) {
            close(close.connection(), close.reason());
        } else if (command instanceof ClusterCommand.BeginJob begin) {
            begin(begin);
        } else if (command instanceof ClusterCommand.Pause pause) {
            ofJob(pause.job()).ifPresent(running -> running.pause(pause.attempt(), pause.reason()));
        } else if (command instanceof ClusterCommand.Regroup wanted) {
            ofJob(wanted.job()).ifPresent(running -> running.regroup(wanted.reason()));
        } else if (command instanceof ClusterCommand.Suspend wanted) {
            ofJob(wanted.job()).ifPresent(MasterJob::suspend);
        } else if (command instanceof ClusterCommand.BreakOff broken) {
            ofJob(broken.job()).ifPresent(running -> running.breakOff(broken.fault()));
        } else if (command instanceof ClusterCommand.LetGo over) {
            ofJob(over.job()).ifPresent(ended -> {
                ended.sweep();
                job = null;
            });
        } else if (command instanceof ClusterCommand.ForgetJar jar) {
            jars.forget(jar.sha256());
        } else if (command instanceof ClusterCommand.Log line) {
            log.accept(line.line());
        } else if (command instanceof ClusterCommand.Keep keep) {
            state.ifPresent(folder -> folder.keep(keep));
        } else if (command instanceof ClusterCommand.KeepAttempt keep) {
            state.ifPresent(folder -> folder.keep(keep));
        } else if (command instanceof ClusterCommand.Remember remember) {
            // Without a folder the cluster itself tells it to those who ask, for as long as this process lives.
            state.ifPresent(folder -> folder.remember(remember.past()));
        } else if (command instanceof ClusterCommand.Exit) {
            isOver = true;
        } else {
            throw new AssertionError("a command that no master knows: " + command);
        }
    }

    private void begin(ClusterCommand.BeginJob begin) {
        Optional<MasterJob> running = ofJob(begin.job());
        if (running.isPresent()) {
            running.get().begin(begin);
            return;
        }
        var files = begin.spec().jars().stream().map(JobSpec.Jar::sha256).map(jars::file).toList();
        job = new MasterJob(begin, epoch, maker, files, connections::get, events::add);
        job.start();
    }

    /** The run of the job with this number, if it is there. */
    private Optional<MasterJob> ofJob(long number) {
        return Optional.ofNullable(job).filter(running -> running.number() == number);
    }

    private void send(long connection, Frame.Type type, byte[] body) {
        Connection to = connections.get(connection);
        if (to != null) {
            to.send(new Frame(type, 0, epoch, -1, body));
        }
    }

    private void close(long connection, String reason) {
        Connection closing = connections.get(connection);
        if (closing != null) {
            closing.close(reason);
        }
    }

    private void sendJar(ClusterCommand.SendJar jar) {
        Connection to = connections.get(jar.connection());
        if (to == null) {
            return;
        }
        try {
            JarStore.send(jars.file(jar.sha256()), jar.sha256(),
                piece -> to.sendData(new Frame(Frame.Type.TO_MEMBER, 0, epoch, -1, ControlCodec.encode(new ToMember.Jar(piece)))));
        } catch (IOException e) {
            to.close("a jar cannot be read: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void letGo() {
        isOver = true;
        // What was interrupted to end must not keep this from ending.
        Thread.interrupted();
        MasterJob current = job;
        try {
            if (current != null) {
                current.breakOff(new Fault(Fault.Kind.FAILURE, "the master has ended"));
                current.join(TimeUnit.NANOSECONDS.toMillis(MasterJob.PATIENCE_NANOS));
                current.sweep();
            }
            jarSender.shutdownNow();
            connections.values().forEach(connection -> connection.close("the master has ended"));
            jarSender.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jars.close();
        state.ifPresent(StateFolder::close);
        try {
            Files.deleteIfExists(scratch);
        } catch (IOException e) {
            log.accept(scratch + " cannot be removed: " + e);
        }
    }

    /** Hears all that members and clients say. */
    private final class Door implements ConnectionListener {
        @Override public void opened(Connection connection) {
            if (isOver) {
                connection.close("the master has ended");
                return;
            }
            connections.put(connection.id(), connection);
            switch (connection.party().role()) {
                case MEMBER -> events.add(new ClusterEvent.MemberConnected(connection.id(), connection.isSafe()));
                case CLIENT -> events.add(new ClusterEvent.ClientConnected(connection.id()));
                case MASTER, PEER -> connection.close("this is a master: workers and commands connect with it");
            }
        }

        @Override public void received(Connection connection, Frame frame) {
            Party.Role role = connection.party().role();
            try {
                if (frame.type() == Frame.Type.FROM_MEMBER && role == Party.Role.MEMBER) {
                    fromMember(connection.id(), ControlCodec.fromMember(frame.body()));
                } else if (frame.type() == Frame.Type.FROM_CLIENT && role == Party.Role.CLIENT) {
                    fromClient(connection.id(), ControlCodec.fromClient(frame.body()));
                } else {
                    connection.close("a " + role + " does not say " + frame.type());
                }
            } catch (WireException e) {
                connection.close(e.getMessage());
            }
        }

        /** What the job that runs is to hear goes straight to it. */
        private void fromMember(long connection, FromMember message) {
            MasterJob current = job;
            if (current == null || !current.take(connection, message)) {
                events.add(new ClusterEvent.MemberSaid(connection, message));
            }
        }

        private void fromClient(long connection, FromClient message) {
            if (message instanceof FromClient.Jar jar) {
                jars.take(connection, jar.piece());
            } else {
                events.add(new ClusterEvent.ClientSaid(connection, message));
            }
        }

        @Override public void refused(String reason) {
            log.accept(reason);
        }

        @Override public void closed(Connection connection, String reason) {
            connections.remove(connection.id());
            jars.abandon(connection.id());
            // Whoever tells of it says first who it was, by the address at which it listens; this one means nothing to anybody.
            events.add(new ClusterEvent.Closed(connection.id(), reason.replace(connection.remote(), "it")));
        }
    }
}
