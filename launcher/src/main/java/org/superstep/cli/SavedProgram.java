package org.superstep.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;

/** The program of a job that is saved, made anew of its words and jars; closing this lets go of it. */
final class SavedProgram implements AutoCloseable {
    private final NamedProgram named;
    private final Program program;

    /**
     * Makes it.
     *
     * @throws UsageException if it is not to be had here
     */
    SavedProgram(SavedRun saved, Manifest manifest) throws IOException {
        List<String> words = manifest.job().words();
        var jars = new ArrayList<String>();
        manifest.job().jars().forEach(hash -> jars.add(saved.jar(hash).toString()));
        NamedProgram loaded = null;
        try {
            loaded = new NamedProgram(words.isEmpty() ? manifest.job().program() : words.get(0), jars);
            program = loaded.make();
            if (!words.isEmpty()) {
                setParameters(program, words);
            }
        } catch (UsageException | IllegalArgumentException e) {
            if (loaded != null) {
                loaded.close();
            }
            throw new UsageException("the values of vertices take the program " + manifest.job().program() + ", which cannot be made here: "
                + e.getMessage(), e);
        }
        named = loaded;
    }

    private static void setParameters(Program program, List<String> words) {
        var said = ProgramWords.of(words, RunOptions.RUN.ofAnyProgram());
        var arguments = RunOptions.RUN.parse(program, said);
        for (Parameter parameter : program.declarations().parameters()) {
            Optional<String> text = arguments.text(parameter.name());
            text.ifPresent(value -> RunRequest.setParameter(parameter, value));
        }
    }

    Program program() {
        return program;
    }

    @Override public void close() throws IOException {
        named.close();
    }
}
