package org.superstep.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.io.RowFormat;

/**
 * Where the records of one output go.
 *
 * @param output one of the program's
 * @param destination where they go
 * @param rows how they look
 */
record RecordDestination(RecordOutput output, Destination destination, RowFormat rows) {
    /**
     * What the user has said with {@code --records}: each value is {@code NAME=PATH}, or a folder for all of the program's outputs.
     * {@code tries}: whether to find out if they can be written.
     */
    static List<RecordDestination> of(Program program, Arguments arguments, ClassLoader jars, boolean tries) {
        List<RecordOutput> outputs = program.declarations().recordOutputs();
        List<String> texts = arguments.texts("records");
        if (outputs.isEmpty() && !texts.isEmpty()) {
            throw new UsageException(program.name() + " emits no records, and has no use for --records; --output writes its rows");
        }
        var all = new ArrayList<RecordDestination>();
        for (String text : texts) {
            int split = text.indexOf('=');
            if (split > 0) {
                String path = text.substring(split + 1);
                all.add(of(named(text.substring(0, split), program), path, Formats.rows(arguments, path, jars), tries));
            } else {
                Path folder = Destination.pathOf("records", text);
                if (!Files.isDirectory(folder)) {
                    throw new UsageException("--records " + text + ": there is no such folder; create it (mkdir -p), or name a file for one"
                        + " output: --records " + outputs.get(0).name() + "=PATH");
                }
                RowFormat rows = Formats.rows(arguments, "", jars);
                for (RecordOutput output : outputs) {
                    all.add(of(output, folder.resolve(output.name() + "." + rows.title()).toString(), rows, tries));
                }
            }
        }
        return all;
    }

    private static RecordDestination of(RecordOutput output, String path, RowFormat rows, boolean tries) {
        try {
            rows.recordHeader(output.fields());
        } catch (UnsupportedOperationException e) {
            throw new UsageException("--records: " + e.getMessage() + "; --output-format tsv, csv and jsonl have one", e);
        }
        return new RecordDestination(output, tries ? Destination.of("records", path) : Destination.tried("records", path), rows);
    }

    private static RecordOutput named(String name, Program program) {
        var names = new ArrayList<String>();
        for (RecordOutput output : program.declarations().recordOutputs()) {
            if (output.name().equals(name)) {
                return output;
            }
            names.add(output.name());
        }
        var meant = EditDistance.nearest(name, names);
        throw new UsageException("--records: " + program.name() + " has no output of records \"" + name + "\""
            + (meant.isPresent() ? "; did you mean " + meant.get() + "?" : "; it has " + String.join(", ", names)));
    }
}
