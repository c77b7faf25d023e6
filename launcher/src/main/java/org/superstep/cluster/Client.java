package org.superstep.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.graph.io.InputException;
import org.superstep.job.JobRun;
import org.superstep.net.Connection;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Frame;
import org.superstep.net.FromClient;
import org.superstep.net.HostPort;
import org.superstep.net.JobSpec;
import org.superstep.net.Network;
import org.superstep.net.Party;
import org.superstep.net.ToClient;
import org.superstep.net.wire.ControlCodec;
import org.superstep.net.wire.WireException;

/**
 * A user's command, as the master knows it: submits jobs, watches them, asks. What it says is answered in order; what is told of jobs comes
 * in between. A connection that breaks is made anew, and what was not answered is asked again. One thread follows a job, while another may
 * cancel one or ask. The network is its owner's to close, after this.
 */
public final class Client implements AutoCloseable {
    private static final Duration RECONNECT = Duration.ofSeconds(60);
    private static final long ANSWER_SECONDS = 20;
    /** A master that is started anew breaks a question off once, or twice. Who does so again and again is no master. */
    private static final int MOST_BREAKS = 5;
    /** Each attempt that fails doubles the pause before the next: a master that turns this end away logs each. */
    private static final long SHORTEST_PAUSE_MS = 125;
    private static final long LONGEST_PAUSE_MS = 2_000;
    private static final long FIRST_LINE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Network network;
    private final String version;
    private final HostPort master;
    private final Consumer<String> log;
    /** What is told of jobs. */
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private Link link;

    /** What stands in a link's queues behind all that has come over it. */
    private record Broken(String reason) {
    }

    private Client(Network network, String version, HostPort master, Consumer<String> log) {
        this.network = network;
        this.version = version;
        this.master = master;
        this.log = log;
    }

    /**
     * Connects with a master. Tries until the deadline, and says so in a line every few seconds.
     *
     * @throws JobException if none answers, or if it refuses
     */
    public static Client connect(Network network, String version, HostPort master, Duration deadline, Consumer<String> log) {
        var client = new Client(network, version, master, log);
        client.reconnect(deadline);
        return client;
    }

    /**
     * Submits a job, with those of its jars that the master lacks, and returns its number; who is not detached is told how it comes along.
     *
     * @param jars the files of the jars that the spec names, in its order
     * @throws InputException if the job is refused for what it asks, or a jar cannot be read
     * @throws JobException if it is refused for another reason, or the master is gone
     */
    public long submit(JobSpec spec, List<Path> jars, boolean detached) {
        // Where the connection breaks before the answer, the same token makes sure that it is one job.
        ToClient answer = ask(new FromClient.Submit(UUID.randomUUID().toString(), spec, detached), (to, wanted) -> {
            for (int i = 0; i < jars.size(); i++) {
                if (spec.jars().get(i).sha256().equals(wanted.sha256())) {
                    send(to, jars.get(i), wanted.sha256());
                    return;
                }
            }
            throw new JobException("the master asks for a jar that the job does not have: " + wanted.sha256(), null);
        });
        return accepted(answer);
    }

    private static void send(Connection to, Path jar, String sha256) throws InterruptedException {
        try {
            if (Files.size(jar) > JarStore.MOST_BYTES) {
                throw new InputException(jar + " has more than " + (JarStore.MOST_BYTES >> 20) + " MB, the most that a jar may have");
            }
            JarStore.send(jar, sha256, piece -> to.sendData(frame(new FromClient.Jar(piece))));
        } catch (IOException e) {
            throw new InputException(jar + " cannot be read: " + e, e);
        }
    }

    /** Wants to be told of a job; fails as {@link #submit} does. */
    public void attach(long job) {
        accepted(ask(new FromClient.Attach(job), Client::noJars));
    }

