package org.superstep.cli;

import java.io.IOException;
import java.util.List;
import org.superstep.datasets.RmatCounts;
import org.superstep.datasets.RmatGenerator;
import org.superstep.datasets.RmatOptions;

/** {@code superstep generate rmat}: a graph to try things with. */
final class GenerateCommand {
    private static final List<String> GENERATORS = List.of("rmat");

    private final Console console;
    private final Interruption interruption;

    GenerateCommand(Console console, Interruption interruption) {
        this.console = console;
        this.interruption = interruption;
    }

    void run(List<String> words) throws IOException {
        if (words.contains("--help")) {
            console.print(help());
            return;
        }
        if (words.isEmpty() || !GENERATORS.contains(words.get(0))) {
            throw new UsageException("generate what? superstep generate rmat --scale S --output FILE"
                + " (superstep generate --help tells more)");
        }
        var arguments = options().arguments(words.subList(1, words.size()));
        var options = rmat(arguments);
        var output = Destination.ofPath("output", arguments.text("output").orElseThrow(
            () -> new UsageException("generate rmat needs --output FILE")));
        if (output.kind() != Destination.Kind.FILE) {
            throw new UsageException("--output " + output.path() + ": is no file; generate writes files only");
        }
        interruption.watch(output);
        long start = System.nanoTime();
        RmatCounts counts;
        try {
            counts = new RmatGenerator(options).write(output.path());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        if (!arguments.has("quiet")) {
            console.err().println("wrote " + Figures.counted(counts.lines(), "line", "lines") + " to " + output.said() + " in "
                + Figures.time(System.nanoTime() - start) + ": "
                + (counts.duplicates().isPresent() ? Figures.counted(counts.duplicates().getAsLong(), "duplicate", "duplicates")
                : "duplicates not counted (they do not fit the heap)") + ", "
                + Figures.counted(counts.selfLoops(), "self-loop", "self-loops"));
        }
    }

    private static RmatOptions rmat(Arguments arguments) {
        if (!arguments.has("scale")) {
            throw new UsageException("generate rmat needs --scale S: the graph has 2^S ids");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return new RmatOptions(arguments.integer("scale", 0, 1, 31), arguments.integer("edge-factor", RmatOptions.EDGE_FACTOR, 1, 1 << 20),
            arguments.integer("seed", 1L, Long.MIN_VALUE, Long.MAX_VALUE), arguments.has("both-directions"), arguments.has("sort"),
            arguments.has("weights"), arguments.integer("threads", cores, 1, 4096));
    }

    private static CommandOptions options() {
        return new CommandOptions("generate rmat")
            .section("options")
            .value("scale", "S", "the graph has 2^S ids, not all of which occur; 1 to 31 (needed)")
            .value("edge-factor", "F", "edges per id (16)")
            .value("seed", "N", "the same seed gives the same file (1)")
            .value("output", "FILE", "where the lines go (needed)")
            .flag("both-directions", "each edge is written both ways")
            .flag("sort", "lines sorted by source, then target; needs 16 bytes of heap a line")
            .flag("weights", "a third column with whole numbers from 1 to 255")
            .value("threads", "N", "threads (all cores)")
            .flag("quiet", "do not tell what was written")
            .flag("verbose", "stack traces")
            .flag("help", "this text");
    }

    private static String help() {
        var text = new StringBuilder("""
            superstep generate: makes graphs to try things with

            usage: superstep generate rmat --scale S --output FILE [options]

            An R-MAT graph as the Graph500 and GAP benchmarks have it: one edge a line,
            repeated edges and self-loops kept and counted.
            """);
        options().describe(text);
        return text.toString();
    }
}
