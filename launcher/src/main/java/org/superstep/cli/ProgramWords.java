package org.superstep.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the words after a command say of programs, wherever among the options they say it.
 *
 * @param program the first word that is neither an option nor an option's value
 * @param jars the values of {@code --jar}
 * @param rest all other words, in order
 */
record ProgramWords(Optional<String> program, List<String> jars, List<String> rest) {
    private static final String JAR = "--jar";

    /** Sorts the words. The program is not known yet: an option that is none of these is one of its parameters, with one value. */
    static ProgramWords of(List<String> words, CommandOptions options) {
        Optional<String> program = Optional.empty();
        var jars = new ArrayList<String>();
        var rest = new ArrayList<String>();
        int values = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals(JAR)) {
                i++;
                if (i == words.size() || CommandOptions.looksLikeOption(words.get(i))) {
                    throw new UsageException("--jar needs a value: --jar FILE");
                }
                jars.add(words.get(i));
                values = 0;
            } else if (word.startsWith(JAR + "=")) {
                jars.add(word.substring(JAR.length() + 1));
                values = 0;
            } else if (CommandOptions.looksLikeOption(word)) {
                rest.add(word);
                values = options.mostValues(word);
            } else if (values > 0 || program.isPresent()) {
                rest.add(word);
                values--;
            } else {
                program = Optional.of(word);
            }
        }
        return new ProgramWords(program, jars, rest);
    }

    /** The program that was named, for a command that needs one and {@code more} besides. */
    NamedProgram named(String command, String more) throws IOException {
        if (program.isEmpty()) {
            throw new UsageException(command + " which program? superstep " + command + " " + call() + more + "; superstep programs "
                + options(jars) + "lists them");
        }
        return new NamedProgram(program.get(), jars);
    }

    /** What a user types after {@code superstep run} to have this program. */
    String call() {
        return options(jars) + program.orElse("PROGRAM");
    }

    /** What a user types to name these jars, with a blank after each. */
    static String options(List<String> jars) {
        var text = new StringBuilder();
        for (String jar : jars) {
            text.append(JAR).append(' ').append(jar).append(' ');
        }
        return text.toString();
    }
}
