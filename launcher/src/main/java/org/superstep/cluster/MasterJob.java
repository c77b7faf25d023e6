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
 * The master's side of a job on a cluster, over all its attempts: a thread of its own, because the program's code runs there, and a hook
 * that hangs must keep nobody from asking after the job or cancelling it. What workers say comes straight from their connections' threads.
 *
 * <pre>
 *   job      event        what happens                                                      next
 *   RUNS     its end      the thread tells it                                               OVER
 *   RUNS     breakOff     the thread is interrupted                                         BREAKS
 *   BREAKS   its end      the thread tells the fault, or Done where the outputs were there  OVER
 *   BREAKS   giveUp       the fault is told; the thread is left alone                       OVER
 *
 *   attempt  event                          what happens                                    next
 *   -        begin                          the run begins with its workers                 HEARD
 *   HEARD    a worker says something        the run takes it                                HEARD
 *   HEARD    the run wants other workers    Regroup is told                                 -
 *   HEARD    pause                          the run hears of the loss                       -
 *   HEARD    regroup, suspend               the run is asked for a checkpoint               HEARD
 *   -        regroup, suspend               nothing: they are said again                    -
 *   -        a worker says something        nothing: it is of an attempt that is over       -
 * </pre>
 *
 * <p>An attempt is over at once, while the thread may be in a hook: from then on nothing of it is heard, and nothing told to its workers.
 * What is announced all of them are told before they are told that it is over, or none is: so those that keep what they have computed have
 * computed the same. The thread learns of all in the order in which it happened, from its mailbox.
 */
final class MasterJob {
    /** How long a job that is broken off may take to end. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private enum State { RUNS, BREAKS, OVER }

    private final ClusterCommand.BeginJob first;
    private final long epoch;
    private final JobMaker maker;
    private final List<Path> jars;
    private final LongFunction<Connection> connections;
    private final Consumer<ClusterEvent> events;
    private final BlockingQueue<Mail> mailbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile JobRun run;
    /** How many of the run's checkpoints have been told; the thread's. */
    private int checkpoints;
    /** The one that is heard; null: none. Written under this. */
    private volatile Attempt attempt;
    // Guarded by this.
    private State state = State.RUNS;
    private Fault brokenOff;
    private long brokenOffNanos;

    /** A fixed set of workers, each with its connection, or null where that has gone already. */
    private record Attempt(ClusterCommand.BeginJob begin, List<Connection> workers) {
        long number() {
            return begin.attempt();
        }
    }

    /** What the thread does next, unless the attempt is over by then. */
    private sealed interface Mail {
        record Begun(Attempt attempt) implements Mail {
        }

        record Said(Attempt attempt, FromMember message) implements Mail {
        }

        record Lost(String reason) implements Mail {
        }

        record Regroup(Attempt attempt, String reason) implements Mail {
        }

        record Suspend(Attempt attempt) implements Mail {
        }
    }

    /**
     * A job that has not begun.
     *
     * @param first its first attempt under this master
     * @param jars the files of its jars, in order
     * @param connections the connection with this number, or null
     * @param events hears {@link ClusterEvent.JobTold}, {@link ClusterEvent.Advanced} and {@link ClusterEvent.Regroup}, and in the end one
     *     {@link ClusterEvent.JobOver}
     */
    MasterJob(ClusterCommand.BeginJob first, long epoch, JobMaker maker, List<Path> jars, LongFunction<Connection> connections,
            Consumer<ClusterEvent> events) {
        this.first = first;
        this.epoch = epoch;
        this.maker = maker;
        this.jars = jars;
        this.connections = connections;
        this.events = events;
        thread = new Thread(this::run, "superstep-master-job-" + first.job());
        thread.setDaemon(true);
        begin(first);
    }

    void start() {
        thread.start();
    }

    long number() {
        return first.job();
    }

    /** Goes on with another attempt. */
    synchronized void begin(ClusterCommand.BeginJob next) {
        var workers = new ArrayList<Connection>();
        next.workers().forEach(worker -> workers.add(connections.apply(worker.connection())));
        attempt = new Attempt(next, workers);
        mailbox.add(new Mail.Begun(attempt));
    }

    /** A worker was lost, and the attempt is over; the next one is to come. */
    synchronized void pause(long number, String reason) {
        if (leave(number)) {
            mailbox.add(new Mail.Lost(reason));
        }
    }

    /** Nothing of the attempt is heard from now on; false: it was not heard before. */
    private synchronized boolean leave(long number) {
        boolean isHeard = attempt != null && attempt.number() == number;
        if (isHeard) {
            attempt = null;
        }
        return isHeard;
    }

    /** Asks for other workers, as soon as all that the attempt has come to is saved. */
    void regroup(String reason) {
        mailbox.add(new Mail.Regroup(attempt, reason));
    }

    /** Asks for the job's end, as soon as all that it has come to is saved. */
    void suspend() {
        mailbox.add(new Mail.Suspend(attempt));
    }

