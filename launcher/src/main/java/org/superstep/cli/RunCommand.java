package org.superstep.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.Result;
import org.superstep.graph.Program;
import org.superstep.job.OutputFiles;

/** {@code superstep run}: a program, a graph, and what comes of them. */
final class RunCommand {
    /** How long a job that is broken off may take to end; one in a program that does not listen is left alone. */
    private static final long LAST_WORDS_SECONDS = 2;

    private final Console console;
    private final Engine engine;
    private final Interruption interruption;

    RunCommand(Console console, Engine engine, Interruption interruption) {
        this.console = console;
        this.engine = engine;
        this.interruption = interruption;
    }

    void run(List<String> words) throws IOException {
        var said = ProgramWords.of(words, RunOptions.RUN.ofAnyProgram());
        if (said.program().isEmpty() && words.contains("--help")) {
            console.print(RunOptions.RUN.help());
            return;
        }
        try (var named = said.named("run", " --input PATH...")) {
            run(named, said);
        }
    }

    private void run(NamedProgram named, ProgramWords said) throws IOException {
        Program program = named.make();
        if (said.rest().contains("--help")) {
            console.print(RunOptions.RUN.help(program, said.call()));
            return;
        }
        var arguments = RunOptions.RUN.parse(program, said);
        var request = RunRequest.of(program, "run " + said.call(), arguments, Thread.currentThread().getContextClassLoader());
        int workers = arguments.integer("workers", 0, 1, RunRequest.MOST_WORKERS);
        if (workers > 0 && arguments.has("workers-in-process")) {
            throw new UsageException("--workers N starts processes, --workers-in-process N keeps to this one; name one of them");
        }
        if (workers == 0 && Heartbeats.areSaid(arguments)) {
            throw new UsageException("--heartbeat-timeout is about worker processes, and this run has none; name --workers N too");
        }
        Precautions.requireOthers(request, workers > 0 ? workers : request.options().workers());
        Precautions.requirePossible(request.options(), workers > 0 ? workers : request.options().workers(), workers > 0, false);
        if (request.report().isPresent()) {
            interruption.watch(request.report().get());
        }
        if (request.options().checkpoints().isPresent()) {
            runSaved(named, program, arguments, request, workers);
        } else {
            perform(named, program, arguments, request, workers);
        }
    }

    /** The run, with a way back to it should it not come to its end. */
    private void runSaved(NamedProgram named, Program program, Arguments arguments, RunRequest request, int workers) throws IOException {
        var identified = request.of(Submission.identity(program, named.jars(), arguments, request));
        Path folder = request.options().checkpoints().orElseThrow().folder();
        var saved = new SavedRun(folder);
        if (named.jars().isPresent()) {
            saved.keep(named.jars().get().files());
        }
        if (!arguments.has(Precautions.FOLDER) && !request.isQuiet()) {
            console.err().println("saved in " + folder + " while it runs");
        }
        Precautions.warning(request, workers > 0 ? workers : request.options().workers()).ifPresent(console.err()::println);
        String more = workers > 0 ? " --workers " + workers : "";
        interruption.tellsAlso(() -> saved.remedy(more));
        try {
            perform(named, program, arguments, identified, workers);
        } catch (JobException e) {
            throw saved.remedied(e, more);
        }
        saved.leave();
    }

    /** The run, here or by worker processes. */
    private void perform(NamedProgram named, Program program, Arguments arguments, RunRequest request, int workers) throws IOException {
        if (workers == 0) {
            tell(request, computed(request));
            return;
        }
        try (var scratch = new ScratchFolder("superstep-run")) {
            var submission = Submission.of(program, named.word(), named.jars(), arguments, request, Optional.of(scratch.path()),
                workers, Math.max(workers, request.options().threads()));
            tell(request, computedByProcesses(request, submission, workers, Heartbeats.timeout(arguments), scratch));
        }
    }

