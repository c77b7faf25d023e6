package org.superstep.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.superstep.graph.FileParameter;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.graph.VerticesParameter;
import org.superstep.graph.io.InputException;

/** The files that a command line names for a job to read. Each process of a cluster that makes the job must see them under these names. */
final class NamedFiles {
    private static final String REMEDY = ", which the submitter sees: put it where all machines see it under the same path, such as a"
        + " shared (NFS) folder";

    private NamedFiles() {
    }

    /** Those of the graph, which are not read again by a job that goes on. */
    static List<Path> ofGraph(Arguments arguments) {
        var files = new ArrayList<Path>();
        for (String option : List.of("input", "vertices")) {
            for (String text : arguments.texts(option)) {
                files.add(Destination.pathOf(option, text));
            }
        }
        return files;
    }

    /** Those that this program's parameters name. */
    static List<Path> ofParameters(Program program, Arguments arguments) {
        var files = new ArrayList<Path>();
        for (Parameter parameter : program.declarations().parameters()) {
            arguments.text(parameter.name()).ifPresent(text -> {
                if (parameter instanceof FileParameter) {
                    files.add(Destination.pathOf(parameter.name(), text));
                } else if (parameter instanceof VerticesParameter && text.startsWith("@")) {
                    files.add(Destination.pathOf(parameter.name(), text.substring(1)));
                }
            });
        }
        return files;
    }

    /** What {@code text} is where it is said elsewhere: names of files are absolute, all else is as it is. */
    static String absolute(Program program, String option, String text) {
        for (Parameter parameter : program.declarations().parameters()) {
            if (parameter.name().equals(option)) {
                return parameter instanceof FileParameter ? absolute(option, text)
                    : parameter instanceof VerticesParameter && text.startsWith("@") ? '@' + absolute(option, text.substring(1)) : text;
            }
        }
        return switch (option) {
            case "input", "vertices" -> absolute(option, text);
            default -> text;
        };
    }

    /** The path that this option's text names, from the root. */
    static String absolute(String option, String text) {
        return Destination.pathOf(option, text).toAbsolutePath().normalize().toString();
    }

    /** Refuses files that the submitter itself does not see: a slip that is told at once is better than one that a cluster tells. */
    static void requireHere(List<Path> files) {
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw new UsageException(file + ": no such file; check the path");
            }
        }
    }

    /** Refuses a job on a process that does not see the files, which the submitter has seen. */
    static void requireOnCluster(List<Path> files) {
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                throw new InputException((Files.exists(file) ? "may not read " : "cannot read ") + file + REMEDY);
            }
        }
    }
}