    /** Takes what one of the job's workers says; false where it is not of the attempt that is heard. Any thread may call. */
    boolean take(long connection, FromMember message) {
        Attempt heard = attempt;
        if (heard == null) {
            return false;
        }
        boolean isItsOwn = message instanceof FromMember.Says says
            ? says.attempt() == heard.number() && speaksForItself(heard, connection, says.message().worker())
            : message instanceof FromMember.Reading reading && reading.attempt() == heard.number()
                && speaksForItself(heard, connection, reading.worker());
        if (isItsOwn) {
            mailbox.add(new Mail.Said(heard, message));
        }
        return isItsOwn;
    }

    /** Nobody speaks for another worker. */
    private static boolean speaksForItself(Attempt heard, long connection, int worker) {
        List<ClusterCommand.Worker> workers = heard.begin.workers();
        return worker >= 0 && worker < workers.size() && workers.get(worker).connection() == connection;
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
        int threads = first.workers().stream().mapToInt(ClusterCommand.Worker::threads).sum();
        try (JobMaker.Made made = maker.make(first.spec(), jars, first.workers().size(), threads, news)) {
            OutputFiles files = made.files().shared("job-" + epoch + "-" + number());
            run = new JobRun(made.job(), news::traced);
            try {
                while (!run.isOver()) {
                    Mail mail = mailbox.take();
                    requireUnbroken();
                    take(mail, files);
                    tellProgress();
                }
                return made.done(number(), run.report(), run.parts());
            } finally {
                // What is to be cleaned up is not broken off.
                Thread.interrupted();
                run.close();
            }
        }
    }

    private void take(Mail mail, OutputFiles files) {
        if (mail instanceof Mail.Begun begun) {
            if (begun.attempt == attempt) {
                begin(begun.attempt, files);
            }
        } else if (mail instanceof Mail.Said said) {
            if (said.attempt == attempt) {
                take(said.attempt, said.message);
            }
        } else if (mail instanceof Mail.Lost lost) {
            run.lost(lost.reason);
        } else if (mail instanceof Mail.Regroup wanted) {
            if (wanted.attempt != null && wanted.attempt == attempt) {
                run.regroup(wanted.reason);
            }
        } else if (mail instanceof Mail.Suspend wanted) {
            if (wanted.attempt != null && wanted.attempt == attempt) {
                run.suspend();
            }
        } else {
            throw new AssertionError("no mail for a job: " + mail);
        }
    }

    private void begin(Attempt next, OutputFiles files) {
        List<ClusterCommand.Worker> workers = next.begin.workers();
        run.begin(files.attempt(next.begin.ordinal(), workers.size(), workers.stream().map(ClusterCommand.Worker::address).toList()),
            workers.stream().map(worker -> "worker " + worker.member() + " (" + worker.address() + ")").toList(),
            workers.stream().map(worker -> new Capacity(worker.threads(), worker.memoryBytes())).toList(),
            command -> announce(next, command));
    }

    private void take(Attempt heard, FromMember message) {
        if (message instanceof FromMember.Reading reading) {
            if (!reading.description().isEmpty() || reading.openedBytes() != 0) {
                run.opened(reading.worker(), reading.description(), reading.openedBytes());
            }
            if (reading.bytes() != 0 || reading.edges() != 0) {
                run.read(reading.bytes(), reading.edges());
            }
        } else if (message instanceof FromMember.Says says && says.message() instanceof ToMaster.Failed failed) {
            run.on(new ToMaster.Failed(failed.worker(), named(heard, failed.worker(), failed.fault())));
        } else if (message instanceof FromMember.Says says) {
            run.on(says.message());
        } else {
            throw new AssertionError("nothing that a job hears: " + message);
        }
    }

    /** Tells of a checkpoint that has been committed; and that the attempt is over, where the run wants other workers. */
    private void tellProgress() {
        if (run.checkpoints() > checkpoints) {
            checkpoints = run.checkpoints();
            events.accept(new ClusterEvent.Advanced(number(), run.savedBefore()));
        }
        Attempt heard = attempt;
        if (heard != null) {
            run.wantsOtherWorkers().ifPresent(reason -> {
                if (leave(heard.number())) {
                    events.accept(new ClusterEvent.Regroup(number(), heard.number(), reason));
                }
            });
        }
    }

    /** The program's code may have swallowed the interrupt. */
    private synchronized void requireUnbroken() throws InterruptedException {
        if (state != State.RUNS) {
            throw new InterruptedException();
        }
    }

    /** The same fault, with the worker's name for users. */
    private static Fault named(Attempt heard, int worker, Fault fault) {
        List<ClusterCommand.Worker> workers = heard.begin.workers();
        return new Fault(fault.kind(), "on worker " + (worker + 1) + " of " + workers.size() + " (" + workers.get(worker).address()
            + "): " + fault.message(), fault.details(), fault.cause());
    }

    private void announce(Attempt to, ToWorker command) {
        var frame = new Frame(Frame.Type.TO_MEMBER, to.number(), epoch, -1, ControlCodec.encode(new ToMember.Tell(to.number(), command)));
        synchronized (this) {
            if (state != State.RUNS) {
                throw new JobException("the job has been broken off", null);
            }
            if (attempt != to) {
                // The thread will hear of it next.
                return;
            }
            for (Connection worker : to.workers) {
                // One that is closed already is about to be told as lost.
                if (worker != null) {
                    worker.send(frame);
                }
            }
        }
    }
}
