package org.superstep;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Tells what some vertices of a job do, superstep by superstep: what each has received, what it held and holds then, what it adds to
 * aggregators, says, asks to be changed, and whether it halts. A vertex that does not compute is not told of. No trace changes a result.
 *
 * @param vertices ids of the vertices; they need not exist
 * @param firstSuperstep the first superstep that is told of
 * @param lastSuperstep the last
 * @param listener hears a text of several lines for each vertex and superstep, in the order of supersteps and ids; called by one thread at
 *     a time. The text is for people, and may change
 */
public record Trace(List<Long> vertices, int firstSuperstep, int lastSuperstep, Consumer<String> listener) {
    /** Checks that there is something to trace. */
    public Trace {
        vertices = List.copyOf(vertices);
        Objects.requireNonNull(listener, "listener");
        if (vertices.isEmpty()) {
            throw new IllegalArgumentException("a trace is of at least one vertex");
        }
        if (firstSuperstep < 0 || lastSuperstep < firstSuperstep) {
            throw new IllegalArgumentException("supersteps to trace go from one, at least 0, to one that is not before it, was "
                + firstSuperstep + " to " + lastSuperstep);
        }
    }

    /** A trace of these vertices in all supersteps, on standard error. */
    public static Trace of(long... vertexIds) {
        return new Trace(LongStream.of(vertexIds).boxed().toList(), 0, Integer.MAX_VALUE, System.err::println);
    }

    /** The same from one superstep to another. */
    public Trace inSupersteps(int first, int last) {
        return new Trace(vertices, first, last, listener);
    }

    /** The same, told to another listener. */
    public Trace to(Consumer<String> other) {
        return new Trace(vertices, firstSuperstep, lastSuperstep, other);
    }
}
