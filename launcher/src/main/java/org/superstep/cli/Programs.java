package org.superstep.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.superstep.graph.Program;

/** The vertex programs on the class path, declared as services. */
final class Programs {
    private Programs() {
    }

    /**
     * A new instance of the program with this name. Looks no further than the jar that has it, so that the others (fastutil's has thousands
     * of entries) stay closed.
     *
     * @throws UsageException if there is none; names the nearest
     */
    static Program named(String name) {
        Optional<Program> first = ofFirstJar(name);
        if (first.isPresent()) {
            return first.get();
        }
        var names = new ArrayList<String>();
        try {
            for (Program program : ServiceLoader.load(Program.class, Program.class.getClassLoader())) {
                if (program.name().equals(name)) {
                    return program;
                }
                names.add(program.name());
            }
        } catch (ServiceConfigurationError e) {
            throw broken(e);
        }
        var meant = EditDistance.nearest(name, names);
        throw new UsageException("there is no program \"" + name + "\""
            + (meant.isPresent() ? "; did you mean " + meant.get() + "?" : name.indexOf('.') >= 0
            ? "; one of your own is in a jar: --jar FILE " + name : "; there are " + String.join(", ", names))
            + " (superstep programs tells what each does)");
    }

    /**
     * The program with this name of the first jar that declares any, ours. A ServiceLoader that has found that jar looks for the next one
     * before it hands out anything: all jars opened, Hadoop's among them, cost a run 30 ms and 7 MB.
     */
    private static Optional<Program> ofFirstJar(String name) {
        ClassLoader loader = Program.class.getClassLoader();
        try (var in = loader.getResourceAsStream("META-INF/services/" + Program.class.getName())) {
            if (in == null) {
                return Optional.empty();
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                int comment = line.indexOf('#');
                String type = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!type.isEmpty()) {
                    Program program = Class.forName(type, true, loader).asSubclass(Program.class).getConstructor().newInstance();
                    if (program.name().equals(name)) {
                        return Optional.of(program);
                    }
                }
            }
        } catch (IOException | ReflectiveOperationException | ClassCastException | LinkageError e) {
            // Whoever asks the ServiceLoader next is told in its words.
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** One instance of each, by name. */
    static List<Program> all() {
        var programs = new ArrayList<Program>();
        try {
            for (Program program : ServiceLoader.load(Program.class, Program.class.getClassLoader())) {
                programs.add(program);
            }
        } catch (ServiceConfigurationError e) {
            throw broken(e);
        }
        programs.sort(Comparator.comparing(Program::name));
        return programs;
    }

    private static UsageException broken(ServiceConfigurationError e) {
        return new UsageException("a jar on the class path declares a program that cannot be had: " + e.getMessage(), e);
    }
}
