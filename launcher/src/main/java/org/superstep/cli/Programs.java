package org.superstep.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
