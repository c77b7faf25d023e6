package org.superstep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.superstep.JobObserver;
import org.superstep.job.Corruption;
import org.superstep.job.Harm;
import org.superstep.job.OutputFiles;
import org.superstep.net.Connection;
import org.superstep.net.Frame;
import org.superstep.net.FromMember;
import org.superstep.net.Inbox;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;
import org.superstep.net.wire.ControlCodec;
import org.superstep.net.wire.PeerCodec;
import org.superstep.worker.MembershipCommand;
import org.superstep.worker.MembershipEvent;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * A worker process's part of a job: a thread that makes the job and then gives its {@link Worker} what the master and the other workers
 * say, which comes straight from their connections' threads. It speaks on the connection over which the job came, and no other: a master
 * that this process joins later hears nothing of it.
 */
final class MemberJob implements Transport {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final MembershipCommand.Make make;
    private final long epoch;
    private final Connection master;
    private final PeerLinks links;
    private final JobMaker maker;
    private final List<Path> jars;
    private final long memoryBytes;
    private final Path scratch;
    private final OwnProcess process;
    private final Consumer<MembershipEvent> events;
    private final ReadingNews reading;
    private final Inbox inbox;
    private final Thread thread;
    private volatile Worker worker;
    private volatile boolean isStopped;
    /** Of what it saves; there before the worker is. */
    private Corruption corruption;
    private volatile boolean isSentCorrupted;
    // Guarded by this.
    private boolean hasEnded;
    private long stoppedNanos;

