package org.superstep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.graph.internal.Thrown;
import org.superstep.graph.io.InputException;
import org.superstep.master.Coordinator;
import org.superstep.master.JobFault;
import org.superstep.master.JobPlan;
import org.superstep.master.MasterCommand;
import org.superstep.net.InProcessTransport;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.worker.LoadPlan;
import org.superstep.worker.ProgramException;
import org.superstep.worker.TracePlan;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * A job inside this process: it carries messages between the coordinator and the workers, and keeps the figures. With one worker everything
 * happens on the caller's thread and the worker's own compute threads, so that a small superstep costs microseconds; with several, each
 * worker has a thread for its messages.
 */
final class LocalJob {
    private final Program program;
    private final JobOptions options;
    private final JobObserver observer;
    private final InProcessTransport transport;
    private final Coordinator coordinator;
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicLong openedBytes = new AtomicLong();

    private String input = "";
    private long vertices;
    private long edges;
    private int partitions;
    private long dropped;
    private final History history;
    private Map<String, Object> globals = Map.of();
    private Optional<String> cut = Optional.empty();
    private final long startNanos = System.nanoTime();
    private long loadedNanos = startNanos;
    private long computedNanos = startNanos;
    private long writtenNanos = startNanos;
    private long superstepNanos = startNanos;
    private boolean over;
    /** What a worker's thread has died of; null while all live. */
    private volatile Throwable lost;
    private final OutputFiles files;

    LocalJob(Program program, Graph graph, JobOptions options) {
        this.program = program;
        this.options = options;
        observer = options.observer();
        program.declarations().requireComplete();
        program.declarations().parameters().forEach(Parameter::freeze);
        files = new OutputFiles(program, options);
        program.declarations().beginJob();
        history = new History(program.declarations());
        int count = options.workers();
        long[] traced = options.trace().stream().flatMapToLong(trace -> trace.vertices().stream().mapToLong(id -> id)).sorted().distinct()
            .toArray();
        var tracing = options.trace().map(trace -> new TracePlan(traced, trace.firstSuperstep(), trace.lastSuperstep()));
        transport = new InProcessTransport(count);
        coordinator = new Coordinator(new JobPlan(program, graph.isUndirected(), count, Math.max(count, options.threads()),
            options.partitions(), options.delivery(), options.maxSupersteps(), !files.isEmpty(),
            options.partialOutput(), traced));
        var plan = LoadPlan.of(program, graph.isUndirected(), graph.isDeduped(), graph.isWithoutSelfLoops());
        for (int i = 0; i < count; i++) {
            var job = new WorkerJob(program, graph.source(), graph.vertices(), plan, options.seed(),
                files.rowsPart(i), options.format(), files.recordParts(i), Runtime.getRuntime().maxMemory() / count,
                options.checksCodecs(), tracing, new Listener(i));
            workers.add(new Worker(i, count, Math.max(1, options.threads() / count), job, transport));
        }
    }

    Result run() {
        var threads = new ArrayList<Thread>();
        boolean finished = false;
        try {
            files.claim();
            obey(coordinator.start());
            if (workers.size() == 1) {
                pump();
            } else {
                for (int i = 0; i < workers.size(); i++) {
                    threads.add(serve(i));
                }
                while (!over) {
                    obey(coordinator.on(transport.takeForMaster()));
                }
            }
            finished = true;
        } catch (InterruptedException e) {
            if (lost != null) {
                throw failure(new JobFault(JobFault.Kind.FAILURE, "a worker's thread has died: " + lost, lost));
            }
            Thread.currentThread().interrupt();
            throw new JobException("the job was interrupted", e);
        } finally {
            close(threads, finished);
        }
        return new LocalResult(report(), program, workers.stream().map(Worker::rows).toList());
    }

