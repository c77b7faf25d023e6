package org.superstep.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Program;
import org.superstep.graph.Weights;
import org.superstep.graph.io.InputException;

/**
 * A small graph for tests. Immutable.
 *
 * <pre>{@code
 * TestGraph graph = TestGraph.of("1 -> 2 0.5, 2 -> 3, 3 -- 4 2  # both ways");
 * }</pre>
 *
 * <p>What edges hold in edge columns has no place in the text: {@link Edge} has one for it.
 */
public final class TestGraph {
    /**
     * An edge.
     *
     * @param source where it begins
     * @param target where it ends
     * @param weight finite; 1 where none was given
     * @param columns what it holds in edge columns, by name: a {@code Long} where a whole number of any type was given, else a
     *     {@code Double}
     */
    public record Edge(long source, long target, double weight, Map<String, Number> columns) {
        /** Checks that the weight is finite. */
        public Edge {
            if (!(Math.abs(weight) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("the weight of edge " + source + " -> " + target + " must be finite, was " + weight);
            }
            var held = new TreeMap<String, Number>();
            columns.forEach((name, value) -> held.put(name, value instanceof Double || value instanceof Float
                ? (Number) value.doubleValue() : (Number) value.longValue()));
            columns = Collections.unmodifiableMap(held);
        }

        /** An edge with nothing but a weight. */
        public Edge(long source, long target, double weight) {
            this(source, target, weight, Map.of());
        }

        /** For the engine: an edge that holds these raw bits in columns of a program; {@code bits} gives them by the place in the list. */
        public static Edge holding(long source, long target, double weight, List<EdgeColumn> columns, IntToLongFunction bits) {
            var held = new TreeMap<String, Number>();
            for (int i = 0; i < columns.size(); i++) {
                long value = bits.applyAsLong(i);
                held.put(columns.get(i).name(), columns.get(i).type() == double.class ? (Number) Double.longBitsToDouble(value)
                    : (Number) value);
            }
            return new Edge(source, target, weight, held);
        }

        /** The same edge with another weight. */
        private Edge weighing(double other) {
            return new Edge(source, target, other, columns);
        }

        /** The raw bits of what it holds in a column of a program; of the column's initial value where it holds nothing. */
        long bits(EdgeColumn column) {
            Number value = columns.get(column.name());
            if (value == null) {
                if (column.isRequired()) {
                    throw new InputException("the program needs the edge column \"" + column + "\" and the edge " + this
                        + " has nothing in it");
                }
                return column.initialBits();
            }
            if (column.type() == double.class) {
                return Double.doubleToLongBits(value.doubleValue());
            }
            if (!(value instanceof Long) || column.type() == int.class && value.intValue() != value.longValue()) {
                throw new InputException("the program's edge column \"" + column + "\" is of type " + column.type() + ", and the edge "
                    + this + " has " + value + " in it");
            }
            return value.longValue();
        }

        @Override public String toString() {
            return source + " -> " + target + (weight == 1 ? "" : " " + weight) + (columns.isEmpty() ? "" : " " + columns);
        }
    }

    private final String name;
    private final List<Edge> edges;
    private final long[] vertexIds;
    private final boolean weighted;

    private TestGraph(String name, List<Edge> edges, Collection<Long> others, boolean weighted) {
        this.name = name;
        this.edges = List.copyOf(edges);
        this.weighted = weighted;
        var ids = new TreeSet<>(others);
        for (Edge edge : edges) {
            ids.add(edge.source);
            ids.add(edge.target);
        }
        vertexIds = ids.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * The graph that a text describes: edges {@code 1 -> 2}, edges both ways {@code 1 -- 2}, each with a weight behind it if it has one,
     * paths {@code 1 -> 2 -> 3}, and isolated vertices {@code 4}, parted by commas or line ends. From {@code #} to the line's end is
     * comment. An edge that is written twice is two parallel edges; a self-loop is one edge, also where it is written {@code 1 -- 1}.
     *
     * @throws IllegalArgumentException if the text is anything else; the message tells line and column
     */
    public static TestGraph of(String text) {
        return new GraphText(text).parse();
    }

    /** The graph of these edges, with weights. */
    public static TestGraph of(List<Edge> edges) {
        return of(edges, List.of());
    }

    /** The graph of these edges, with weights, and of these vertices, whether or not an edge names them. */
    public static TestGraph of(List<Edge> edges, Collection<Long> vertexIds) {
        return new TestGraph(edges.size() + " edges", edges, vertexIds, true);
    }

    static TestGraph of(String name, List<Edge> edges, Collection<Long> vertexIds, boolean weighted) {
        return new TestGraph(name, edges, vertexIds, weighted);
    }

    /** The same graph under another name, for messages. */
    public TestGraph named(String title) {
        return new TestGraph(Objects.requireNonNull(title, "title"), edges, ids(), weighted);
    }

    /** The same graph without weights: each edge weighs 1, and a program that needs weights refuses it. */
    public TestGraph withoutWeights() {
        return new TestGraph(name, edges.stream().map(edge -> edge.weighing(1)).toList(), ids(), false);
    }

    /** The same edges, each an edge both ways; a self-loop stays one edge. */
    public TestGraph undirected() {
        var both = new ArrayList<>(edges);
        edges.stream().filter(edge -> edge.source != edge.target)
            .forEach(edge -> both.add(new Edge(edge.target, edge.source, edge.weight, edge.columns)));
        return new TestGraph(name + ", undirected", both, ids(), weighted);
    }

    /** The ids of all vertices, ascending; a copy. */
    public long[] vertexIds() {
        return vertexIds.clone();
    }

    private List<Long> ids() {
        return Arrays.stream(vertexIds).boxed().toList();
    }

    /** Whether there is such a vertex. */
    boolean has(long vertexId) {
        return Arrays.binarySearch(vertexIds, vertexId) >= 0;
    }

    /** All edges in the order in which they were written, an edge both ways as two. */
    public List<Edge> edges() {
        return edges;
    }

    /** Whether weights were given. */
    public boolean isWeighted() {
        return weighted;
    }

    /** The edges as a program sees them: all of weight 1 where it does not want weights. */
    List<Edge> edgesFor(Program program) {
        return weighted && program.weights().wanted() ? edges : withoutWeights().edges;
    }

    /**
     * The same edges with weights that a program takes, and with small numbers in the edge columns that it requires. Those that it does not
     * require may be its own state, which is to begin as it says.
     */
    TestGraph fitted(Program program, long seed) {
        Weights weights = program.weights();
        var random = new SplittableRandom(seed);
        var taken = new ArrayList<Edge>();
        for (Edge edge : edges) {
            double weight = edge.weight >= weights.minimum() ? edge.weight : Math.max(Math.abs(edge.weight), weights.minimum());
            var columns = new TreeMap<>(edge.columns);
            program.declarations().edgeColumns().stream().filter(EdgeColumn::isRequired)
                .forEach(column -> columns.put(column.name(), random.nextLong(5)));
            taken.add(new Edge(edge.source, edge.target, weight, columns));
        }
        return new TestGraph(name, taken, ids(), weighted || weights.need() == Weights.Need.REQUIRED);
    }

    /** The same edges in another order. */
    TestGraph shuffled(SplittableRandom random) {
        var shuffled = new ArrayList<>(edges);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            shuffled.set(i, shuffled.set(j, shuffled.get(i)));
        }
        return new TestGraph(name, shuffled, ids(), weighted);
    }

    /** The name; of a graph from text, the text where it is short. */
    @Override public String toString() {
        return name;
    }
}
