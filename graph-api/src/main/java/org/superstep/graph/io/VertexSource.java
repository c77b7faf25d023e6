package org.superstep.graph.io;

import java.io.IOException;
import java.util.List;
import org.superstep.graph.Column;

/**
 * Where vertices come from that edges do not tell of, and what a program's columns hold of them at first. A vertex that is named here and
 * by no edge is an isolated vertex of the graph; one that only edges name keeps the columns' initial values. Immutable; read once per
 * worker and job, in any order, on one thread of each worker.
 */
@FunctionalInterface
public interface VertexSource {
    /**
     * Hands over one worker's share. Shares {@code 0..shares-1} together hold each vertex exactly once.
     *
     * @param share which share, 0 to {@code shares - 1}
     * @param shares how many workers read
     * @param columns the program's columns in the order of their declaration
     * @param sink takes the vertices
     * @throws InputException where the input is missing or wrong; the message is one line for the user
     */
    void read(int share, int shares, List<Column> columns, VertexSink sink) throws IOException;

    /** What to tell the user of a vertex that was handed over twice, perhaps in two shares. */
    default InputException duplicate(long vertexId) {
        return new InputException("vertex " + vertexId + " is named twice among the vertices; name each once");
    }
}
