package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.superstep.JobException;
import org.superstep.cluster.MasterProcess;
import org.superstep.job.Version;
import org.superstep.net.HostPort;

/** {@code superstep master}: the process that takes workers and jobs, until it is told to end. */
final class MasterCommand {
    private final Console console;
    private final Interruption interruption;

    MasterCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    void run(List<String> words) throws IOException {
        if (words.contains("--help")) {
            console.print(help());
            return;
        }
        var arguments = options().arguments(words);
        HostPort listen = arguments.address("listen", Credentials.MASTER);
        var credentials = Credentials.of(arguments);
        Optional<Path> state = arguments.text("state-dir").map(path -> Destination.pathOf("state-dir", path).toAbsolutePath().normalize());
        var log = new ProcessLog(console.err());
        try (var scratch = new ScratchFolder("superstep-master"); var network = credentials.network(Heartbeats.timeout(arguments));
                var master = new MasterProcess(network, Version.text(), listen, new CommandLineJobs(), scratch.path(), state, log)) {
            interruption.ends(scratch);
            interruption.ends(network);
            interruption.ends(master);
            interruption.ends(() -> master.end("it was interrupted"));
            HostPort taken = master.start();
            log.accept("Superstep " + Version.text() + ": the master listens at " + taken);
            log.accept(state.isPresent() ? "jobs are kept in " + state.get()
                : "jobs end with this master, however it ends; --state-dir DIR would keep them");
            master.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobException("the master was interrupted", e);
        }
    }

    private static CommandOptions options() {
        return Credentials.addTo(Heartbeats.addTo(new CommandOptions("master")
            .section("options")
            .value("listen", "HOST:PORT", "where workers and users connect; port 0 is any free one (" + Credentials.MASTER + ")")
            .value("state-dir", "DIR", "keep jobs there, so that a master which is started with it again goes on with them (none: they"
                + " end with the master)")))
            .flag("verbose", "stack traces")
            .flag("help", "this text");
    }

    private static String help() {
        var text = new StringBuilder("""
            superstep master: takes workers and jobs, and has the one run the other

            usage: superstep master [--listen HOST:PORT] [options]

            Jobs run one after another, in the order in which they were submitted. Ctrl-C
            ends the master and its workers; a job that runs then fails, and those that
            wait are refused. With --state-dir a master that has died any other way, and is
            started again, goes on with all of them.
            """);
        options().describe(text);
        return text.toString();
    }
}
