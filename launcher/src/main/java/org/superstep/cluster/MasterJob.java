package org.superstep.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.superstep.JobException;
import org.superstep.job.JobRun;
import org.superstep.job.OutputFiles;
import org.superstep.master.Capacity;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.net.Connection;
import org.superstep.net.Fault;
import org.superstep.net.Frame;
import org.superstep.net.FromMember;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;
import org.superstep.net.ToWorker;
import org.superstep.net.wire.ControlCodec;

/**
 * The master's side of a job on a cluster: a thread of its own, because the program's code runs there, and a hook that hangs must keep
 * nobody from asking after the job or cancelling it. What workers say comes straight from their connections' threads.
 *
 * <pre>
 *   state    event        what happens                                                      next
 *   RUNS     its end      the thread tells it                                               OVER
 *   RUNS     breakOff     the thread is interrupted                                         BREAKS
 *   BREAKS   its end      the thread tells the fault, or Done where the outputs were there  OVER
 *   BREAKS   giveUp       the fault is told; the thread is left alone                       OVER
 * </pre>
 */
final class MasterJob {
    /** How long a job that is broken off may take to end. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private enum State { RUNS, BREAKS, OVER }

    private final ClusterCommand.BeginJob begin;
    private final long epoch;
    private final List<Connection> workers;
    private final JobMaker maker;
    private final List<Path> jars;
    private final Consumer<ClusterEvent> events;
    private final BlockingQueue<FromMember> mailbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile JobRun run;
    // Guarded by this.
    private State state = State.RUNS;
    private Fault brokenOff;
    private long brokenOffNanos;

    /**
     * A job that has not begun.
     *
     * @param jars the files of its jars, in order
     * @param connections the connection with this number, or null
     * @param events hears {@link ClusterEvent.JobTold} and in the end one {@link ClusterEvent.JobOver}
     */
    MasterJob(ClusterCommand.BeginJob begin, long epoch, JobMaker maker, List<Path> jars, LongFunction<Connection> connections,
            Consumer<ClusterEvent> events) {
        this.begin = begin;
        this.epoch = epoch;
        this.maker = maker;
        this.jars = jars;
        this.events = events;
        workers = new ArrayList<>();
        begin.workers().forEach(worker -> workers.add(connections.apply(worker.connection())));
        thread = new Thread(this::run, "superstep-master-job-" + begin.job());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long number() {
        return begin.job();
    }

    /** Takes what one of the job's workers says; false where it is not of this job. Any thread may call. */
    boolean take(long connection, FromMember message) {
        if (message instanceof FromMember.Says says) {
            return says.attempt() == begin.attempt() && take(connection, says.message().worker(), says);
        }
        return message instanceof FromMember.Reading reading && reading.attempt() == begin.attempt()
            && take(connection, reading.worker(), reading);
    }

    /** Nobody speaks for another worker. */
    private boolean take(long connection, int worker, FromMember message) {
        boolean isItsOwn = worker >= 0 && worker < begin.workers().size() && begin.workers().get(worker).connection() == connection;
        if (isItsOwn) {
            mailbox.add(message);
        }
        return isItsOwn;
    }

    /** Ends it early, for this fault. Any thread may call. */
    synchronized void breakOff(Fault fault) {
        if (state == State.RUNS) {
            state = State.BREAKS;
            brokenOff = fault;
            brokenOffNanos = System.nanoTime();
            thread.interrupt();
        }
    }

    /** Whether it was broken off so long ago, and still runs. */
    synchronized boolean hasBrokenFor(long nanos) {
        return state == State.BREAKS && System.nanoTime() - brokenOffNanos >= nanos;
    }

    /** Tells its end although its thread, in the program's code, does not end. Should it ever, it does no harm. */
    void giveUp() {
        Fault fault;
        synchronized (this) {
            if (state != State.BREAKS) {
                return;
            }
            state = State.OVER;
            fault = brokenOff;
        }
        events.accept(new ClusterEvent.JobOver(number(), new ToClient.Failed(number(), fault)));
    }

    /** No worker writes any more: throws away what they have written since the job's end. */
    void sweep() {
        JobRun ended = run;
        if (ended != null) {
            ended.sweep();
        }
    }

    /** Waits so long for the thread to end; returns whether it has. */
    boolean join(long millis) throws InterruptedException {
        thread.join(millis);
        return !thread.isAlive();
    }

    private void run() {
        ToClient end;
        try {
            end = ended();
        } catch (Throwable t) {
            // User code throws what it likes, and the master lives on.
            mailbox.clear();
            end = new ToClient.Failed(number(), faultOf(t));
        }
        synchronized (this) {
            if (state == State.OVER) {
                return;
            }
            state = State.OVER;
        }
        events.accept(new ClusterEvent.JobOver(number(), end));
    }

    private synchronized Fault faultOf(Throwable thrown) {
        return state == State.RUNS ? ThrownFault.of(thrown) : brokenOff;
    }

    private ToClient ended() throws InterruptedException {
        var news = new JobNews(number(), message -> events.accept(new ClusterEvent.JobTold(number(), message)));
        int threads = begin.workers().stream().mapToInt(ClusterCommand.Worker::threads).sum();
        try (JobMaker.Made made = maker.make(begin.spec(), jars, workers.size(), threads, news)) {
            OutputFiles files = made.files().shared("job-" + epoch + "-" + number()).attempt(1, workers.size(),
                begin.workers().stream().map(ClusterCommand.Worker::address).toList());
            run = new JobRun(made.job(), news::traced);
            try {
                run.begin(files, begin.workers().stream().map(worker -> new Capacity(worker.threads(), worker.memoryBytes())).toList(),
                    this::announce);
                while (!run.isOver()) {
                    take(mailbox.take());
                }
                return made.done(number(), run.report(), run.parts());
            } finally {
                // What is to be cleaned up is not broken off.
                Thread.interrupted();
                run.close();
            }
        }
    }

    private void take(FromMember message) throws InterruptedException {
        requireUnbroken();
        if (message instanceof FromMember.Reading reading) {
            if (!reading.description().isEmpty() || reading.openedBytes() != 0) {
                run.opened(reading.worker(), reading.description(), reading.openedBytes());
            }
            if (reading.bytes() != 0 || reading.edges() != 0) {
                run.read(reading.bytes(), reading.edges());
            }
        } else if (message instanceof FromMember.Says says && says.message() instanceof ToMaster.Failed failed) {
            run.on(new ToMaster.Failed(failed.worker(), named(failed.worker(), failed.fault())));
        } else if (message instanceof FromMember.Says says) {
            run.on(says.message());
        } else {
            throw new AssertionError("nothing that a job hears: " + message);
        }
    }

    /** The program's code may have swallowed the interrupt. */
    private synchronized void requireUnbroken() throws InterruptedException {
        if (state != State.RUNS) {
            throw new InterruptedException();
        }
    }

    /** The same fault, with the worker's name for users. */
    private Fault named(int worker, Fault fault) {
        return new Fault(fault.kind(), "on worker " + (worker + 1) + " of " + workers.size() + " (" + begin.workers().get(worker).address()
            + "): " + fault.message(), fault.details(), fault.cause());
    }

    private void announce(ToWorker command) {
        synchronized (this) {
            if (state != State.RUNS) {
                throw new JobException("the job has been broken off", null);
            }
        }
        var frame = new Frame(Frame.Type.TO_MEMBER, begin.attempt(), epoch, -1,
            ControlCodec.encode(new ToMember.Tell(begin.attempt(), command)));
        for (Connection worker : workers) {
            // One that is closed already is about to break the job off.
            if (worker != null) {
                worker.send(frame);
            }
        }
    }
}
