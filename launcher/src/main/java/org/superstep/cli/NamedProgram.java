package org.superstep.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.Program;

/** A program as a user names it, a bundled one or one from jars, of which closing this lets go. */
final class NamedProgram implements AutoCloseable {
    private final String word;
    private final ProgramJars jars;

    /** The program of this name; where jars are named, it is looked for in them first. */
    NamedProgram(String word, List<String> jars) throws IOException {
        this.word = word;
        this.jars = jars.isEmpty() ? null : new ProgramJars(jars);
    }

    /** What the user calls it. */
    String word() {
        return word;
    }

    /** What it is loaded from, if that was named. */
    Optional<ProgramJars> jars() {
        return Optional.ofNullable(jars);
    }

    /** A new instance; {@link UsageException} where there is no such program. */
    Program make() {
        return jars == null ? Programs.named(word) : jars.named(word);
    }

    @Override public void close() throws IOException {
        if (jars != null) {
            jars.close();
        }
    }
}
