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
import org.superstep.worker.Remains;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * A worker process's part of a job: a thread that makes the job and then gives its {@link Worker} what the master and the other workers
 * say, which comes straight from their connections' threads. It speaks on the connection over which the job came, and no other: a master
 * that this process joins later hears nothing of it.
 *
 * <pre>
 *   state           event           what happens                                                            next
 *   RUNS            stop, keeping   a mark goes into the inbox, behind all that it was told                 FINISHES
 *   RUNS, FINISHES  stop            what runs is broken off                                                 BREAKS
 *   FINISHES        the mark        the worker keeps what it has computed; while it reads its input, which
 *                                   is nothing, as stop                                                     FINISHES
 *   RUNS            its end         nothing: it has failed, and said so                                     ENDED
 *   ENDED           stop            Stopped is told                                                         STOPPED
 *   FINISHES        its end         Stopped is told; what was kept can be taken                             STOPPED
 *   BREAKS          its end         Stopped is told; nothing is kept                                        STOPPED
 *   STOPPED         stop            what was kept, and not yet taken, is let go of                          STOPPED
 * </pre>
 *
 * <p>Only RUNS speaks. How long FINISHES takes is the program's affair, as in any superstep; BREAKS takes 10 s at most, or the process is
 * to end.
 */
final class MemberJob implements Transport {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Stands in the inbox behind what is still to be done. */
    private static final Object MARK = new Object();

    private enum State { RUNS, FINISHES, BREAKS, ENDED, STOPPED }

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
    /** What the attempt before has left here, until the worker owns it; null: nothing. The thread's. */
    private KeptPart before;
    private volatile Worker worker;
    /** Of what it saves; there before the worker is. */
    private Corruption corruption;
    private volatile boolean isSentCorrupted;
    /** Written under this. */
    private volatile State state = State.RUNS;
    // Guarded by this.
    private long brokenOffNanos;
    private Optional<KeptPart> kept = Optional.empty();

    /**
     * A part that is not made yet.
     *
     * @param master the connection with the master whose job it is
     * @param jars the files of its jars, in order
     * @param memoryBytes the heap; an eighth of it may hold what waits for the worker, the rest of that waits on disk
     * @param scratch the folder for that
     * @param process what faults that are tried are done to
     * @param before what the attempt before has left in this process, this part's from now on; empty: nothing
     * @param events hears {@code Made} or {@code NotMade}, and {@code Stopped} when that was asked for
     */
    MemberJob(MembershipCommand.Make make, long epoch, Connection master, PeerLinks links, JobMaker maker, List<Path> jars,
            long memoryBytes, Path scratch, OwnProcess process, Optional<KeptPart> before, Consumer<MembershipEvent> events) {
        this.make = make;
        this.epoch = epoch;
        this.master = master;
        this.links = links;
        this.maker = maker;
        this.jars = jars;
        this.memoryBytes = memoryBytes;
        this.scratch = scratch;
        this.process = process;
        this.before = before.orElse(null);
        this.events = events;
        reading = new ReadingNews(make.attempt(), make.worker(), this::tell);
        inbox = new Inbox(scratch, memoryBytes / 8);
        thread = new Thread(this::run, "superstep-job-" + make.job() + "-" + make.ordinal() + "-worker-" + make.worker());
        thread.setDaemon(true);
        before.ifPresent(part -> thread.setContextClassLoader(part.loader()));
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
        if (state == State.RUNS) {
            inbox.putMessage(command);
        }
    }

    /** Takes what another worker of the job says. Any thread may call. */
    void take(Frame frame) {
        if (state == State.RUNS) {
            inbox.put(frame);
        }
    }

