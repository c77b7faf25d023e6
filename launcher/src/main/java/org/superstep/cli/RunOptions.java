package org.superstep.cli;

import org.superstep.graph.Column;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;

/** What can be said of a run, here or on a cluster, and the help that tells it. A program's parameters are options of its runs. */
enum RunOptions {
    /** A run by the command itself. */
    RUN("run"),
    /** A run on a cluster. */
    SUBMIT("submit"),
    /** A run of which the most is known, as it goes on from a checkpoint, here or on a cluster. */
    RESUME("resume");

    private final String command;

    RunOptions(String command) {
        this.command = command;
    }

    /** The options that every program's run has. */
    CommandOptions ofAnyProgram() {
        return addCommon(new CommandOptions(this == RESUME ? command : command + " PROGRAM"));
    }

    /**
     * What the user wants of this program.
     *
     * @throws UsageException if an option is none of these; its message names another program's, or suggests the nearest
     */
    Arguments parse(Program program, ProgramWords said) {
        try {
            return of(program, said.call()).parse(said.rest());
        } catch (CommandOptions.UnknownOptionException e) {
            for (Program other : Programs.all()) {
                for (Parameter parameter : other.declarations().parameters()) {
                    if (parameter.name().equals(e.option())) {
                        throw new UsageException(program.name() + " has no option --" + e.option() + ", which is one of " + other.name()
                            + " (superstep " + command + " " + said.call() + " --help lists them)", e);
                    }
                }
            }
            throw e.asUsageFault();
        }
    }

    /** The options of this program's run, its parameters first. The call is what the user types after run to have it. */
    private CommandOptions of(Program program, String call) {
        var options = new CommandOptions(command + " " + call);
        if (!program.declarations().parameters().isEmpty()) {
            options.section("parameters of " + program.name());
            for (Parameter parameter : program.declarations().parameters()) {
                options.value(parameter.name(), parameter.typeName(), meaning(parameter));
            }
        }
        var common = ofAnyProgram();
        for (Parameter parameter : program.declarations().parameters()) {
            if (common.has(parameter.name())) {
                throw new UsageException(program.name() + " declares a parameter " + parameter.name() + ", but --" + parameter.name()
                    + " is an option of every run; the parameter needs another name");
            }
        }
        return addCommon(options);
    }

    private CommandOptions addCommon(CommandOptions options) {
        if (this != RESUME) {
            addInput(options);
        }
        options
            .section("output")
            .value("output", this == SUBMIT ? "PATH" : "PATH|-", "write a row for each vertex, sorted by id; a folder (PATH/) gets a file"
                + " for each worker" + (this == SUBMIT ? "" : ", - is standard output"))
            .values("records", "NAME=PATH...", "write the program's records NAME, in the order in which they were emitted; or a folder, for"
                + " NAME.tsv of each")
            .value("output-format", "FORMAT", "tsv, csv, jsonl, or one of a jar's own (what PATH ends in, else tsv)")
            .value("top", "K", "rows of the table that ends the run; 0 leaves it out (10)")
            .value("report", "FILE", "write the run's figures as JSON")
            .flag("quiet", "no progress and no summary on standard error")
            .flag("verbose", "a line for every superstep, and stack traces")
            .section("execution");
        if (this == SUBMIT) {
            options.value("workers", "N", "worker processes, for which the job waits (all that are there when it begins)")
                .value("threads", "N", "compute threads of all of them together (as many as they have)")
                .flag("detach", "print the job's number and end; superstep attach shows how it comes along");
        } else {
            options.value("threads", "N", "compute threads (all cores)")
                .value("workers", "N", "worker processes on this machine, which share threads and memory (none: all in one process)")
                .value("workers-in-process", "N", "workers inside this process, to try out distribution (1)");
            Heartbeats.addTo(options);
        }
        if (this != RESUME) {
            options.value("partitions", "P", "partitions that the graph is cut into (chosen by the engine)")
                .value("seed", "S", "what random numbers are keyed by (1)");
        }
        options
            .value("delivery", "MODE", "auto, pull or push; no matter of results (auto)")
            .value("max-supersteps", "N", "a job that has not ended after so many fails; 0 is no limit (0)")
            .flag("partial-output", "at that limit write what vertices hold by then; the run still counts as failed")
            .flag("help", "this text");
        Precautions.addTo(options, this)
            .section("debugging")
            .value("trace-vertex", "ID[,ID...]", "tell on standard error what these vertices hear, do and say in every superstep")
            .value("trace-supersteps", "A-B", "tell of these supersteps alone; a number alone is one (all)")
            .flag("check-codecs", "send every object message through its codec, to find codecs at fault");
        return switch (this) {
            case RUN -> options;
            case SUBMIT -> Credentials.addTo(Credentials.addMasterTo(options.section("cluster")));
            case RESUME -> Credentials.addTo(options.section("cluster")
                .value("master", "HOST:PORT", "have the cluster of this master go on with it (the command itself does)")
                .flag("detach", "print the job's number and end; superstep attach shows how it comes along"));
        };
    }

