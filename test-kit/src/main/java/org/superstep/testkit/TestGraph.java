package org.superstep.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.superstep.graph.Program;
import org.superstep.graph.Weights;

/**
 * A small graph for tests. Immutable.
 *
 * <pre>{@code
 * TestGraph graph = TestGraph.of("1 -> 2 0.5, 2 -> 3, 3 -- 4 2  # both ways");
 * }</pre>
 */
public final class TestGraph {
    /**
     * An edge.
     *
     * @param source where it begins
     * @param target where it ends
     * @param weight finite; 1 where none was given
     */
    public record Edge(long source, long target, double weight) {
        /** Checks that the weight is finite. */
        public Edge {
            if (!(Math.abs(weight) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("the weight of edge " + source + " -> " + target + " must be finite, was " + weight);
            }
        }

        @Override public String toString() {
            return source + " -> " + target + (weight == 1 ? "" : " " + weight);
        }
    }

    private static final Comparator<Edge> IN_ORDER =
        Comparator.comparingLong(Edge::source).thenComparingLong(Edge::target).thenComparingDouble(Edge::weight);

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
        return new TestGraph(name, edges.stream().map(edge -> new Edge(edge.source, edge.target, 1)).toList(), ids(), false);
    }

    /** The same edges, each an edge both ways; a self-loop stays one edge. */
    public TestGraph undirected() {
        var both = new ArrayList<>(edges);
        edges.stream().filter(edge -> edge.source != edge.target)
            .forEach(edge -> both.add(new Edge(edge.target, edge.source, edge.weight)));
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

    /** The edges as a program sees them: by source, target and weight; all of weight 1 where it does not want weights. */
    List<Edge> edgesFor(Program program) {
        var seen = weighted && program.weights().wanted() ? new ArrayList<>(edges) : new ArrayList<>(withoutWeights().edges);
        seen.sort(IN_ORDER);
        return seen;
    }

    /** The same edges with weights that a program takes. */
    TestGraph fitted(Weights weights) {
        var taken = edges.stream().map(edge -> edge.weight >= weights.minimum() ? edge
            : new Edge(edge.source, edge.target, Math.max(Math.abs(edge.weight), weights.minimum()))).toList();
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
