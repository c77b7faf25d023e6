package org.superstep.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.Program;

/** {@code superstep submit}: a run on a cluster. All that is wrong with its words shows here, before anything is sent. */
final class SubmitCommand {
    /** A master that is being started answers within. */
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_WORKERS = 10_000;

    private final Console console;
    private final Interruption interruption;

    SubmitCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    void run(List<String> words) throws IOException {
        var said = ProgramWords.of(words, RunOptions.SUBMIT.ofAnyProgram());
        if (said.program().isEmpty() && words.contains("--help")) {
            console.print(RunOptions.SUBMIT.help());
            return;
        }
        try (var named = said.named("submit", " --input PATH...")) {
            run(named, said);
        }
    }

    private void run(NamedProgram named, ProgramWords said) throws IOException {
        Program program = named.make();
        if (said.rest().contains("--help")) {
            console.print(RunOptions.SUBMIT.help(program, said.call()));
            return;
        }
        var arguments = RunOptions.SUBMIT.parse(program, said);
        Precautions.requireNamedFolder(arguments);
        var request = RunRequest.of(program, "submit " + said.call(), arguments, Thread.currentThread().getContextClassLoader());
        boolean isDetached = arguments.has("detach");
        if (isDetached && request.report().isPresent()) {
            throw new UsageException("--report FILE is written when the job has ended, which --detach does not wait for; superstep attach"
                + " JOB --report FILE writes it then");
        }
        int workers = arguments.integer("workers", 0, 1, MOST_WORKERS);
        Precautions.requireOthers(request, workers);
        var submission = Submission.of(program, named.word(), named.jars(), arguments, request, Optional.empty(), workers,
            arguments.integer("threads", 0, 1, RunRequest.MOST_THREADS * MOST_WORKERS));
        Precautions.requirePossible(request.options(), workers, true, Credentials.of(arguments).seal());
        if (request.options().checkpoints().isPresent() && named.jars().isPresent()) {
            new SavedRun(request.options().checkpoints().get().folder()).keep(named.jars().get().files());
        }
        Precautions.warning(request, workers).ifPresent(console.err()::println);
        try (var connection = new MasterConnection(arguments, PATIENCE, console)) {
            long job = connection.client().submit(submission.spec(), submission.jars(), isDetached);
            if (isDetached) {
                console.print(job + "\n");
                if (!request.isQuiet()) {
                    console.err().println("job " + job + " was submitted; " + connection.command("attach", job) + " shows it, "
                        + connection.command("cancel", job) + " ends it");
                }
            } else {
                var saved = request.options().checkpoints().map(checkpoints -> new SavedRun(checkpoints.folder()));
                new FollowedJob(request.report(), request.isQuiet(), request.isVerbose(), saved)
                    .follow(job, connection, console, interruption);
            }
        }
    }
}
