package org.superstep.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.job.JobRun;
import org.superstep.net.ToClient;

/**
 * A job of a cluster while a user watches: its progress and its end look like those of a run in this process.
 *
 * @param report where the figures go, if they are wanted as a file
 * @param isQuiet whether standard error is for faults only
 * @param isVerbose whether every superstep gets a line
 * @param saved where it is saved, if that is known
 */
record FollowedJob(Optional<Destination> report, boolean isQuiet, boolean isVerbose, Optional<SavedRun> saved) {
    /** Waits for the end of the job, which goes on when the user breaks this off, and tells it. */
    void follow(long job, MasterConnection connection, Console console, Interruption interruption) throws IOException {
        interruption.tells("job " + job + " goes on; " + connection.command("attach", job) + " shows how, "
            + connection.command("cancel", job) + " ends it");
        report.ifPresent(file -> interruption.watch(file));
        ToClient end = await(job, connection, console);
        interruption.tells(Interruption.USUAL);
        if (end instanceof ToClient.Failed failed) {
            RuntimeException failure = JobRun.failure(failed.fault());
            throw saved.isPresent() && failure instanceof JobException fault
                ? saved.get().remedied(fault, connection.option()) : failure;
        } else if (!(end instanceof ToClient.Done)) {
            throw new AssertionError("no end of a job: " + end);
        }
        var done = (ToClient.Done) end;
        if (report.isPresent()) {
            report.get().write(out -> out.write(done.report()));
        }
        console.print(done.table());
        if (!isQuiet) {
            console.err().println(done.figures());
        }
        if (!done.cut().isEmpty()) {
            throw new JobException(done.cut(), List.of(), null);
        }
    }

    private ToClient await(long job, MasterConnection connection, Console console) {
        if (isQuiet) {
            return connection.client().follow(job, JobObserver.SILENT, console.err()::println, reason -> { });
        }
        try (var progress = new Progress(console.err(), console.isLive(), isVerbose).start()) {
            return connection.client().follow(job, progress, progress::say, reason -> progress.say("job " + job + ": " + reason));
        }
    }
}
