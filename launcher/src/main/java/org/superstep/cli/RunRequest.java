package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Trace;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.datasets.VertexListSource;
import org.superstep.graph.EnumParameter;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.graph.io.RowFormat;
import org.superstep.net.Delivery;

/**
 * What the user wants of a run, all of it checked.
 *
 * @param program with its parameters set
 * @param inputs the graph's files
 * @param vertices files of vertices, if there are any
 * @param graph how they are read
 * @param options how the job runs, still without output and observer
 * @param output where rows go, if they are wanted
 * @param rows how rows look
 * @param records where records go, as far as they are wanted
 * @param report where the figures go, if they are wanted as a file
 * @param top rows of the table that ends the run
 * @param isQuiet whether standard error is for faults only
 * @param isVerbose whether every superstep gets a line
 */
record RunRequest(Program program, List<Path> inputs, List<Path> vertices, Graph graph, JobOptions options, Optional<Destination> output,
        RowFormat rows, List<RecordDestination> records, Optional<Destination> report, int top, boolean isQuiet, boolean isVerbose) {
    /** More threads than any machine has; each costs memory, and a slip of the finger should not cost all of it. */
    static final int MOST_THREADS = 1024;
    static final int MOST_WORKERS = 64;

    /**
     * What these arguments ask of this program, which the user has called by these words, {@code run pagerank} say; formats that are not
     * bundled are looked for with {@code jars}.
     */
    static RunRequest of(Program program, String call, Arguments arguments, ClassLoader jars) {
        return of(program, call, arguments, jars, true);
    }

    /** The same on a process of a cluster: whether results can be written has been tried, and nothing is created here to find out. */
    static RunRequest onCluster(Program program, String call, Arguments arguments, ClassLoader jars) {
        return of(program, call, arguments, jars, false);
    }

    private static RunRequest of(Program program, String call, Arguments arguments, ClassLoader jars, boolean tries) {
        setParameters(program, call, arguments);
        if (arguments.texts("input").isEmpty()) {
            throw new UsageException(call + " needs an input: --input PATH...");
        }
        try {
            program.declarations().requireComplete();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        List<Path> inputs = paths("input", arguments);
        List<Path> vertices = paths("vertices", arguments);
        var graph = Graph.of(Formats.edges(inputs, arguments, jars));
        graph = withVertices(graph, vertices, arguments);
        graph = arguments.has("undirected") ? graph.undirected() : graph;
        graph = arguments.has("dedupe") ? graph.deduped() : graph;
        graph = arguments.has("no-self-loops") ? graph.withoutSelfLoops() : graph;
        return new RunRequest(program, inputs, vertices, graph, jobOptions(program, arguments, tries), output(arguments, "output", tries),
            Formats.rows(arguments, jars), RecordDestination.of(program, arguments, jars, tries),
            output(arguments, "report", tries), arguments.integer("top", 10, 0, Integer.MAX_VALUE), arguments.has("quiet"),
            arguments.has("verbose")).checked();
    }

    private static List<Path> paths(String option, Arguments arguments) {
        var paths = new ArrayList<Path>();
        for (String text : arguments.texts(option)) {
            paths.add(Destination.pathOf(option, text));
        }
        return paths;
    }

    private static void setParameters(Program program, String call, Arguments arguments) {
        for (Parameter parameter : program.declarations().parameters()) {
            Optional<String> text = arguments.text(parameter.name());
            if (text.isPresent()) {
                setParameter(parameter, text.get());
            } else if (!parameter.isPresent()) {
                throw new UsageException(call + " needs --" + parameter.name() + " " + parameter.typeName() + ": "
                    + parameter.help());
            }
        }
    }

    /** Sets a parameter to what the user has said. */
    static void setParameter(Parameter parameter, String text) {
        try {
            parameter.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage() + meant(parameter, text), e);
        }
    }

    private static String meant(Parameter parameter, String text) {
        if (parameter instanceof EnumParameter<?> choice) {
            var meant = EditDistance.nearest(text.trim().toLowerCase(Locale.ROOT).replace('_', '-'), choice.words());
            return meant.isPresent() ? "; did you mean " + meant.get() + "?" : "";
        }
        return "";
    }

    private static Graph withVertices(Graph graph, List<Path> files, Arguments arguments) {
        List<String> columns = arguments.texts("vertex-columns");
        if (files.isEmpty() && !columns.isEmpty()) {
            throw new UsageException("--vertex-columns names the columns of --vertices PATH..., which is not given");
        }
        return files.isEmpty() ? graph
            : graph.withVertices(columns.isEmpty() ? new VertexListSource(files) : new VertexListSource(files, columns));
    }

    private static JobOptions jobOptions(Program program, Arguments arguments, boolean tries) {
        var delivery = switch (arguments.choice("delivery", "auto", "pull", "push")) {
            case "pull" -> Delivery.PULL;
            case "push" -> Delivery.PUSH;
            default -> Delivery.AUTO;
        };
        var options = arguments.has("partial-output") ? JobOptions.DEFAULT.withPartialOutput() : JobOptions.DEFAULT;
        if (options.partialOutput() && arguments.integer("max-supersteps", 0, 0, Integer.MAX_VALUE) == 0) {
            throw new UsageException("--partial-output is what a run has written by its limit: name one by --max-supersteps N");
        }
        options = options
            .withThreads(arguments.integer("threads", JobOptions.DEFAULT.threads(), 1, MOST_THREADS))
            .withPartitions(arguments.integer("partitions", 0, 1, JobOptions.MOST_PARTITIONS))
            .withWorkers(arguments.integer("workers-in-process", 1, 1, MOST_WORKERS))
            .withSeed(arguments.integer("seed", JobOptions.DEFAULT.seed(), Long.MIN_VALUE, Long.MAX_VALUE))
            .withDelivery(delivery)
            .withMaxSupersteps(arguments.integer("max-supersteps", 0, 0, Integer.MAX_VALUE));
        options = arguments.has("check-codecs") ? options.withCodecChecks() : options;
        options = Precautions.of(program, arguments, tries).addedTo(options);
        var trace = trace(arguments);
        return trace.isPresent() ? options.withTrace(trace.get()) : options;
    }

    private static Optional<Trace> trace(Arguments arguments) {
        Optional<String> vertices = arguments.text("trace-vertex");
        Optional<String> supersteps = arguments.text("trace-supersteps");
        if (vertices.isEmpty()) {
            if (supersteps.isPresent()) {
                throw new UsageException("--trace-supersteps says when to trace, but not what; name vertices by --trace-vertex ID[,ID...]");
            }
            return Optional.empty();
        }
        var trace = traceOf("trace-vertex", vertices.get());
        return Optional.of(supersteps.isEmpty() ? trace : inSupersteps(trace, "trace-supersteps", supersteps.get()));
    }

    /** A trace of the vertices that the user has named by this option. */
    static Trace traceOf(String option, String text) {
        try {
            return Trace.of(Arrays.stream(text.split(",", -1)).mapToLong(id -> Long.parseLong(id.trim())).toArray());
        } catch (NumberFormatException e) {
            throw new UsageException("--" + option + " must be the ids of vertices, parted by commas, was \"" + text + "\"", e);
        }
    }

    /** The same in the supersteps that the user has named by this option. */
    static Trace inSupersteps(Trace trace, String option, String text) {
        int dash = text.indexOf('-');
        try {
            int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
            return trace.inSupersteps(first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + option + " must be a superstep, such as 3, or from one to another, such as 3-7, was \"" + text
                + "\"", e);
        }
    }

    /** The options with what the job itself writes: all that goes to files and folders. */
    JobOptions writingOptions() {
        var writing = options;
        if (output.isPresent() && !output.get().isStream()) {
            Path path = output.get().path();
            writing = output.get().kind() == Destination.Kind.FOLDER ? writing.withOutputFolder(path, rows)
                : writing.withOutput(path, rows);
        }
        for (RecordDestination wanted : records) {
            if (!wanted.destination().isStream()) {
                writing = writing.withRecords(wanted.output().name(), wanted.destination().path(), wanted.rows());
            }
        }
        return writing;
    }

    /** Whether the job goes on from a checkpoint, for which the input need not be there any more. */
    boolean goesOn() {
        return options.checkpoints().isPresent() && new SavedRun(options.checkpoints().get().folder()).canGoOn();
    }

    /** The same request of a job of which it is known how it can be made again. */
    RunRequest of(JobIdentity job) {
        var identified = options.withCheckpoints(options.checkpoints().orElseThrow().of(job));
        return new RunRequest(program, inputs, vertices, graph, identified, output, rows, records, report, top, isQuiet, isVerbose);
    }

    /** Whether rows or records go to standard output. */
    boolean takesStandardOutput() {
        boolean takes = output.isPresent() && output.get().kind() == Destination.Kind.STANDARD_OUTPUT;
        for (RecordDestination wanted : records) {
            takes |= wanted.destination().kind() == Destination.Kind.STANDARD_OUTPUT;
        }
        return takes;
    }

    private static Optional<Destination> output(Arguments arguments, String option, boolean tries) {
        Optional<String> text = arguments.text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!tries) {
            return Optional.of(Destination.tried(option, text.get()));
        }
        return Optional.of(option.equals("output") ? Destination.ofFileOrFolder(option, text.get())
            : Destination.ofPath(option, text.get()));
    }

    /** The request itself, once it is known that no two results go to one place, and none to where the input is. */
    private RunRequest checked() {
        var taken = new HashMap<Path, String>();
        if (output.isPresent()) {
            take("output", output.get(), taken);
        }
        for (RecordDestination wanted : records) {
            take("records", wanted.destination(), taken);
        }
        if (report.isPresent()) {
            take("report", report.get(), taken);
        }
        return this;
    }

    private void take(String option, Destination destination, Map<Path, String> taken) {
        if (destination.kind() == Destination.Kind.DEVICE) {
            return;
        }
        boolean isFile = destination.kind() != Destination.Kind.STANDARD_OUTPUT;
        String other = taken.putIfAbsent(isFile ? destination.path().toAbsolutePath().normalize() : destination.path(), option);
        String place = isFile ? destination.said().toString() : "standard output";
        if (option.equals(other)) {
            throw new UsageException("--" + option + " names " + place + " twice; name two");
        } else if (other != null) {
            throw new UsageException("--" + other + " and --" + option + " name " + (isFile ? "the same file, " : "") + place
                + "; name two");
        }
        for (Path input : inputs) {
            refuseToReplace(input, option, destination);
        }
        for (Path input : vertices) {
            refuseToReplace(input, option, destination);
        }
    }

    private static void refuseToReplace(Path input, String option, Destination destination) {
        if (destination.kind() == Destination.Kind.FILE && isSame(input, destination.path())) {
            throw new UsageException("--" + option + " " + destination.said() + " would replace the input; name another file");
        }
    }

    private static boolean isSame(Path input, Path output) {
        try {
            return Files.exists(output) && Files.exists(input) && Files.isSameFile(input, output);
        } catch (IOException e) {
            return false;
        }
    }
}
