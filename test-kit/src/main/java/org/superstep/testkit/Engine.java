package org.superstep.testkit;

import java.util.ServiceLoader;
import org.superstep.graph.Program;

/** What runs jobs for the kit; found as a service. The launcher's jar has the one there is. */
public interface Engine {
    /**
     * Runs the program, a new instance, on the graph.
     *
     * @throws RuntimeException if the job fails, as it fails for users
     */
    Answer run(Program program, TestGraph graph, Shape shape, long seed, int maxSupersteps);

    /** The engine on the class path. */
    static Engine installed() {
        return ServiceLoader.load(Engine.class, Engine.class.getClassLoader()).findFirst().orElseThrow(() -> new IllegalStateException(
            "there is no engine on the class path; put the launcher's jar beside the test kit's"));
    }
}
