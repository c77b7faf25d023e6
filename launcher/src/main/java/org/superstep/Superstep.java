package org.superstep;

import org.superstep.graph.Program;

/** Runs programs inside this process: {@code Superstep.run(new PageRank(), Graph.edges(file)).doubles("rank")}. */
public final class Superstep {
    private Superstep() {
    }

    /** Runs the program on the graph with all cores and waits for the end. */
    public static Result run(Program program, Graph graph) {
        return run(program, graph, JobOptions.DEFAULT);
    }

    /**
     * Runs the program on the graph and waits for the end. The program instance belongs to this job: take a new one for the next. Any
     * thread may call, and jobs may run side by side, on one graph too.
     *
     * @throws IllegalStateException if the program instance has been run before
     * @throws org.superstep.graph.io.InputException if the graph cannot be read, or lacks a vertex that a parameter names
     * @throws JobException if the job fails
     */
    public static Result run(Program program, Graph graph, JobOptions options) {
        return new LocalJob(program, graph, options).run();
    }
}
