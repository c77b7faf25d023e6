package org.superstep.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.Result;
import org.superstep.graph.Program;
import org.superstep.job.OutputFiles;

/** {@code superstep run}: a program, a graph, and what comes of them. */
final class RunCommand {
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
        if (said.program().isEmpty()) {
            if (words.contains("--help")) {
                console.print(RunOptions.RUN.help());
                return;
            }
            throw new UsageException("run which program? superstep run " + said.call() + " --input PATH...; superstep programs "
                + ProgramWords.options(said.jars()) + "lists them");
        }
        if (said.jars().isEmpty()) {
            run(Programs.named(said.program().get()), said);
            return;
        }
        try (var jars = new ProgramJars(said.jars())) {
            run(jars.named(said.program().get()), said);
        }
    }

    private void run(Program program, ProgramWords said) throws IOException {
        if (said.rest().contains("--help")) {
            console.print(RunOptions.RUN.help(program, said.call()));
            return;
        }
        var arguments = RunOptions.RUN.parse(program, said);
        run(RunRequest.of(program, "run " + said.call(), arguments, Thread.currentThread().getContextClassLoader()));
    }

    private void run(RunRequest request) throws IOException {
        JobOptions options = request.writingOptions();
        var files = new OutputFiles(request.program(), options);
        interruption.watch(new Interruption.Leftovers() {
            @Override public void delete() throws IOException {
                files.abandon();
            }
        });
        if (request.report().isPresent()) {
            interruption.watch(request.report().get());
        }
        var result = compute(request, options);
        long start = System.nanoTime();
        boolean hasStreamed = writeStreams(request, result);
        long writeNanos = result.report().writeNanos() + (hasStreamed ? System.nanoTime() - start : 0);
        var outcome = Outcome.of(request, result);
        var figures = new RunFigures(outcome, writeNanos, Optional.of(PeakMemory.now()));
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
        if (result.report().cut().isPresent()) {
            throw new JobException(result.report().cut().get(), null);
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
        return engine.run(request.program(), request.graph(), options.trace().isEmpty() ? observed
            : observed.withTrace(options.trace().get().to(traces)));
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