    /** The run by worker processes; the answers are the same to the byte. */
    private RunFigures computedByProcesses(RunRequest request, Submission submission, int workers, Duration timeout,
            ScratchFolder scratch) throws IOException {
        Outcome outcome;
        try (var cluster = new LocalCluster(workers, submission.spec().recovery().maxRestarts() > 0, request.options().threads(), timeout,
                scratch, interruption)) {
            if (request.isQuiet()) {
                outcome = cluster.run(submission, request, JobObserver.SILENT, console.err()::println);
            } else {
                try (var progress = new Progress(console.err(), console.isLive(), request.isVerbose()).start()) {
                    if (request.isVerbose()) {
                        progress.say("worker processes: " + cluster.processes().stream().map(String::valueOf)
                            .collect(Collectors.joining(", ")));
                    }
                    interruption.ends(progress);
                    outcome = cluster.run(submission, request, progress, progress::say);
                }
            }
            long start = System.nanoTime();
            for (Submission.Stream stream : submission.streams()) {
                write(stream.to(), out -> Files.copy(stream.file(), out));
            }
            long streamNanos = submission.streams().isEmpty() ? 0 : System.nanoTime() - start;
            // What this process has needed says nothing of those that have computed.
            return new RunFigures(outcome, outcome.job().writeNanos() + streamNanos, Optional.empty());
        }
    }

    /** The run in this process. */
    private RunFigures computed(RunRequest request) throws IOException {
        JobOptions options = request.writingOptions();
        var files = new OutputFiles(request.program(), options);
        interruption.watch(new Interruption.Leftovers() {
            @Override public void delete() throws IOException {
                files.abandon();
            }
        });
        var result = compute(request, options);
        long start = System.nanoTime();
        boolean hasStreamed = writeStreams(request, result);
        long writeNanos = result.report().writeNanos() + (hasStreamed ? System.nanoTime() - start : 0);
        return new RunFigures(Outcome.of(request, result), writeNanos, Optional.of(PeakMemory.now()));
    }

    private void tell(RunRequest request, RunFigures figures) throws IOException {
        Outcome outcome = figures.outcome();
        if (request.report().isPresent()) {
            writeReport(request, figures);
        }
        boolean isOutTaken = request.takesStandardOutput();
        if (!isOutTaken) {
            console.print(outcome.table());
        }
        if (!request.isQuiet()) {
            console.err().print(isOutTaken ? outcome.table() : "");
            console.err().println(figures.text(request));
        }
        if (outcome.job().cut().isPresent()) {
            throw new JobException(outcome.job().cut().get(), null);
        }
    }

    private Result compute(RunRequest request, JobOptions options) {
        if (request.isQuiet()) {
            return compute(request, options, JobObserver.SILENT, console.err()::println);
        }
        try (var progress = new Progress(console.err(), console.isLive(), request.isVerbose()).start()) {
            return compute(request, options, progress, progress::say);
        }
    }

    private Result compute(RunRequest request, JobOptions options, JobObserver observer, Consumer<String> traces) {
        var observed = options.withObserver(observer);
        // Before what is half written goes, nobody must write any more of it.
        Thread job = Thread.currentThread();
        var ended = new CountDownLatch(1);
        interruption.ends(() -> {
            job.interrupt();
            ended.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        });
        try {
            return engine.run(request.program(), request.graph(), options.trace().isEmpty() ? observed
                : observed.withTrace(options.trace().get().to(traces)));
        } finally {
            ended.countDown();
        }
    }

    /** Writes what goes to streams, which no file can be renamed to; tells whether anything does. */
    private boolean writeStreams(RunRequest request, Result result) throws IOException {
        boolean any = false;
        if (request.output().isPresent() && request.output().get().isStream()) {
            var columns = request.program().declarations().shownColumns();
            write(request.output().get(), out -> Rows.write(result, columns, request.rows(), out));
            any = true;
        }
        for (RecordDestination records : request.records()) {
            if (records.destination().isStream()) {
                write(records.destination(), out -> result.records(records.output().name()).write(out, records.rows()));
                any = true;
            }
        }
        return any;
    }

    private void write(Destination destination, Destination.Content content) throws IOException {
        if (destination.kind() == Destination.Kind.STANDARD_OUTPUT) {
            try {
                content.write(console.out());
            } catch (IOException e) {
                throw new Console.StandardOutputException(e);
            }
        } else {
            try (OutputStream out = Files.newOutputStream(destination.path())) {
                content.write(out);
            } catch (IOException e) {
                throw new FileSystemException(destination.path().toString(), null, Destination.reason(e));
            }
        }
    }

    private static void writeReport(RunRequest request, RunFigures figures) throws IOException {
        request.report().get().write(new RunReport(request, figures)::write);
    }
}
