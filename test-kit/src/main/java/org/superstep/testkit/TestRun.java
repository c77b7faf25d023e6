package org.superstep.testkit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.superstep.graph.Program;

/**
 * A program that the engine has run on a small graph, and what it has come to.
 *
 * <pre>{@code
 * TestRun.of(new ShortestPaths(1), TestGraph.of("1 -> 2 0.5, 2 -> 3 2"))
 *     .assertColumn("distance", Map.of(1L, 0.0, 2L, 0.5, 3L, 2.5));
 * }</pre>
 */
public final class TestRun {
    private static final int MOST_SUPERSTEPS = 100_000;
    private static final int WORKERS = 3;

    private final Answer answer;

    private TestRun(Answer answer) {
        this.answer = answer;
    }

    /** Runs the program on the graph with two threads and seed 1. The instance serves this run alone. A program that does not end fails. */
    public static TestRun of(Program program, TestGraph graph) {
        return of(program, graph, Shape.PLAIN, 1);
    }

    /** Runs the program on the graph in this shape; the seed is what {@code v.random()} is keyed by. */
    public static TestRun of(Program program, TestGraph graph, Shape shape, long seed) {
        return new TestRun(Engine.installed().run(program, graph, shape, seed, MOST_SUPERSTEPS));
    }

    /**
     * Runs the program on the graph with three workers, to which this happens, each in words: {@code kill worker 2 at superstep 3 compute},
     * say, as {@link Shape#withFault} tells. The job is saved before every second superstep, and goes back there when a worker is lost.
     */
    public static TestRun withFaults(Program program, TestGraph graph, String... faults) {
        var shape = Shape.PLAIN.withWorkers(WORKERS).withCheckpointEvery(2);
        for (String fault : faults) {
            shape = shape.withFault(fault);
        }
        return of(program, graph, shape, 1);
    }

    /** What the column with this name holds of each vertex, by ascending ids. */
    public Map<Long, Object> column(String name) {
        return answer.column(name);
    }

    /** The same where all values are of one type, such as Double; {@link ClassCastException} where one is not. */
    public <T> Map<Long, T> column(String name, Class<T> type) {
        var typed = new TreeMap<Long, T>();
        answer.column(name).forEach((id, value) -> typed.put(id, type.cast(value)));
        return typed;
    }

    /** What was emitted to the output with this name, in order: the values of each record, a Long for longs and ints. */
    public List<List<Object>> records(String name) {
        return answer.records(name);
    }

    /** How many supersteps ran. */
    public int supersteps() {
        return answer.figures().size();
    }

    /** All of it. */
    public Answer answer() {
        return answer;
    }

    /**
     * Checks that the column holds exactly this, of exactly these vertices. Numbers are compared by value, both zeros alike. Returns this.
     *
     * @throws AssertionError if it does not; it lists the vertices at which it differs
     */
    public TestRun assertColumn(String name, Map<Long, ?> expected) {
        return assertColumn(name, expected, 0);
    }

    /** The same where numbers, or elements of vectors, may be as far from what is expected as this. */
    public TestRun assertColumn(String name, Map<Long, ?> expected, double tolerance) {
        ColumnValue.requireEqual(name, expected, column(name), tolerance);
        return this;
    }
}