    /**
     * Tells how a job comes along that was submitted or attached to, until its end.
     *
     * @param observer hears what a job's observer hears on one machine; each superstep once, though its globals are not told
     * @param traces hears what traced vertices do
     * @param waiting hears why the job has not begun, where that changes
     * @return {@link ToClient.Done} or {@link ToClient.Failed}
     * @throws JobException if the master is gone for good
     */
    public ToClient follow(long job, JobObserver observer, Consumer<String> traces, Consumer<String> waiting) {
        var story = new JobStory(observer, traces, waiting);
        try {
            while (true) {
                Object next = told.take();
                if (next instanceof Broken broken) {
                    log.accept("the connection with the master at " + master + " is broken: " + broken.reason());
                    attach(job);
                    story.beginAnew();
                } else if (next instanceof ToClient.News news && news.job() == job) {
                    if (news instanceof ToClient.Done || news instanceof ToClient.Failed) {
                        return news;
                    }
                    story.tell(news);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Ends a job; {@link JobException} or {@link InputException} where that cannot be. */
    public void cancel(long job) {
        ToClient answer = ask(new FromClient.Cancel(job), Client::noJars);
        if (!(answer instanceof ToClient.Cancelling)) {
            throw unexpected(answer);
        }
    }

    /** Saves a job and ends it there, before its next superstep; fails as {@link #cancel} does. */
    public void suspend(long job) {
        ToClient answer = ask(new FromClient.Suspend(job), Client::noJars);
        if (!(answer instanceof ToClient.Suspending)) {
            throw unexpected(answer);
        }
    }

    /** Lets a worker process hand over what it holds, and end; fails as {@link #cancel} does. */
    public void drain(int member) {
        ToClient answer = ask(new FromClient.Drain(member), Client::noJars);
        if (!(answer instanceof ToClient.Draining)) {
            throw unexpected(answer);
        }
    }

    /** Who is in the cluster, and what it does. */
    public ToClient.Status status() {
        ToClient answer = ask(new FromClient.AskStatus(), Client::noJars);
        if (answer instanceof ToClient.Status status) {
            return status;
        }
        throw unexpected(answer);
    }

    /** All jobs that the master knows. */
    public ToClient.Jobs jobs() {
        ToClient answer = ask(new FromClient.AskJobs(), Client::noJars);
        if (answer instanceof ToClient.Jobs jobs) {
            return jobs;
        }
        throw unexpected(answer);
    }

    /** Closes the connection; jobs go on. */
    @Override public synchronized void close() {
        link.close("it has heard enough");
    }

    private static long accepted(ToClient answer) {
        if (answer instanceof ToClient.Accepted accepted) {
            return accepted.job();
        }
        throw unexpected(answer);
    }

    private static RuntimeException unexpected(ToClient answer) {
        return answer instanceof ToClient.Refused refused ? JobRun.failure(refused.fault())
            : new JobException("the master answers what was not asked: " + answer, null);
    }

    /** What is to be done when the master asks for a jar in return. */
    private interface Jars {
        void send(Connection to, ToClient.WantsJar wanted) throws InterruptedException;
    }

    private static void noJars(Connection to, ToClient.WantsJar wanted) {
        throw new JobException("the master asks for a jar of which it was told nothing: " + wanted.sha256(), null);
    }

    /** One question at a time, so that its answer is known. */
    private synchronized ToClient ask(FromClient question, Jars jars) {
        try {
            for (int breaks = 0; ; breaks++) {
                // Before the look at the link: what tells that it is broken is dropped with the rest.
                link.answers.clear();
                if (link.isBroken) {
                    reconnect(RECONNECT);
                }
                Connection to = link.connection;
                to.send(frame(question));
                Object answer = link.answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
                while (answer instanceof ToClient.WantsJar wanted) {
                    jars.send(to, wanted);
                    answer = link.answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
                }
                if (answer == null) {
                    throw new JobException("the master at " + master + " does not answer; look at what it logs", null);
                }
                if (answer instanceof ToClient message) {
                    return message;
                }
                if (breaks == MOST_BREAKS && answer instanceof Broken broken) {
                    throw new JobException("no answer comes from " + master + ", which breaks the connection instead: " + broken.reason(),
                        null);
                }
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private synchronized void reconnect(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        long nextLine = System.nanoTime() + FIRST_LINE_NANOS;
        long pauseMs = SHORTEST_PAUSE_MS;
        String reason = "it does not answer";
        try {
            while (true) {
                link = new Link();
                network.connect(master, new Party(Party.Role.CLIENT, version), link);
                Object first = link.answers.poll(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (first == link) {
                    return;
                }
                reason = first instanceof Broken broken ? broken.reason() : reason;
                long now = System.nanoTime();
                if (link.isRefused) {
                    throw new JobException(reason, null);
                }
                if (now - end >= 0) {
                    throw new JobException("no master answers at " + master + " (" + reason
                        + "); superstep master starts one, --master HOST:PORT names another", null);
                }
                if (now - nextLine >= 0) {
                    nextLine = now + LINE_NANOS;
                    log.accept("no master answers at " + master + " (" + reason + "); trying for another "
                        + TimeUnit.NANOSECONDS.toSeconds(end - now) + " s");
                }
                Thread.sleep(Math.min(pauseMs, Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - now))));
                pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static JobException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new JobException("interrupted while the master was to answer; the job goes on", e);
    }

    private static Frame frame(FromClient message) {
        return new Frame(Frame.Type.FROM_CLIENT, 0, 0, -1, ControlCodec.encode(message));
    }

    /** Hears what the master says over one connection. */
    private final class Link implements ConnectionListener {
        /** The link itself when it stands, then what answers questions, then perhaps {@link Broken}. */
        private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        private volatile Connection connection;
        private volatile boolean isBroken;
        private volatile boolean isRefused;
        private volatile boolean isClosed;

        @Override public void opened(Connection opened) {
            connection = opened;
            answers.add(this);
            if (isClosed) {
                opened.close("nobody waits for it any more");
            }
        }

        @Override public void failed(String reason, boolean isFinal) {
            isRefused = isFinal;
            answers.add(new Broken(reason));
        }

        @Override public void received(Connection from, Frame frame) {
            try {
                if (frame.type() != Frame.Type.TO_CLIENT) {
                    throw new WireException("a master does not say " + frame.type());
                }
                ToClient message = ControlCodec.toClient(frame.body());
                (message instanceof ToClient.News ? told : answers).add(message);
            } catch (WireException e) {
                from.close(e.getMessage());
            }
        }

        @Override public void closed(Connection from, String reason) {
            isBroken = true;
            answers.add(new Broken(reason));
            if (!isClosed) {
                told.add(new Broken(reason));
            }
        }

        void close(String reason) {
            isClosed = true;
            Connection open = connection;
            if (open != null) {
                open.close(reason);
            }
        }
    }
}
