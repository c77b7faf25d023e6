package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.superstep.Checkpoints;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobReport;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.cluster.Client;
import org.superstep.cluster.JobMaker;
import org.superstep.cluster.MasterProcess;
import org.superstep.job.Job;
import org.superstep.job.JobRun;
import org.superstep.job.OutputFiles;
import org.superstep.job.Version;
import org.superstep.net.Fault;
import org.superstep.net.HostPort;
import org.superstep.net.JobSpec;
import org.superstep.net.Network;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;
import org.superstep.net.socket.Secret;
import org.superstep.net.socket.SocketNetwork;
import org.superstep.net.socket.SocketOptions;

/**
 * A cluster for one job of one command: the master in this process, the workers in {@linkplain ChildProcess processes} of their own on this
 * machine, all of which end with it. One that is killed is replaced where the job may go on. Nobody else can join: the secret is made anew
 * each time.
 */
final class LocalCluster implements AutoCloseable {
    static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** One that is killed is replaced for sure, which takes half a second, or, where the machine is busy, some of them. */
    private static final Duration REPLACEMENT = Duration.ofSeconds(5);

    /** How a job has ended well. */
    private record End(JobReport report, List<ToMaster.Written> parts) {
    }

    private final ScratchFolder scratch;
    private final LocalWorkers workers;
    private final Network network;
    private final MasterProcess master;
    private final Client client;
    private volatile End end;
    private volatile Optional<JobIdentity> identity = Optional.empty();

    /**
     * Starts it.
     *
     * @param count how many worker processes it has, which share threads and the heap that this process may have
     * @param areReplaced whether one that is killed is replaced
     * @param timeout how long they wait for a word from each other
     * @param scratch a folder that it may use, and deletes in the end
     * @param interruption ends it should the command be broken off
     */
    LocalCluster(int count, boolean areReplaced, int threads, Duration timeout, ScratchFolder scratch, Interruption interruption)
            throws IOException {
        this.scratch = scratch;
        workers = new LocalWorkers(count, Math.max(1, threads / count), Runtime.getRuntime().maxMemory() / count, timeout, areReplaced,
            scratch.path());
        interruption.ends(this);
        byte[] bytes = new byte[LocalWorker.SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        boolean isStarted = false;
        Network opened = null;
        MasterProcess started = null;
        try {
            // They take their time to start, so they come first.
            workers.start();
            opened = network(Secret.of(bytes), timeout);
            started = new MasterProcess(opened, Version.text(), new HostPort(HOST, 0), new Jobs(), scratch.path().resolve("master"),
                Optional.empty(), line -> { }, REPLACEMENT);
            HostPort at = started.start();
            workers.tell(at, bytes);
            client = Client.connect(opened, Version.text(), at, PATIENCE, line -> { });
            isStarted = true;
        } finally {
            network = opened;
            master = started;
            if (!isStarted) {
                close();
            }
        }
    }

    /** What the processes of such a cluster talk over: who is there is proved, what is said need not be, as it stays on this machine. */
    static Network network(Secret secret, Duration timeout) throws IOException {
        return new SocketNetwork(SocketOptions.defaults().withTimeout(timeout).withSecret(secret).withoutSeals());
    }

    /** The numbers of its worker processes. */
    List<Long> processes() {
        return workers.processes();
    }

    /** Runs a job, and returns what it has come to for who has asked for it. */
    Outcome run(Submission submission, RunRequest request, JobObserver observer, Consumer<String> traces) {
        identity = request.options().checkpoints().flatMap(Checkpoints::job);
        Thread follower = Thread.currentThread();
        workers.watch(observer::notice, follower::interrupt);
        ToClient last;
        try {
            long job = client.submit(submission.spec(), submission.jars(), false);
            last = client.follow(job, observer, traces, reason -> { });
        } catch (JobException e) {
            throw deadInstead(e);
        } finally {
            workers.unwatch();
            // That of a death, which has been told or comes too late.
            Thread.interrupted();
        }
        if (last instanceof ToClient.Failed failed) {
            Fault fault = failed.fault();
            // What a program has done wrong comes with details; what has none may be the end of a process.
            throw fault.kind() == Fault.Kind.FAILURE && fault.details().isEmpty() ? deadInstead(JobRun.failure(fault))
                : JobRun.failure(fault);
        }
        return Outcome.of(request, end.report, end.parts);
    }

    /** The death of a worker, which says more than what came of it. */
    private RuntimeException deadInstead(RuntimeException failure) {
        try {
            return workers.death(failure).<RuntimeException>map(death -> death).orElse(failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failure;
        }
    }

    /** Ends all processes at once: whatever they still hold is in the scratch folder, or swept by the master. */
    @Override public void close() throws IOException {
        workers.close();
        if (client != null) {
            client.close();
        }
        if (master != null) {
            master.close();
        }
        if (network != null) {
            network.close();
        }
        scratch.close();
    }

    /** Makes the master's part of the job as anywhere, and keeps what has come of it for this process itself. */
    private final class Jobs implements JobMaker {
        @Override public Made make(JobSpec spec, List<Path> jars, int workers, int threads, JobObserver observer) {
            Made made = new CommandLineJobs(identity).make(spec, jars, workers, threads, observer);
            return new Made() {
                @Override public Job job() {
                    return made.job();
                }

                @Override public OutputFiles files() {
                    return made.files();
                }

                @Override public ToClient.Done done(long number, JobReport report, List<ToMaster.Written> parts) {
                    end = new End(report, List.copyOf(parts));
                    return new ToClient.Done(number, "", "", new byte[0], "");
                }

                @Override public void close() {
                    made.close();
                }
            };
        }
    }
}
