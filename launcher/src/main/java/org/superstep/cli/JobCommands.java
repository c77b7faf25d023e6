package org.superstep.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Commands about a cluster and its jobs: {@code attach}, {@code cancel}, {@code suspend}, {@code drain}, {@code status} and {@code jobs}.
 */
final class JobCommands {
    /** Who only asks knows that a master is there. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Console console;
    private final Interruption interruption;

    JobCommands(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    /** {@code superstep attach JOB}: shows a job that was submitted, as if this command had done so. */
    void attach(List<String> words) throws IOException {
        var options = Credentials.addTo(Credentials.addMasterTo(new CommandOptions("attach").word().section("options"))
            .value("report", "FILE", "write the job's figures as JSON")
            .flag("quiet", "no progress and no summary on standard error")
            .flag("verbose", "a line for every superstep, and stack traces")
            .flag("help", "this text"));
        if (words.contains("--help")) {
            print("""
                superstep attach: shows how a job comes along, and what comes of it

                usage: superstep attach [--master HOST:PORT] JOB [options]

                Of a job that has ended it tells the end, as long as the master remembers it.
                Ctrl-C leaves the job running.
                """, options);
            return;
        }
        var arguments = options.arguments(words);
        long job = job("attach to", arguments);
        Optional<Destination> report = arguments.text("report").map(text -> Destination.ofPath("report", text));
        try (var connection = connection(arguments)) {
            connection.client().attach(job);
            new FollowedJob(report, arguments.has("quiet"), arguments.has("verbose"), Optional.empty())
                .follow(job, connection, console, interruption);
        }
    }

    /** {@code superstep cancel JOB}: ends a job, or takes it out of the queue. */
    void cancel(List<String> words) throws IOException {
        var options = basic(new CommandOptions("cancel").word());
        if (words.contains("--help")) {
            print("""
                superstep cancel: ends a job that runs or waits; it leaves no output

                usage: superstep cancel [--master HOST:PORT] JOB
                """, options);
            return;
        }
        var arguments = options.arguments(words);
        long job = job("cancel", arguments);
        try (var connection = connection(arguments)) {
            connection.client().cancel(job);
        }
        console.err().println("job " + job + " is being cancelled");
    }

    /** {@code superstep suspend JOB}: ends a job so that it can go on later. */
    void suspend(List<String> words) throws IOException {
        var options = basic(new CommandOptions("suspend").word());
        if (words.contains("--help")) {
            print("""
                superstep suspend: saves a job that runs, and ends it; superstep resume goes
                on with it

                usage: superstep suspend [--master HOST:PORT] JOB

                The job must have been submitted with --checkpoint-dir. It ends when the
                superstep that runs has ended and all is saved.
                """, options);
            return;
        }
        var arguments = options.arguments(words);
        long job = job("suspend", arguments);
        try (var connection = connection(arguments)) {
            connection.client().suspend(job);
        }
        console.err().println("job " + job + " will be suspended when its superstep has ended");
    }

    /** {@code superstep drain WORKER}: has a worker process hand over what it holds, and end. */
    void drain(List<String> words) throws IOException {
        var options = basic(new CommandOptions("drain").word());
        if (words.contains("--help")) {
            print("""
                superstep drain: takes a worker out of the cluster without a loss

                usage: superstep drain [--master HOST:PORT] WORKER

                WORKER is its number in superstep status. It gets no new job. Of the job
                that runs it hands its part over to the other workers at the next barrier,
                by way of a checkpoint; if the job is not saved, it is done with it first.
                Then its process ends.
                """, options);
            return;
        }
        var arguments = options.arguments(words);
        int worker = (int) number("worker", "drain which worker? superstep status lists them by number", "superstep status", arguments,
            Integer.MAX_VALUE);
        try (var connection = connection(arguments)) {
            connection.client().drain(worker);
        }
        console.err().println("worker " + worker + " will end when it has handed over what it holds");
    }

    /** {@code superstep status}: who is in the cluster, and what it does. */
    void status(List<String> words) throws IOException {
        var options = basic(new CommandOptions("status"));
        if (words.contains("--help")) {
            print("""
                superstep status: shows a cluster's workers, the job that runs, and the queue

                usage: superstep status [--master HOST:PORT]
                """, options);
            return;
        }
        var arguments = options.arguments(words);
        try (var connection = connection(arguments)) {
            console.print(ClusterTables.status(connection.client().status(), Credentials.master(arguments)));
        }
    }

    /** {@code superstep jobs}: all jobs that the master knows. */
    void jobs(List<String> words) throws IOException {
        var options = basic(new CommandOptions("jobs"));
        if (words.contains("--help")) {
            print("""
                superstep jobs: lists jobs that are over, run or wait, the latest last

                usage: superstep jobs [--master HOST:PORT]
                """, options);
            return;
        }
        var arguments = options.arguments(words);
        try (var connection = connection(arguments)) {
            console.print(ClusterTables.jobs(connection.client().jobs().jobs()));
        }
    }

    private MasterConnection connection(Arguments arguments) {
        return new MasterConnection(arguments, PATIENCE, console);
    }

    private static CommandOptions basic(CommandOptions options) {
        return Credentials.addTo(Credentials.addMasterTo(options.section("options")))
            .flag("verbose", "stack traces")
            .flag("help", "this text");
    }

    private void print(String usage, CommandOptions options) throws IOException {
        var text = new StringBuilder(usage);
        options.describe(text);
        console.print(text);
    }

    private static long job(String verb, Arguments arguments) {
        return number("job", verb + " which job? superstep jobs lists them by number", "superstep jobs", arguments, Long.MAX_VALUE);
    }

    /** The number of what the user names; {@code missing} is said where there is none, {@code lists} lists them. */
    private static long number(String what, String missing, String lists, Arguments arguments, long greatest) {
        String word = arguments.word().orElseThrow(() -> new UsageException(missing));
        try {
            long number = Long.parseLong(word);
            if (number > 0 && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new UsageException("a " + what + " is named by its number, such as 3, was \"" + word + "\"; " + lists + " lists them");
    }
}
