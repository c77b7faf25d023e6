package org.superstep;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.superstep.datasets.EdgeListOptions;
import org.superstep.datasets.EdgeListSource;
import org.superstep.datasets.RmatOptions;
import org.superstep.datasets.RmatSource;
import org.superstep.datasets.VertexListSource;
import org.superstep.graph.io.EdgeFilter;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.VertexSource;

/**
 * A graph to run programs on: where its edges come from and how they are to be read. Immutable and cheap; every job reads the edges anew
 * into the structures that its program needs.
 *
 * @param source where the edges come from
 * @param vertices where isolated vertices and first values come from, if anywhere
 * @param isUndirected whether each edge is an edge both ways
 * @param isDeduped whether of parallel edges only one is kept, that with the least weight
 * @param isWithoutSelfLoops whether edges from a vertex to itself are left out
 */
public record Graph(EdgeSource source, Optional<VertexSource> vertices, boolean isUndirected, boolean isDeduped,
        boolean isWithoutSelfLoops) {
    /** Checks that there is a source. */
    public Graph {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(vertices, "vertices");
    }

    /** The directed graph of the edges in these text files, one edge a line. */
    public static Graph edges(Path... files) {
        return of(new EdgeListSource(List.of(files), EdgeListOptions.AUTO));
    }

    /** The directed graph of these edges. */
    public static Graph of(EdgeSource source) {
        return new Graph(source, Optional.empty(), false, false, false);
    }

    /** The directed graph of the edges {@code sources[i] -> targets[i]}, without weights; the arrays are not copied. */
    public static Graph of(long[] sources, long[] targets) {
        return of(new EdgeArrays(sources, targets, null));
    }

    /** The directed graph of the edges {@code sources[i] -> targets[i]} with {@code weights[i]}; the arrays are not copied. */
    public static Graph of(long[] sources, long[] targets, double[] weights) {
        return of(new EdgeArrays(sources, targets, Objects.requireNonNull(weights, "weights")));
    }

    /**
     * The directed graph of these edges. They stay where they are: every job runs through them once for each of its workers, on one thread,
     * and must meet the same edges in the same order each time.
     */
    public static Graph of(Iterable<Edge> edges) {
        return from(sink -> {
            for (Edge edge : edges) {
                sink.edge(edge.source(), edge.target(), edge.weight());
            }
        });
    }

    /** The directed graph of all edges that are left; they are read now, and kept at 24 bytes an edge. */
    public static Graph of(Iterator<Edge> edges) {
        return of(EdgeArrays.of(edges));
    }

    /** The directed graph of this stream's edges; they are read now, and kept at 24 bytes an edge. */
    public static Graph of(Stream<Edge> edges) {
        return of(edges.iterator());
    }

    /**
     * The directed graph of the edges that are handed over: {@code Graph.from(sink -> sink.edge(1, 2, 0.5))}, without an object for each.
     * Nothing is kept: every job asks for them once for each of its workers, on one thread, and must be given the same edges in the same
     * order each time.
     */
    public static Graph from(Consumer<EdgeCollector> edges) {
        return of(new EdgeStream(Objects.requireNonNull(edges, "edges")));
    }

    /**
     * The directed R-MAT graph of the Graph500 and GAP benchmarks: 2^scale ids, not all of which need occur, and 16 times as many edges
     * without weights, some of them self-loops or parallel. {@code Graph.of(new RmatSource(options))} makes others.
     */
    public static Graph rmat(int scale, long seed) {
        return of(new RmatSource(RmatOptions.of(scale, seed)));
    }

    /**
     * The same edges, each with a value in the edge column of this name, edge by edge as in the arrays that the graph is made of; the array
     * is not copied. Only for a graph of arrays ({@code Graph.of(sources, targets, ...)}), before it is filtered.
     */
    public Graph withEdgeColumn(String name, double[] values) {
        return withEdgeColumn(name, (Object) values);
    }

    /** The same for a column of longs. */
    public Graph withEdgeColumn(String name, long[] values) {
        return withEdgeColumn(name, (Object) values);
    }

    /** The same for a column of ints. */
    public Graph withEdgeColumn(String name, int[] values) {
        return withEdgeColumn(name, (Object) values);
    }

    private Graph withEdgeColumn(String name, Object values) {
        if (source instanceof EdgeArrays arrays) {
            return new Graph(arrays.with(name, values), vertices, isUndirected, isDeduped, isWithoutSelfLoops);
        }
        throw new IllegalStateException("edge column \"" + name + "\" goes with the arrays of a graph's edges, and this graph is not made"
            + " of arrays, or filtered already; begin with Graph.of(sources, targets), and filter in the end");
    }

    /**
     * The same edges, and the vertices of these text files, one a line: an id, then what the program's columns hold of it at first
     * ({@link VertexListSource}). Vertices that no edge names are isolated vertices of the graph.
     */
    public Graph withVertices(Path... files) {
        return withVertices(new VertexListSource(List.of(files)));
    }

    /** The same edges, and these vertices in place of those named before; filters before do not see them. */
    public Graph withVertices(VertexSource named) {
        return new Graph(source, Optional.of(named), isUndirected, isDeduped, isWithoutSelfLoops);
    }

    /**
     * The edges that the filter keeps, with the vertices at their ends. The filter sees an edge as the input has it: before it is made an
     * edge both ways, and before parallel edges are left out. Weights are read for it where the program ignores them; where the program
     * does not, a weight that it refuses is refused whether or not the filter would keep the edge.
     */
    public Graph filterEdges(EdgeFilter filter) {
        return new Graph(new FilteredEdges(source, Objects.requireNonNull(filter, "filter"), true), vertices, isUndirected, isDeduped,
            isWithoutSelfLoops);
    }

    /**
     * The vertices that the filter keeps, and the edges among them; one at whose other end a vertex is left out is left out too. The filter
     * is a pure function of an id, called by several threads at once.
     */
    public Graph filterVertices(LongPredicate filter) {
        Objects.requireNonNull(filter, "filter");
        var edges = new FilteredEdges(source, (from, to, weight) -> filter.test(from) && filter.test(to), false);
        return new Graph(edges, vertices.map(named -> new FilteredVertices(named, filter)), isUndirected, isDeduped, isWithoutSelfLoops);
    }

    /** The same edges, each an edge both ways. */
    public Graph undirected() {
        return new Graph(source, vertices, true, isDeduped, isWithoutSelfLoops);
    }

    /** The same edges without the parallel ones: of those from one vertex to another, that with the least weight is kept. */
    public Graph deduped() {
        return new Graph(source, vertices, isUndirected, true, isWithoutSelfLoops);
    }

    /** The same edges without those from a vertex to itself. */
    public Graph withoutSelfLoops() {
        return new Graph(source, vertices, isUndirected, isDeduped, true);
    }
}
