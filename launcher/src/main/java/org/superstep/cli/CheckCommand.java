package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSource;
import org.superstep.testkit.ContractReport;
import org.superstep.testkit.ProgramContract;
import org.superstep.testkit.TestGraph;

/** {@code superstep check}: whether a program keeps the contract between programs and engine, as far as trying tells. */
final class CheckCommand {
    /** More, and the interpreter would take minutes for a superstep or two. */
    private static final int MOST_EDGES = 100_000;
    private static final int MOST_SECONDS = 24 * 60 * 60;
    /** Where there is no terminal to paint on, a line at most this often. */
    private static final long LINE_NANOS = 10_000_000_000L;

    private final Console console;

    CheckCommand(Console console) {
        this.console = console;
    }

    /** Checks, and returns whether nothing was found. */
    boolean run(List<String> words) throws IOException {
        var said = ProgramWords.of(words, options(new CommandOptions("check PROGRAM")));
        if (said.program().isEmpty() && words.contains("--help")) {
            console.print(help(options(new CommandOptions("check PROGRAM"))));
            return true;
        }
        try (var named = said.named("check", "")) {
            return run(named, said);
        }
    }

    private boolean run(NamedProgram named, ProgramWords said) throws IOException {
        Program program = named.make();
        if (said.rest().contains("--help")) {
            console.print(help(options(program, said.call())));
            return true;
        }
        var arguments = options(program, said.call()).arguments(said.rest());
        try {
            configured(named.make(), arguments).declarations().requireComplete();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        var contract = ProgramContract.of(() -> configured(named.make(), arguments))
            .withSeed(arguments.integer("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE))
            .withMaxSupersteps(arguments.integer("max-supersteps", 1000, 1, Integer.MAX_VALUE))
            .withTimeLimit(Duration.ofSeconds(arguments.integer("seconds", 60, 1, MOST_SECONDS)));
        if (!arguments.texts("input").isEmpty()) {
            contract = contract.on(input(configured(program, arguments), arguments));
        }
        if (!arguments.has("quiet")) {
            contract = contract.withProgress(progress());
        }
        ContractReport report;
        try {
            report = contract.check();
        } catch (IllegalArgumentException e) {
            throw new UsageException("check " + e.getMessage(), e);
        } finally {
            if (console.isLive() && !arguments.has("quiet")) {
                console.err().print(Progress.CLEAR);
                console.err().flush();
            }
        }
        console.print(report + "\n");
        return report.isKept();
    }

    private static Program configured(Program program, Arguments arguments) {
        for (Parameter parameter : program.declarations().parameters()) {
            arguments.text(parameter.name()).ifPresent(text -> RunRequest.setParameter(parameter, text));
        }
        return program;
    }

    /** One graph of all files. */
    private static TestGraph input(Program program, Arguments arguments) throws IOException {
        var files = new ArrayList<Path>();
        for (String text : arguments.texts("input")) {
            files.add(Destination.pathOf("input", text));
        }
        String name = String.join(" ", arguments.texts("input"));
        var edges = new ArrayList<TestGraph.Edge>();
        boolean isWeighted;
        EdgeSource source = Formats.edges(files, arguments, Thread.currentThread().getContextClassLoader());
        try (EdgeReader reader = source.open(0, 1, program.weights(), program.declarations().edgeColumns())) {
            isWeighted = reader.weighted();
            List<EdgeColumn> carried = reader.columns();
            reader.read(batch -> {
                if (edges.size() + batch.size > MOST_EDGES) {
                    throw new UsageException("--input " + name + ": has more than " + Figures.count(MOST_EDGES) + " edges, on which the"
                        + " check would take too long; take a part of it");
                }
                for (int i = 0; i < batch.size; i++) {
                    int edge = i;
                    edges.add(TestGraph.Edge.holding(batch.sources[i], batch.targets[i], isWeighted ? batch.weights[i] : 1, carried,
                        column -> batch.columns[column][edge]));
                }
            }, (bytes, count) -> { });
        }
        var graph = TestGraph.of(edges);
        graph = isWeighted ? graph : graph.withoutWeights();
        return (arguments.has("undirected") ? graph.undirected() : graph).named(name);
    }

    private Consumer<String> progress() {
        return new Consumer<>() {
            private long told = System.nanoTime();

            @Override public void accept(String text) {
                if (console.isLive()) {
                    String line = "checking: " + text;
                    console.err().print(Progress.CLEAR + line.substring(0, Math.min(line.length(), Progress.MOST_COLUMNS)));
                    console.err().flush();
                } else if (System.nanoTime() - told > LINE_NANOS) {
                    told = System.nanoTime();
                    console.err().println("checking: " + text);
                }
            }
        };
    }

    private static CommandOptions options(Program program, String call) {
        var options = new CommandOptions("check " + call);
        var common = options(new CommandOptions("check " + call));
        if (!program.declarations().parameters().isEmpty()) {
            options.section("parameters of " + program.name());
            for (Parameter parameter : program.declarations().parameters()) {
                if (common.has(parameter.name())) {
                    throw new UsageException(program.name() + " declares a parameter " + parameter.name() + ", but --" + parameter.name()
                        + " is an option of every check; the parameter needs another name");
                }
                options.value(parameter.name(), parameter.typeName(), parameter.help());
            }
        }
        return options(options);
    }

    private static CommandOptions options(CommandOptions options) {
        return options
            .section("program")
            .value("jar", "FILE", "where programs of your own are, with the jars that they need in lib/ beside or inside it; may be"
                + " repeated")
            .section("what to try")
            .values("input", "PATH...", "a graph of text files, of at most 100,000 edges, in place of the usual small ones")
            .value("weights", "WHICH", "auto reads the input's third column where the program uses weights, none reads no weights (auto)")
            .values("edge-columns", "NAME...", "columns of the input after source and target: weight, the program's edge columns, - passes"
                + " one over (its header line)")
            .flag("undirected", "each line of the input is an edge both ways")
            .value("seed", "S", "what jobs and graphs are drawn by (1)")
            .value("max-supersteps", "N", "a run that has not ended after so many is taken for endless (1000)")
            .value("seconds", "N", "ends after this time even if not all has been tried (60)")
            .flag("quiet", "no progress on standard error")
            .flag("verbose", "stack traces")
            .flag("help", "this text");
    }

    private static String help(CommandOptions options) {
        var text = new StringBuilder("""
            superstep check: looks for what a program does against the engine's rules

            usage: superstep check PROGRAM [options]
                   superstep check --jar FILE CLASS [options]

            Runs the program on small graphs by interpreters that watch every step and by
            the engine in many shapes, compares all answers to the bit, tries the laws of
            its combiners and aggregations, and reads its code. The program's parameters
            are options here too; one that names vertices and is not given, or names none
            of a graph's, names its first. Status 0 where nothing was found, 1 where
            something was, a line each.
            """);
        options.describe(text);
        return text.toString();
    }
}
