package org.superstep.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.superstep.graph.Program;

/** {@code superstep programs}: what can be run, one a line. */
final class ProgramsCommand {
    private final Console console;

    ProgramsCommand(Console console) {
        this.console = console;
    }

    void run(List<String> words) throws IOException {
        if (words.contains("--help")) {
            console.print("""
                superstep programs: lists the programs that can be run, one a line

                usage: superstep programs               the bundled ones
                       superstep programs --jar FILE    those in a jar of your own

                --jar may be repeated.
                """);
            return;
        }
        var said = ProgramWords.of(words, new CommandOptions("programs"));
        for (String word : said.rest()) {
            if (!word.equals("--verbose")) {
                throw wrong(word);
            }
        }
        if (said.program().isPresent()) {
            throw wrong(said.program().get());
        }
        if (said.jars().isEmpty()) {
            var programs = new TreeMap<String, Program>();
            for (Program program : Programs.all()) {
                programs.put(program.name(), program);
            }
            list(programs);
            return;
        }
        var faults = new ArrayList<String>();
        try (var jars = new ProgramJars(said.jars())) {
            var programs = jars.all(faults);
            if (programs.isEmpty() && faults.isEmpty()) {
                faults.add(String.join(", ", said.jars()) + " holds no program: no public class extends DoubleProgram, LongProgram or"
                    + " another kind of " + Program.class.getName());
            }
            list(programs);
        }
        for (String fault : faults) {
            console.err().println("superstep: " + Main.oneLine(fault));
        }
    }

    private static UsageException wrong(String word) {
        return new UsageException("programs takes no options but --jar FILE, was " + word);
    }

    private void list(Map<String, Program> programs) throws IOException {
        int width = 0;
        for (String word : programs.keySet()) {
            width = Math.max(width, word.length());
        }
        var text = new StringBuilder();
        for (var entry : programs.entrySet()) {
            text.append(entry.getKey());
            String description = entry.getValue().description();
            if (!description.isEmpty()) {
                text.append(" ".repeat(width - entry.getKey().length() + 2)).append(description);
            }
            text.append('\n');
        }
        console.print(text);
    }
}