    /** One worker: its messages and the coordinator's, in turn, on this thread. */
    private void pump() throws InterruptedException {
        Worker worker = workers.get(0);
        while (!over) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            ToMaster event = transport.pollForMaster();
            if (event != null) {
                obey(coordinator.on(event));
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

    private void obey(List<MasterCommand> commands) {
        for (int i = 0; i < commands.size(); i++) {
            obey(commands.get(i));
        }
    }

    private void obey(MasterCommand command) {
        if (command instanceof MasterCommand.Announce announce) {
            if (announce.command() instanceof ToWorker.RunSuperstep) {
                superstepNanos = System.nanoTime();
            } else if (announce.command() instanceof ToWorker.Write) {
                computedNanos = System.nanoTime();
                observer.writing();
            }
            for (int i = 0; i < workers.size(); i++) {
                transport.toWorker(i, announce.command());
            }
        } else if (command instanceof MasterCommand.SuperstepEnded ended) {
            observer.superstep(history.add(ended, System.nanoTime() - superstepNanos));
        } else if (command instanceof MasterCommand.GraphLoaded loaded) {
            loadedNanos = System.nanoTime();
            vertices = loaded.vertices();
            edges = loaded.edges();
            partitions = loaded.partitions();
            observer.loaded(vertices, edges);
        } else if (command instanceof MasterCommand.Tell tell) {
            tell.texts().forEach(options.trace().orElseThrow().listener());
        } else if (command instanceof MasterCommand.LimitReached limit) {
            cut = Optional.of(limit.message());
        } else if (command instanceof MasterCommand.CommitOutput commit) {
            files.commit(commit.parts());
            writtenNanos = System.nanoTime();
        } else if (command instanceof MasterCommand.Finish finish) {
            if (files.isEmpty()) {
                computedNanos = System.nanoTime();
            }
            dropped = finish.droppedMessages();
            globals = history.globals(finish.globals());
            over = true;
        } else if (command instanceof MasterCommand.Abort abort) {
            throw failure(abort.fault());
        } else {
            throw new AssertionError("a command that nobody knows: " + command);
        }
    }

    private static RuntimeException failure(JobFault fault) {
        if (fault.cause() instanceof OutOfMemoryError error) {
            return new JobException("the heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MB is too small for this job; give it"
                + " more (SUPERSTEP_HEAP=4g, or java -Xmx)", error);
        }
        if (fault.cause() instanceof InputException input) {
            return input;
        }
        if (fault.kind() == JobFault.Kind.INPUT) {
            return new InputException(fault.message());
        }
        return new JobException(fault.message(), details(fault.cause()), fault.cause());
    }

    /** What the author of a program that has failed wants to know: the worker has said it, or it was the master's hook that failed. */
    private static List<String> details(Throwable cause) {
        if (cause instanceof ProgramException program) {
            return program.details();
        }
        boolean isHooks = cause instanceof StackOverflowError || cause != null && Thrown.isFrom(cause, Coordinator.class);
        return isHooks ? Thrown.lines(cause, Coordinator.class) : List.of();
    }

    /** Ends all threads before the parts are deleted, so that none can write one anew. */
    private void close(List<Thread> threads, boolean finished) {
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
        coordinator.closeShared();
        files.clear(finished);
    }

    private JobReport report() {
        boolean wrote = !files.isEmpty();
        int threads = Math.max(1, options.threads() / options.workers()) * options.workers();
        return new JobReport(program.name(), input, vertices, edges, partitions, threads, options.workers(),
            loadedNanos - startNanos, computedNanos - loadedNanos, wrote ? writtenNanos - computedNanos : 0, dropped,
            history.supersteps(), globals, cut);
    }

    /** Hears one worker's reading. */
    private final class Listener implements WorkerJob.ReadListener {
        private final int worker;

        Listener(int worker) {
            this.worker = worker;
        }

        @Override public void opened(String description, long bytes) {
            if (worker == 0) {
                input = description;
            }
            observer.opened(description, openedBytes.addAndGet(bytes));
        }

        @Override public void advanced(long bytes, long edges) {
            observer.read(bytes, edges);
        }
    }
}