    /**
     * A part that is not made yet.
     *
     * @param master the connection with the master whose job it is
     * @param jars the files of its jars, in order
     * @param memoryBytes the heap; an eighth of it may hold what waits for the worker, the rest of that waits on disk
     * @param scratch the folder for that
     * @param process what faults that are tried are done to
     * @param events hears {@code Made} or {@code NotMade}, and {@code Stopped} when that was asked for
     */
    MemberJob(MembershipCommand.Make make, long epoch, Connection master, PeerLinks links, JobMaker maker, List<Path> jars,
            long memoryBytes, Path scratch, OwnProcess process, Consumer<MembershipEvent> events) {
        this.make = make;
        this.epoch = epoch;
        this.master = master;
        this.links = links;
        this.maker = maker;
        this.jars = jars;
        this.memoryBytes = memoryBytes;
        this.scratch = scratch;
        this.process = process;
        this.events = events;
        reading = new ReadingNews(make.attempt(), make.worker(), this::tell);
        inbox = new Inbox(scratch, memoryBytes / 8);
        thread = new Thread(this::run, "superstep-job-" + make.job() + "-" + make.ordinal() + "-worker-" + make.worker());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The attempt's number. */
    long number() {
        return make.attempt();
    }

    /** The job's number. */
    long job() {
        return make.job();
    }

    /** Which of the job's workers it is. */
    int worker() {
        return make.worker();
    }

    long epoch() {
        return epoch;
    }

    /** Takes what the master wants its worker to do. Any thread may call. */
    void take(ToWorker command) {
        inbox.putMessage(command);
    }

    /** Takes what another worker of the job says. Any thread may call. */
    void take(Frame frame) {
        inbox.put(frame);
    }

    /** Breaks off all that runs; {@code Stopped} follows when nothing does any more. Any thread may call. */
    void stop() {
        synchronized (this) {
            if (isStopped) {
                return;
            }
            isStopped = true;
            stoppedNanos = System.nanoTime();
            if (hasEnded) {
                events.accept(new MembershipEvent.Stopped(make.attempt()));
                return;
            }
        }
        Worker running = worker;
        if (running != null) {
            running.close();
        }
        closeInbox();
        thread.interrupt();
    }

    /** Whether it was stopped so long ago that its program, which runs on, will not end by itself. */
    synchronized boolean isStray() {
        return isStopped && !hasEnded && System.nanoTime() - stoppedNanos >= PATIENCE_NANOS;
    }

    /** Waits so long for the thread to end. */
    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    private void run() {
        try {
            serve();
        } catch (Throwable t) {
            // User code throws what it likes, memory runs out anywhere, and the process lives on.
            closeInbox();
            failed(t);
        }
        closeInbox();
        synchronized (this) {
            hasEnded = true;
            if (isStopped) {
                events.accept(new MembershipEvent.Stopped(make.attempt()));
            }
        }
    }

    /** What waits in it is of no use any more, and takes memory. */
    private void closeInbox() {
        try {
            inbox.close();
        } catch (IOException e) {
            // Its file has no name, and goes with the process if not before.
            return;
        }
    }

    private void failed(Throwable thrown) {
        if (worker == null) {
            events.accept(new MembershipEvent.NotMade(make.attempt(), ThrownFault.of(thrown)));
        } else {
            toMaster(new ToMaster.Failed(make.worker(), ThrownFault.of(thrown)));
        }
    }

    private void serve() throws InterruptedException, IOException {
        try (JobMaker.Made made = maker.make(make.spec(), jars, make.workers(), make.threads() * make.workers(), JobObserver.SILENT)) {
            OutputFiles files = made.files().shared("job-" + epoch + "-" + make.job())
                .attempt(make.ordinal(), make.workers(), List.of());
            corruption = new Corruption(made.job().options());
            worker = new Worker(make.worker(), make.workers(), make.threads(),
                made.job().part(make.worker(), files, memoryBytes, scratch, new Harming(), new Listener()), this);
            try {
                events.accept(new MembershipEvent.Made(make.attempt()));
                while (!isStopped) {
                    inbox.take().ifPresent(this::deliver);
                }
            } finally {
                // What is to be cleaned up is not broken off.
                Thread.interrupted();
                worker.close();
                worker.closeShared();
                // What the master wanted of them it has by now, or never will.
                files.discard(make.worker());
            }
        }
    }

    private void deliver(Object message) {
        if (message instanceof ToWorker command) {
            worker.on(command);
        } else if (message instanceof Frame frame) {
            worker.on(PeerCodec.decode(frame));
        } else {
            throw new AssertionError("nothing that a worker hears: " + message);
        }
    }

    @Override public void toMaster(ToMaster message) {
        if (message instanceof ToMaster.Loaded) {
            reading.tell();
        }
        corruption.before(message);
        tell(new FromMember.Says(make.attempt(), message));
    }

    private void tell(FromMember message) {
        if (!isStopped) {
            master.send(new Frame(Frame.Type.FROM_MEMBER, make.attempt(), epoch, -1, ControlCodec.encode(message)));
        }
    }

    @Override public void toPeer(int peer, ToPeer message) {
        send(peer, PeerCodec.encode(message, make.attempt(), epoch));
    }

    @Override public int ship(int peer, ToPeer.Outbox outbox) {
        Frame frame = PeerCodec.encode(outbox, make.attempt(), epoch);
        int travelling = send(peer, frame);
        return travelling < frame.body().length ? travelling : outbox.frame().length;
    }

    /** Returns how many bytes of the frame's body travel. */
    private int send(int peer, Frame frame) {
        Connection to = links.with(make.attempt(), peer);
        if (to == null) {
            // It was there when the job began: that it is gone is on its way to the master.
            return frame.body().length;
        }
        if (isSentCorrupted) {
            isSentCorrupted = false;
            to.corrupt();
        }
        try {
            return to.sendData(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the job was broken off", e);
        }
    }

    /** What is tried on this worker. */
    private final class Harming implements Harm {
        @Override public void kill() {
            process.kill();
        }

        @Override public void pause(Duration time) {
            try {
                process.pause(time);
            } catch (InterruptedException e) {
                // The job has ended meanwhile; the worker looks at this.
                Thread.currentThread().interrupt();
            }
        }

        @Override public void disconnect() {
            String reason = "an injected fault has cut its connections";
            links.breakAll(reason);
            master.close(reason);
        }

        @Override public void corruptSaved() {
            corruption.ask();
        }

        @Override public void corruptSent() {
            isSentCorrupted = true;
        }
    }

    /** Tells of the reading, and hands the worker what others have read for it meanwhile: so it is in its bins, and not in the inbox. */
    private final class Listener implements WorkerJob.ReadListener {
        @Override public void opened(String description, long bytes) {
            reading.opened(description, bytes);
        }

        @Override public void advanced(long bytes, long edges) {
            reading.advanced(bytes, edges);
            if (Thread.currentThread() == thread) {
                try {
                    for (Optional<Object> next = inbox.poll(); next.isPresent(); next = inbox.poll()) {
                        deliver(next.get());
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
