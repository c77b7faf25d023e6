package org.superstep;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.superstep.datasets.EdgeListOptions;
import org.superstep.datasets.EdgeListSource;
import org.superstep.graph.io.EdgeSource;

/**
 * A graph to run programs on: where its edges come from and how they are to be read. Immutable and cheap; every job reads the edges anew
 * into the structures that its program needs.
 *
 * @param source where the edges come from
 * @param isUndirected whether each edge is an edge both ways
 * @param isDeduped whether of parallel edges only one is kept, that with the least weight
 * @param isWithoutSelfLoops whether edges from a vertex to itself are left out
 */
public record Graph(EdgeSource source, boolean isUndirected, boolean isDeduped, boolean isWithoutSelfLoops) {
    /** Checks that there is a source. */
    public Graph {
        Objects.requireNonNull(source, "source");
    }

    /** The directed graph of the edges in these text files, one edge a line. */
    public static Graph edges(Path... files) {
        return of(new EdgeListSource(List.of(files), EdgeListOptions.AUTO));
    }

    /** The directed graph of these edges. */
    public static Graph of(EdgeSource source) {
        return new Graph(source, false, false, false);
    }

    /** The directed graph of the edges {@code sources[i] -> targets[i]}, without weights; the arrays are not copied. */
    public static Graph of(long[] sources, long[] targets) {
        return of(new EdgeArrays(sources, targets, null));
    }

    /** The directed graph of the edges {@code sources[i] -> targets[i]} with {@code weights[i]}; the arrays are not copied. */
    public static Graph of(long[] sources, long[] targets, double[] weights) {
        return of(new EdgeArrays(sources, targets, Objects.requireNonNull(weights, "weights")));
    }

    /** The same edges, each an edge both ways. */
    public Graph undirected() {
        return new Graph(source, true, isDeduped, isWithoutSelfLoops);
    }

    /** The same edges without the parallel ones: of those from one vertex to another, that with the least weight is kept. */
    public Graph deduped() {
        return new Graph(source, isUndirected, true, isWithoutSelfLoops);
    }

    /** The same edges without those from a vertex to itself. */
    public Graph withoutSelfLoops() {
        return new Graph(source, isUndirected, isDeduped, true);
    }
}
