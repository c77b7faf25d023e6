package org.superstep.cli;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.superstep.cluster.OwnProcess;
import org.superstep.cluster.WorkerProcess;
import org.superstep.cluster.WorkerSetup;
import org.superstep.job.Version;
import org.superstep.net.HostPort;
import org.superstep.net.socket.Secret;

/**
 * A worker process of {@code superstep run --workers}, which ends with the command that has started it: when its standard input ends, for
 * that is open as long as the command lives, however that dies. What it must know comes over it too, since others can see command lines and
 * environments.
 *
 * <pre>
 *   two bytes of length and so many of UTF-8    where the master listens
 *   32 bytes                                    the cluster's secret
 * </pre>
 */
public final class LocalWorker {
    static final int SECRET_BYTES = 32;
    /** A process that has lost its command should be gone within a quarter of a minute, even where its program does not want to end. */
    private static final long END_SECONDS = 5;

    private final Duration timeout;
    private final Path scratch;
    /** The process need not wait for its command any more. */
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private LocalWorker(Duration timeout, Path scratch) {
        this.timeout = timeout;
        this.scratch = scratch;
    }

    /** Works for the command: {@code THREADS TIMEOUT-MS SCRATCH}, the last being the command's scratch folder. */
    public static void main(String[] words) throws IOException, InterruptedException {
        var worker = new LocalWorker(Duration.ofMillis(Long.parseLong(words[1])), Path.of(words[2]));
        boolean isWell = worker.run(Integer.parseInt(words[0]), new DataInputStream(System.in));
        System.exit(isWell ? 0 : 1);
    }

    private boolean run(int threads, DataInputStream command) throws IOException, InterruptedException {
        // Ctrl-C reaches all processes that a terminal's command has started; when to end is that command's to say.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(released), "interruption"));
        HostPort master = HostPort.parse(command.readUTF());
        var secret = Secret.of(command.readNBytes(SECRET_BYTES));
        try (var network = LocalCluster.network(secret, timeout);
                var worker = new WorkerProcess(network, new WorkerSetup(Version.text(), master, new HostPort(LocalCluster.HOST, 0), threads,
                    Runtime.getRuntime().maxMemory(), WorkerSetup.MASTER_TIMEOUT,
                    scratch.resolve("worker-" + ProcessHandle.current().pid())), new CommandLineJobs(), OwnProcess.THIS,
                    System.err::println)) {
            var watch = new Thread(() -> endWithCommand(command, worker), "command");
            watch.setDaemon(true);
            watch.start();
            // What it leaves is in the command's scratch folder.
            HeapWatch.start(System.err::println);
            return worker.run();
        } finally {
            ended.countDown();
            if (released.getCount() == 0) {
                // The thread that hears the command deletes what is left, and ends the process.
                Thread.currentThread().join();
            }
            released.countDown();
        }
    }

    private void endWithCommand(DataInputStream command, WorkerProcess worker) {
        try {
            while (command.read() >= 0) {
                // Nothing more is said; only the end matters.
                continue;
            }
        } catch (IOException e) {
            System.err.println("the command cannot be heard any more: " + e);
        }
        released.countDown();
        worker.end("the command that has started this worker has ended");
        await(ended);
        try {
            // A command that could has done so itself; whichever of its workers is last leaves nothing.
            ScratchFolder.delete(scratch);
        } catch (IOException e) {
            System.err.println(scratch + " stays behind: " + e);
        }
        Runtime.getRuntime().halt(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
