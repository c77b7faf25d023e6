package org.superstep;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.superstep.job.Corruption;
import org.superstep.job.Harm;
import org.superstep.job.Job;
import org.superstep.job.JobRun;
import org.superstep.job.OutputFiles;
import org.superstep.master.Capacity;
import org.superstep.net.Fault;
import org.superstep.net.InProcessTransport;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;
import org.superstep.worker.Remains;
import org.superstep.worker.Rows;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * An attempt at a job inside this process: it carries messages between the coordinator and the workers. With one worker everything happens
 * on the caller's thread and the worker's own compute threads, so that a small superstep costs microseconds; with several, each worker has
 * a thread for its messages.
 */
final class LocalAttempt implements AutoCloseable {
    private static final Path SCRATCH = Path.of(System.getProperty("java.io.tmpdir"));

    private final Job job;
    private final JobRun run;
    private final OutputFiles files;
    private final InProcessTransport transport;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    /** The threads that take the workers' messages; none where there is one worker. */
    private final Thread[] servers;
    /** What a worker's thread has died of; null while all live. */
    private volatile Throwable dead;

    /** A worker is to be lost. */
    private static final class Loss extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Loss(String message) {
            super(message);
        }
    }

    /**
     * So many workers.
     *
     * @param remains what those of the attempt before have kept; at most one for each of the first workers
     */
    LocalAttempt(Job job, JobRun run, OutputFiles files, int count, List<Remains> remains) {
        this.job = job;
        this.run = run;
        this.files = files;
        transport = new InProcessTransport(count);
        servers = new Thread[count > 1 ? count : 0];
        int threads = Math.max(1, job.options().threads() / count);
        for (int i = 0; i < count; i++) {
            var line = new Line(i, count);
            WorkerJob part = job.part(i, files, Runtime.getRuntime().maxMemory() / count, SCRATCH, line, new Listener(i));
            workers.add(new Worker(i, count, threads, part, line, i < remains.size() ? Optional.of(remains.get(i)) : Optional.empty()));
            lines.add(line);
        }
    }

    /** Returns at the attempt's end; which worker was lost, and how, if it has ended for that. */
    Optional<String> run() {
        try {
            int count = workers.size();
            List<String> names = IntStream.rangeClosed(1, count).mapToObj(number -> "worker " + number).toList();
            run.begin(files, names, Capacity.equal(count, job.options().threads(), Runtime.getRuntime().maxMemory()), this::announce);
            for (int i = 0; i < servers.length; i++) {
                serve(i);
            }
            while (!run.isOver() && run.wantsOtherWorkers().isEmpty()) {
                ToMaster event = count == 1 ? pumped() : transport.takeForMaster();
                if (event instanceof ToMaster.Failed failed && failed.fault().cause() instanceof Loss loss) {
                    return Optional.of(loss.getMessage());
                }
                run.on(event);
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            if (dead != null) {
                throw JobRun.failure(new Fault(Fault.Kind.FAILURE, "a worker's thread has died: " + dead, List.of(), dead));
            }
            Thread.currentThread().interrupt();
            throw new JobException("the job was interrupted", e);
        }
    }

    /** A worker was lost: what the others have kept of the attempt, when they have done all that they were told. */
    List<Remains> keep() {
        var kept = new ArrayList<Remains>();
        for (int i = 0; i < servers.length; i++) {
            transport.endWorker(i);
        }
        for (int i = 0; i < servers.length; i++) {
            boolean isThere = joined(servers[i]) && !lines.get(i).isCut;
            Optional<Remains> own = isThere ? workers.get(i).keep() : Optional.empty();
            own.ifPresent(kept::add);
        }
        return kept;
    }

    /** Waits for a thread to end; false: this one was interrupted, or the other has died. */
    private boolean joined(Thread thread) {
        try {
            thread.join();
            return dead == null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What the workers hold, when the job is over. */
    List<Rows> rows() {
        return workers.stream().map(Worker::rows).toList();
    }

    private void announce(ToWorker command) {
        for (int i = 0; i < workers.size(); i++) {
            transport.toWorker(i, command);
        }
    }

    /** One worker: gives it its messages, on this thread, until it has something to say. */
    private ToMaster pumped() throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            ToMaster event = transport.pollForMaster();
            if (event != null) {
                return event;
            }
            Object message = transport.pollForWorker(0);
            if (message == null) {
                // What it still has to say, it says from another thread: a checkpoint is written behind its back.
                return transport.takeForMaster();
            }
            deliver(workers.get(0), message);
        }
    }

    private void serve(int number) {
        Thread master = Thread.currentThread();
        var thread = new Thread(() -> {
            try {
                for (Object message = transport.takeForWorker(number); message != InProcessTransport.END;
                        message = transport.takeForWorker(number)) {
                    deliver(workers.get(number), message);
                }
            } catch (InterruptedException e) {
                // The attempt has ended.
                Thread.currentThread().interrupt();
            } catch (Throwable t) {
                // Not even a report of the failure could be sent; a master that waits for one must hear of it all the same.
                dead = t;
                master.interrupt();
            }
        }, "superstep-worker-" + number);
        thread.setDaemon(true);
        servers[number] = thread;
        thread.start();
    }

    private static void deliver(Worker worker, Object message) {
        if (message instanceof ToWorker command) {
            worker.on(command);
        } else if (message instanceof ToPeer data) {
            worker.on(data);
        } else {
            throw new AssertionError("no message for a worker: " + message);
        }
    }

    /** Ends all threads before the parts are deleted, so that none can write one anew. */
    @Override public void close() {
        workers.forEach(Worker::close);
        List<Thread> threads = Stream.of(servers).filter(Objects::nonNull).toList();
        threads.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        // Only now, when nobody reads it any more.
        workers.forEach(Worker::closeShared);
    }

    /** What one worker says, until it is lost: then it is a process that has ended, of which nobody hears anything more. */
    private final class Line implements Transport, Harm {
        private final int worker;
        private final int count;
        private volatile boolean isCut;
        private final Corruption corruption = new Corruption(job.options());

        Line(int worker, int count) {
            this.worker = worker;
            this.count = count;
        }

        @Override public void toMaster(ToMaster message) {
            if (!isCut) {
                corruption.before(message);
                transport.toMaster(message);
            }
        }

        @Override public void toPeer(int peer, ToPeer message) {
            if (!isCut) {
                transport.toPeer(peer, message);
            }
        }

        @Override public void kill() {
            lose("an injected fault has killed it");
        }

        @Override public void disconnect() {
            lose("an injected fault has cut its connections");
        }

        private void lose(String how) {
            var loss = new Loss("worker " + (worker + 1) + " of " + count + " was lost: " + how);
            isCut = true;
            transport.toMaster(new ToMaster.Failed(worker, new Fault(Fault.Kind.FAILURE, loss.getMessage(), List.of(), loss)));
            // Ends whatever the worker was about to do.
            throw loss;
        }

        @Override public void pause(Duration time) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override public void corruptSaved() {
            corruption.ask();
        }

        @Override public void corruptSent() {
            throw new IllegalArgumentException("what workers inside a process say to each other has no bits that a network could flip");
        }
    }

    /** Hears one worker's reading. */
    private final class Listener implements WorkerJob.ReadListener {
        private final int worker;

        Listener(int worker) {
            this.worker = worker;
        }

        @Override public void opened(String description, long bytes) {
            run.opened(worker, description, bytes);
        }

        @Override public void advanced(long bytes, long edges) {
            run.read(bytes, edges);
            if (servers.length > 0 && Thread.currentThread() == servers[worker]) {
                for (Object message = transport.pollForWorker(worker); message != null; message = transport.pollForWorker(worker)) {
                    deliver(workers.get(worker), message);
                }
            }
        }
    }
}