    /**
     * Ends it: {@code Stopped} follows when nothing of it runs any more. Any thread may call, more than once.
     *
     * @param keeps whether what it was told is done first, and what that comes to is kept; else all is broken off, and nothing kept
     */
    void stop(boolean keeps) {
        boolean breaks;
        synchronized (this) {
            breaks = !keeps && (state == State.RUNS || state == State.FINISHES);
            if (breaks) {
                state = State.BREAKS;
                brokenOffNanos = System.nanoTime();
            } else if (state == State.RUNS) {
                state = State.FINISHES;
                inbox.putMessage(MARK);
            } else if (state == State.ENDED) {
                stopped();
            } else if (state == State.STOPPED && !keeps) {
                takeKept().ifPresent(KeptPart::close);
            }
        }
        if (breaks) {
            breakOff();
        }
    }

    private void breakOff() {
        Worker running = worker;
        if (running != null) {
            running.close();
        }
        closeInbox();
        thread.interrupt();
    }

    private synchronized void stopped() {
        state = State.STOPPED;
        events.accept(new MembershipEvent.Stopped(make.attempt()));
    }

    /** What it has kept, the caller's from now on. */
    synchronized Optional<KeptPart> takeKept() {
        Optional<KeptPart> taken = kept;
        kept = Optional.empty();
        return taken;
    }

    /** Whether it was broken off so long ago that its program, which runs on, will not end by itself. */
    synchronized boolean isStray() {
        return state == State.BREAKS && System.nanoTime() - brokenOffNanos >= PATIENCE_NANOS;
    }

    /** Waits so long for the thread to end. */
    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    private void run() {
        Optional<KeptPart> left = Optional.empty();
        try {
            left = serve();
        } catch (Throwable t) {
            // User code throws what it likes, memory runs out anywhere, and the process lives on.
            closeInbox();
            failed(t);
        }
        closeInbox();
        ended(left);
    }

    private synchronized void ended(Optional<KeptPart> left) {
        if (state == State.FINISHES) {
            kept = left;
        } else {
            left.ifPresent(KeptPart::close);
        }
        if (state == State.RUNS) {
            state = State.ENDED;
        } else {
            stopped();
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

    /** Returns what is kept of it. */
    private Optional<KeptPart> serve() throws InterruptedException, IOException {
        // What was kept are objects of the job that was made for it.
        JobMaker.Made made = before != null ? before.made()
            : maker.make(make.spec(), jars, make.workers(), make.threads() * make.workers(), JobObserver.SILENT);
        Optional<Remains> remains = Optional.empty();
        try {
            remains = work(made);
        } finally {
            if (before != null) {
                before.remains().close();
            }
            if (remains.isEmpty()) {
                made.close();
            }
        }
        return remains.map(some -> new KeptPart(epoch, make.job(), made, Thread.currentThread().getContextClassLoader(), some));
    }

    private Optional<Remains> work(JobMaker.Made made) throws InterruptedException, IOException {
        OutputFiles files = made.files().shared("job-" + epoch + "-" + make.job()).attempt(make.ordinal(), make.workers(), List.of());
        corruption = new Corruption(made.job().options());
        worker = new Worker(make.worker(), make.workers(), make.threads(),
            made.job().part(make.worker(), files, memoryBytes, scratch, new Harming(), new Listener()), this,
            Optional.ofNullable(before).map(KeptPart::remains));
        // It is to be where the worker lets go of it, and nowhere else: a graph may fill half the heap.
        before = null;
        try {
            events.accept(new MembershipEvent.Made(make.attempt()));
            return attend();
        } finally {
            // What is to be cleaned up is not broken off.
            Thread.interrupted();
            worker.close();
            worker.closeShared();
            // What the master wanted of them it has by now, or never will.
            files.discard(make.worker());
        }
    }

    /** Hands the worker what comes for it; returns what it has kept in the end. */
    private Optional<Remains> attend() throws InterruptedException, IOException {
        while (state != State.BREAKS) {
            Optional<Object> next = inbox.take();
            if (next.isPresent() && next.get() == MARK) {
                return worker.keep();
            }
            next.ifPresent(this::deliver);
        }
        return Optional.empty();
    }

    private void deliver(Object message) {
        if (message == MARK) {
            // It comes while the worker reads its input: there is nothing to keep.
            stop(false);
        } else if (message instanceof ToWorker command) {
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
        if (state == State.RUNS) {
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
