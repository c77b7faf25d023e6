package org.superstep;

import java.util.ArrayList;
import java.util.List;
import org.superstep.graph.Program;
import org.superstep.job.Job;
import org.superstep.job.JobRun;
import org.superstep.job.OutputFiles;
import org.superstep.master.Capacity;
import org.superstep.net.Fault;
import org.superstep.net.InProcessTransport;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * A job inside this process: it carries messages between the coordinator and the workers. With one worker everything happens on the
 * caller's thread and the worker's own compute threads, so that a small superstep costs microseconds; with several, each worker has a
 * thread for its messages.
 */
final class LocalJob {
    private final Job job;
    private final InProcessTransport transport;
    private final JobRun run;
    private final OutputFiles files;
    private final List<Worker> workers = new ArrayList<>();
    /** The threads that take the workers' messages; none where there is one worker. */
    private final Thread[] servers;
    /** What a worker's thread has died of; null while all live. */
    private volatile Throwable lost;

    LocalJob(Program program, Graph graph, JobOptions options) {
        job = new Job(program, graph, options);
        files = new OutputFiles(program, options);
        int count = options.workers();
        servers = new Thread[count];
        transport = new InProcessTransport(count);
        run = new JobRun(job, text -> options.trace().orElseThrow().listener().accept(text));
        for (int i = 0; i < count; i++) {
            WorkerJob part = job.part(i, files, Runtime.getRuntime().maxMemory() / count, new Listener(i));
            workers.add(new Worker(i, count, Math.max(1, options.threads() / count), part, transport));
        }
    }

    Result run() {
        var threads = new ArrayList<Thread>();
        try {
            run.begin(files, Capacity.equal(workers.size(), job.options().threads(), Runtime.getRuntime().maxMemory()), this::announce);
            if (workers.size() == 1) {
                pump();
            } else {
                for (int i = 0; i < workers.size(); i++) {
                    threads.add(serve(i));
                }
                while (!run.isOver()) {
                    run.on(transport.takeForMaster());
                }
            }
        } catch (InterruptedException e) {
            if (lost != null) {
                throw JobRun.failure(new Fault(Fault.Kind.FAILURE, "a worker's thread has died: " + lost, List.of(), lost));
            }
            Thread.currentThread().interrupt();
            throw new JobException("the job was interrupted", e);
        } finally {
            close(threads);
        }
        return new LocalResult(run.report(), job.program(), workers.stream().map(Worker::rows).toList());
    }

    private void announce(ToWorker command) {
        for (int i = 0; i < workers.size(); i++) {
            transport.toWorker(i, command);
        }
    }

    /** One worker: its messages and the coordinator's, in turn, on this thread. */
    private void pump() throws InterruptedException {
        Worker worker = workers.get(0);
        while (!run.isOver()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            ToMaster event = transport.pollForMaster();
            if (event != null) {
                run.on(event);
            } else {
                deliver(worker, transport.pollForWorker(0));
            }
        }
    }

    private Thread serve(int number) {
        Thread master = Thread.currentThread();
        var thread = new Thread(() -> {
            try {
                while (true) {
                    deliver(workers.get(number), transport.takeForWorker(number));
                }
            } catch (InterruptedException e) {
                // The job has ended.
                Thread.currentThread().interrupt();
            } catch (Throwable t) {
                // Not even a report of the failure could be sent; a master that waits for one must hear of it all the same.
                lost = t;
                master.interrupt();
            }
        }, "superstep-worker-" + number);
        thread.setDaemon(true);
        servers[number] = thread;
        thread.start();
        return thread;
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
    private void close(List<Thread> threads) {
        workers.forEach(Worker::close);
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
        run.close();
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
            if (workers.size() > 1 && Thread.currentThread() == servers[worker]) {
                for (Object message = transport.pollForWorker(worker); message != null; message = transport.pollForWorker(worker)) {
                    deliver(workers.get(worker), message);
                }
            }
        }
    }
}
