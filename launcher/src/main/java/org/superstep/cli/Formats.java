package org.superstep.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.superstep.datasets.EdgeListOptions;
import org.superstep.datasets.EdgeListSource;
import org.superstep.datasets.TextRows;
import org.superstep.graph.io.EdgeFormat;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.RowFormat;

/** The formats that edges are read in and rows are written in: the bundled ones, and those that jars declare as services. */
final class Formats {
    private Formats() {
    }

    /** The edges of these files in the format that the user has named; jars are looked into only where that is none of the bundled ones. */
    static EdgeSource edges(List<Path> files, Arguments arguments, ClassLoader jars) {
        String name = arguments.text("format").orElse("auto");
        if (name.equals("auto") || name.equals("edges")) {
            if (arguments.has("format-options")) {
                throw new UsageException("--format-options is for formats of your own; edge lists have --separator, --weights and"
                    + " --edge-columns");
            }
            return new EdgeListSource(files, withColumns(edgeListOptions(arguments), arguments.texts("edge-columns")));
        }
        EdgeFormat format = named("format", name, List.of("auto", "edges"), EdgeFormat.class, EdgeFormat::title, jars);
        for (String option : List.of("separator", "weights", "edge-columns")) {
            if (arguments.has(option)) {
                throw new UsageException("--" + option + " is for edge lists; say what " + name
                    + " needs with --format-options KEY=VALUE...");
            }
        }
        try {
            return format.open(files, formatOptions(arguments));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--format " + name + ": " + e.getMessage(), e);
        }
    }

    /** The rows' format: the one that the user has named, else what the output's name ends in, so that ranks.csv holds what it says. */
    static RowFormat rows(Arguments arguments, ClassLoader jars) {
        return rows(arguments, arguments.text("output").orElse(""), jars);
    }

    /** The same for an output of that name. */
    static RowFormat rows(Arguments arguments, String output, ClassLoader jars) {
        if (output.endsWith("/")) {
            return rows(arguments, output.substring(0, output.length() - 1), jars);
        }
        String name = arguments.text("output-format")
            .orElse(output.endsWith(".csv") ? "csv" : output.endsWith(".jsonl") ? "jsonl" : "tsv");
        return switch (name) {
            case "tsv" -> TextRows.TSV;
            case "csv" -> TextRows.CSV;
            case "jsonl" -> TextRows.JSONL;
            default -> named("output-format", name, List.of("tsv", "csv", "jsonl"), RowFormat.class, RowFormat::title, jars);
        };
    }

    private static <F> F named(String option, String name, List<String> bundled, Class<F> type, Function<F, String> title,
            ClassLoader jars) {
        var names = new ArrayList<String>(bundled);
        try {
            for (F format : ServiceLoader.load(type, jars)) {
                if (title.apply(format).equals(name)) {
                    return format;
                }
                names.add(title.apply(format));
            }
        } catch (ServiceConfigurationError e) {
            throw new UsageException("a jar on the class path declares a format that cannot be had: " + e.getMessage(), e);
        }
        throw new UsageException("--" + option + " must be one of " + String.join(", ", names) + ", was \"" + name + "\"");
    }

    private static Map<String, String> formatOptions(Arguments arguments) {
        var options = new LinkedHashMap<String, String>();
        for (String text : arguments.texts("format-options")) {
            int split = text.indexOf('=');
            if (split <= 0) {
                throw new UsageException("--format-options must be KEY=VALUE, was \"" + text + "\"");
            }
            if (options.put(text.substring(0, split), text.substring(split + 1)) != null) {
                throw new UsageException("--format-options has " + text.substring(0, split) + " twice; each may be given once");
            }
        }
        return options;
    }

    private static EdgeListOptions withColumns(EdgeListOptions options, List<String> names) {
        try {
            return options.withColumns(names.toArray(String[]::new));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--edge-columns: " + e.getMessage(), e);
        }
    }

    private static EdgeListOptions edgeListOptions(Arguments arguments) {
        var weights = arguments.choice("weights", "auto", "none").equals("none") ? EdgeListOptions.WeightColumn.NONE
            : EdgeListOptions.WeightColumn.AUTO;
        Optional<String> separator = arguments.text("separator");
        if (separator.isEmpty()) {
            return new EdgeListOptions(Optional.empty(), weights);
        }
        String character = switch (separator.get()) {
            case "tab", "\\t" -> "\t";
            case "space", "blank" -> " ";
            case "comma" -> ",";
            case "semicolon" -> ";";
            default -> separator.get();
        };
        if (character.length() != 1) {
            throw new UsageException("--separator must be one character, or tab, space, comma or semicolon, was \"" + separator.get()
                + "\"");
        }
        try {
            return new EdgeListOptions(Optional.of(character.charAt(0)), weights);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--separator: " + e.getMessage(), e);
        }
    }
}
