package org.superstep.cli;

import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.graph.Program;

/** What runs jobs; tests put engines in its place that run out of memory, say, or never end. */
interface Engine {
    /** The engine of this process. A class of its own rather than a method reference, which would cost a bootstrap at every start. */
    Engine LOCAL = new Engine() {
        @Override public Result run(Program program, Graph graph, JobOptions options) {
            return Superstep.run(program, graph, options);
        }
    };

    /** Runs the program on the graph, as {@link Superstep#run(Program, Graph, JobOptions)} does. */
    Result run(Program program, Graph graph, JobOptions options);
}
