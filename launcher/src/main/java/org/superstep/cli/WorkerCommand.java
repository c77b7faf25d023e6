package org.superstep.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.OptionalLong;
import org.superstep.JobException;
import org.superstep.cluster.OwnProcess;
import org.superstep.cluster.WorkerProcess;
import org.superstep.cluster.WorkerSetup;
import org.superstep.job.DurationText;
import org.superstep.job.Version;
import org.superstep.net.HostPort;

/** {@code superstep worker}: a process that works for a master until that ends, or it is told to. */
final class WorkerCommand {
    /** Any port will do: the master tells the others which. */
    private static final String LISTEN = "localhost:0";

    private final Console console;
    private final Interruption interruption;

    WorkerCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    void run(List<String> words) throws IOException {
        if (words.contains("--help")) {
            console.print(help());
            return;
        }
        var arguments = options().arguments(words);
        HostPort master = Credentials.master(arguments);
        if (!arguments.has("listen") && !isLoopback(master)) {
            throw new UsageException("the workers of a master on another machine, " + master + ", must reach each other: name this"
                + " machine's address by --listen HOST:0");
        }
        HostPort listen = arguments.address("listen", LISTEN);
        int threads = arguments.integer("threads", Runtime.getRuntime().availableProcessors(), 1, RunRequest.MOST_THREADS);
        long memoryBytes = memory(arguments);
        var credentials = Credentials.of(arguments);
        var log = new ProcessLog(console.err());
        log.accept("Superstep " + Version.text() + ": a worker with " + Figures.counted(threads, "thread", "threads") + " and "
            + Figures.bytes(memoryBytes) + " of heap, for the master at " + master);
        boolean isWell;
        try (var scratch = new ScratchFolder("superstep-worker"); var network = credentials.network(Heartbeats.timeout(arguments));
                var worker = new WorkerProcess(network, new WorkerSetup(Version.text(), master, listen, threads, memoryBytes,
                    arguments.duration("master-timeout", WorkerSetup.MASTER_TIMEOUT), scratch.path()), new CommandLineJobs(),
                    OwnProcess.THIS, log)) {
            interruption.ends(scratch);
            interruption.ends(network);
            interruption.ends(worker);
            interruption.ends(() -> worker.end("it was interrupted"));
            HeapWatch.start(reason -> {
                log.accept(reason);
                worker.end(reason);
                discard(scratch);
            });
            isWell = worker.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("the worker was interrupted", e);
        }
        if (!isWell) {
            throw new JobException("the worker has ended; the line before tells why", null);
        }
    }

    private static void discard(ScratchFolder scratch) {
        try {
            scratch.close();
        } catch (IOException e) {
            // The process that ends without it is ended in any case.
            return;
        }
    }

    private static boolean isLoopback(HostPort at) {
        try {
            return InetAddress.getByName(at.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UsageException("--master " + at + ": there is no host " + at.host() + "; check its name", e);
        }
    }

    /** The heap that this JVM has. The start script makes it what {@code --memory} says; whoever starts the JVM otherwise must do so. */
    private static long memory(Arguments arguments) {
        long heap = Runtime.getRuntime().maxMemory();
        OptionalLong said = arguments.bytes("memory", 1);
        if (said.isEmpty()) {
            return heap;
        }
        long wanted = said.getAsLong();
        // A JVM counts a part of its heap out that it never fills: so much less is what was asked for.
        if (heap < wanted - wanted / 4) {
            String text = arguments.text("memory").orElseThrow();
            throw new UsageException("--memory " + text + ": this Java's heap may grow to " + Figures.bytes(heap) + " only; start it with"
                + " bin/superstep, or with java -Xmx" + text);
        }
        return Math.min(heap, wanted);
    }

    private static CommandOptions options() {
        return Credentials.addTo(Heartbeats.addTo(Credentials.addMasterTo(new CommandOptions("worker")
            .section("options"))
            .value("listen", "HOST:PORT", "where other workers connect: an address of this machine that theirs know; port 0 is any free"
                + " one (" + LISTEN + ")")
            .value("threads", "N", "compute threads (all cores)")
            .value("memory", "M", "heap, such as 4g or 900m (SUPERSTEP_HEAP, or three quarters of the machine's memory)")
            .value("master-timeout", "TIME", "how long to look for a master that is lost ("
                + DurationText.of(WorkerSetup.MASTER_TIMEOUT) + ")")))
            .flag("verbose", "stack traces")
            .flag("help", "this text");
    }

    private static String help() {
        var text = new StringBuilder("""
            superstep worker: works for a master

            usage: superstep worker [--master HOST:PORT] [--listen HOST:PORT] [options]

            Looks for its master for a minute, and for --master-timeout if that dies
            later; ends when that is ended. One for each machine is enough; --threads and
            --memory are what it offers to jobs, of which it runs one at a time.
            """);
        options().describe(text);
        return text.toString();
    }
}
