package org.superstep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.superstep.Graph;
import org.superstep.graph.EdgeColumn;

/**
 * A graph for tests: the lines of an edge list and how to read them. {@link #graph()} is what the engine gets, {@link #arcs} and
 * {@link #vertices()} what it should make of it, said independently.
 *
 * @param name what it is, with its seed, to be shown when a test fails
 * @param lines the lines in the order of the input
 * @param weighted whether the lines have weights
 * @param undirected whether each line is an edge both ways
 * @param deduped whether parallel edges are thrown out but for the lightest
 * @param withoutSelfLoops whether edges from a vertex to itself are thrown out
 */
record Sample(String name, List<Arc> lines, boolean weighted, boolean undirected, boolean deduped, boolean withoutSelfLoops) {
    /** The edge columns of lines that have any: of doubles, longs and ints. */
    static final List<String> EDGE_COLUMNS = List.of("capacity", "stamp", "kind");
    private static final double[] CAPACITIES = {0.0, -0.0, 1.5, -3, Double.NaN, Double.POSITIVE_INFINITY, 1e-300};

    /** A directed graph of these lines, as they are. */
    static Sample directed(String name, List<Arc> lines) {
        return new Sample(name, lines, true, false, false, false);
    }

    /** A directed graph without weights: {@code {{source, target}, ...}}. */
    static Sample of(long[][] edges) {
        var lines = new ArrayList<Arc>();
        for (long[] edge : edges) {
            lines.add(new Arc(edge[0], edge[1], 1));
        }
        return new Sample("edges by hand", lines, false, false, false, false);
    }

    Sample asUndirected() {
        return new Sample(name, lines, weighted, true, deduped, withoutSelfLoops);
    }

    Sample asDeduped() {
        return new Sample(name, lines, weighted, undirected, true, withoutSelfLoops);
    }

    Sample asWithoutSelfLoops() {
        return new Sample(name, lines, weighted, undirected, deduped, true);
    }

    /** The same with edge columns: few values, so that parallel edges agree in some of them and differ in others. */
    Sample withEdgeColumns(long seed) {
        var random = new SplittableRandom(seed);
        var columned = lines.stream().map(line -> line.with(List.of(
            Double.doubleToLongBits(CAPACITIES[random.nextInt(CAPACITIES.length)]),
            random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(-1, 2), (long) random.nextInt(-2, 2)))).toList();
        return new Sample(name + " with edge columns by " + seed, columned, weighted, undirected, deduped, withoutSelfLoops);
    }

    /** The same with every weight's sign taken away. */
    Sample withoutNegativeWeights() {
        var positive = lines.stream().map(line -> new Arc(line.source(), line.target(), Math.abs(line.weight()), line.columns()))
            .toList();
        return new Sample(name, positive, weighted, undirected, deduped, withoutSelfLoops);
    }

    /** The same lines in another order. */
    Sample shuffled(long seed) {
        var shuffled = new ArrayList<>(lines);
        var random = new SplittableRandom(seed);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            shuffled.set(i, shuffled.set(j, shuffled.get(i)));
        }
        return new Sample(name + " shuffled by " + seed, shuffled, weighted, undirected, deduped, withoutSelfLoops);
    }

    /** The graph for the engine, from memory. */
    Graph graph() {
        long[] sources = lines.stream().mapToLong(Arc::source).toArray();
        long[] targets = lines.stream().mapToLong(Arc::target).toArray();
        var graph = weighted ? Graph.of(sources, targets, lines.stream().mapToDouble(Arc::weight).toArray()) : Graph.of(sources, targets);
        if (hasEdgeColumns()) {
            graph = graph.withEdgeColumn("capacity", lines.stream().mapToDouble(Sample::capacity).toArray())
                .withEdgeColumn("stamp", lines.stream().mapToLong(line -> line.columns().get(1)).toArray())
                .withEdgeColumn("kind", lines.stream().mapToInt(line -> line.columns().get(2).intValue()).toArray());
        }
        return read(graph);
    }

    private boolean hasEdgeColumns() {
        return lines.stream().anyMatch(line -> !line.columns().isEmpty());
    }

    private static double capacity(Arc line) {
        return Double.longBitsToDouble(line.columns().get(0));
    }

    /** The lines as a text file's contents. */
    String text() {
        var text = new StringBuilder();
        if (hasEdgeColumns()) {
            text.append("from\tto").append(weighted ? "\tweight\t" : "\t").append(String.join("\t", EDGE_COLUMNS)).append('\n');
        }
        for (var line : lines) {
            text.append(line.source()).append('\t').append(line.target());
            if (weighted) {
                text.append('\t').append(line.weight());
            }
            if (hasEdgeColumns()) {
                text.append('\t').append(capacity(line)).append('\t').append(line.columns().get(1)).append('\t')
                    .append(line.columns().get(2));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /** The graph, read in the way that this sample wants. */
    Graph read(Graph graph) {
        var read = undirected ? graph.undirected() : graph;
        read = deduped ? read.deduped() : read;
        return withoutSelfLoops ? read.withoutSelfLoops() : read;
    }

    /** The edges that the graph should hold, ordered by source, target and weight; all of weight 1 where weights are not wanted. */
    List<Arc> arcs(boolean weightsWanted) {
        return arcs(weightsWanted, List.of());
    }

    /** The same with what they hold in these columns, parallel ones of one weight ordered by the bits of that. */
    List<Arc> arcs(boolean weightsWanted, List<EdgeColumn> columns) {
        var arcs = new ArrayList<Arc>();
        for (var line : lines) {
            double weight = weighted && weightsWanted ? line.weight() : 1;
            List<Long> values = columns.stream().map(column -> value(line, column)).toList();
            boolean selfLoop = line.source() == line.target();
            if (!(selfLoop && withoutSelfLoops)) {
                arcs.add(new Arc(line.source(), line.target(), weight, values));
                if (undirected && !selfLoop) {
                    arcs.add(new Arc(line.target(), line.source(), weight, values));
                }
            }
        }
        arcs.sort(Comparator.comparingLong(Arc::source).thenComparingLong(Arc::target).thenComparingDouble(Arc::weight)
            .thenComparing((arc, other) -> Arrays.compare(bits(arc), bits(other))));
        if (deduped) {
            var seen = new HashSet<List<Long>>();
            arcs.removeIf(arc -> !seen.add(List.of(arc.source(), arc.target())));
        }
        return arcs;
    }

    private static long value(Arc line, EdgeColumn column) {
        int place = EDGE_COLUMNS.indexOf(column.name());
        return place < 0 || line.columns().isEmpty() ? column.initialBits() : line.columns().get(place);
    }

    private static long[] bits(Arc arc) {
        return arc.columns().stream().mapToLong(Long::longValue).toArray();
    }

    /** The ids of the vertices that the graph should have, ascending. */
    long[] vertices() {
        var ids = new TreeSet<Long>();
        for (var line : lines) {
            if (!(withoutSelfLoops && line.source() == line.target())) {
                ids.add(line.source());
                ids.add(line.target());
            }
        }
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    @Override public String toString() {
        return name + (undirected ? ", undirected" : ", directed") + (weighted ? ", weighted" : "") + (deduped ? ", deduped" : "")
            + (withoutSelfLoops ? ", without self-loops" : "") + ", " + lines.size() + " lines"
            + (lines.size() <= 12 ? " " + lines : "");
    }
}