    private static void addInput(CommandOptions options) {
        options
            .section("program")
            .value("jar", "FILE", "where programs of your own are, with the jars that they need in lib/ beside or inside it; may be"
                + " repeated")
            .section("input")
            .values("input", "PATH...", "text files of edges, one \"source target [weight]\" a line, plain or gzip")
            .value("format", "FORMAT", "auto, edges, or what a jar on the class path calls a format of its own (auto)")
            .values("format-options", "KEY=VALUE...", "what a format of your own wants to know")
            .value("separator", "C", "between columns: tab, space, comma, semicolon or the character itself (found from the file)")
            .value("weights", "WHICH", "auto reads the third column where the program uses weights, none reads no weights (auto)")
            .values("edge-columns", "NAME...", "columns of the edges' files after source and target: weight, the program's edge columns,"
                + " - passes one over (their header line)")
            .values("vertices", "PATH...", "text files of vertices, one \"id value...\" a line: isolated ones, and columns' first values")
            .values("vertex-columns", "NAME...", "columns of the vertices' files after the id; - passes one over (their header line)")
            .flag("undirected", "each line is an edge both ways")
            .flag("dedupe", "of parallel edges keep one, that with the least weight")
            .flag("no-self-loops", "leave out edges from a vertex to itself");
    }

    /** {@code superstep run PROGRAM --help}; the call is what the user types for PROGRAM. */
    String help(Program program, String call) {
        var text = new StringBuilder();
        text.append("superstep ").append(command).append(' ').append(call);
        if (!program.description().isEmpty()) {
            text.append(": ").append(program.description());
        }
        text.append("\n\nusage: superstep ").append(command).append(' ').append(call).append(" --input PATH...");
        for (Parameter parameter : program.declarations().parameters()) {
            if (!parameter.isPresent()) {
                text.append(" --").append(parameter.name()).append(' ').append(parameter.typeName());
            }
        }
        text.append(" [options]\n");
        of(program, call).describe(text);
        text.append("\nEdge weights: ").append(switch (program.weights().need()) {
            case REQUIRED -> "needed";
            case OPTIONAL -> "used where the input has them, else each weighs 1";
            case IGNORED -> "not used";
        });
        if (program.weights().wanted() && program.weights().minimum() > Double.NEGATIVE_INFINITY) {
            text.append("; at least ").append(Figures.sixDigits(program.weights().minimum()));
        }
        for (EdgeColumn column : program.declarations().edgeColumns()) {
            text.append(".\nEdge column ").append(column).append(": ").append(column.isRequired() ? "needed"
                : column.initialText() + " where the input has none");
        }
        text.append(".\nOutput columns: id");
        for (Column column : program.declarations().shownColumns()) {
            text.append(", ").append(column.name());
        }
        text.append(".\n");
        for (RecordOutput output : program.declarations().recordOutputs()) {
            text.append("Records ").append(output.name()).append(": ").append(String.join(", ", output.fields())).append(".\n");
        }
        return text.toString();
    }

    /** {@code superstep run --help}. */
    String help() {
        String usage = switch (this) {
            case RUN -> """
                superstep run: runs a vertex program on a graph

                usage: superstep run PROGRAM --input PATH... [options]
                       superstep run PROGRAM --help     also tells the program's own parameters
                       superstep run --jar FILE CLASS   runs a program of your own
                       superstep programs               lists the programs
                """;
            case SUBMIT -> """
                superstep submit: runs a vertex program on a cluster

                usage: superstep submit PROGRAM --input PATH... [--master HOST:PORT] [options]
                       superstep submit PROGRAM --help     also tells its own parameters
                       superstep submit --jar FILE CLASS   runs one of your own: its jar is sent

                All machines must see the files under the same paths. Ctrl-C leaves the job
                running.
                """;
            case RESUME -> """
                superstep resume: goes on with a job from its last checkpoint

                usage: superstep resume FOLDER [options]

                FOLDER is where the job was saved (--checkpoint-dir). Program, parameters,
                input, partitions and seed are the job's own; so is what is written where,
                unless it is said anew. On how many workers it goes on does not matter: it
                ends with the same bits.
                """;
        };
        var text = new StringBuilder(usage);
        ofAnyProgram().describe(text);
        return text.toString();
    }

    private static String meaning(Parameter parameter) {
        var text = new StringBuilder(parameter.help()).append("; ").append(parameter.allowed());
        String value = parameter.text().orElse("needed");
        return text.append(" (").append(value.isEmpty() ? "none" : value).append(')').toString();
    }
}
