package org.superstep;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.lang.reflect.Array;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.EdgeSink;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.InputException;

/**
 * Edges held in parallel arrays, {@code sources[i] -> targets[i]}; {@code weights} may be null. The arrays are not copied.
 *
 * @param columns arrays of doubles, longs or ints for edge columns of these names
 */
record EdgeArrays(long[] sources, long[] targets, double[] weights, Map<String, Object> columns) implements EdgeSource {
    EdgeArrays(long[] sources, long[] targets, double[] weights) {
        this(sources, targets, weights, Map.of());
    }

    EdgeArrays {
        if (sources.length != targets.length || weights != null && weights.length != sources.length) {
            throw new IllegalArgumentException("edges need arrays of one length, was " + sources.length + " sources, " + targets.length
                + " targets" + (weights == null ? "" : " and " + weights.length + " weights"));
        }
    }

    /** The same edges with one more column, an array of doubles, longs or ints. */
    EdgeArrays with(String name, Object values) {
        if (Array.getLength(values) != sources.length) {
            throw new IllegalArgumentException("edge column \"" + name + "\" needs a value for each of the " + sources.length
                + " edges, was " + Array.getLength(values));
        }
        var all = new LinkedHashMap<>(columns);
        all.put(Objects.requireNonNull(name, "name"), values);
        return new EdgeArrays(sources, targets, weights, all);
    }

    /** All that is left of these edges. */
    static EdgeArrays of(Iterator<Edge> edges) {
        var sources = new LongArrayList();
        var targets = new LongArrayList();
        var weights = new DoubleArrayList();
        while (edges.hasNext()) {
            Edge edge = edges.next();
            sources.add(edge.source());
            targets.add(edge.target());
            weights.add(edge.weight());
        }
        return new EdgeArrays(sources.toLongArray(), targets.toLongArray(), weights.toDoubleArray());
    }

    @Override public EdgeReader open(int share, int shares, Weights wanted) {
        return open(share, shares, wanted, List.of());
    }

    @Override public EdgeReader open(int share, int shares, Weights wanted, List<EdgeColumn> wantedColumns) {
        if (weights == null && wanted.need() == Weights.Need.REQUIRED) {
            throw new InputException("the program needs weights and the graph has none; pass an array of weights");
        }
        if (weights != null && wanted.wanted()) {
            for (int i = 0; i < weights.length; i++) {
                requireTaken(wanted, i, sources[i], targets[i], weights[i]);
            }
        }
        List<EdgeColumn> carried = wantedColumns.stream().filter(column -> columns.containsKey(column.name())).toList();
        for (EdgeColumn column : carried) {
            Class<?> type = columns.get(column.name()).getClass().getComponentType();
            if (type != column.type()) {
                throw new InputException("the program's edge column \"" + column + "\" is of type " + column.type() + ", and the graph's of"
                    + " type " + type + "; pass its values as " + column.type() + "[]");
            }
        }
        int from = (int) ((long) sources.length * share / shares);
        int to = (int) ((long) sources.length * (share + 1) / shares);
        return new Reader(from, to, weights != null && wanted.wanted(), carried);
    }

    /** Refuses a weight that the program does not take. */
    static void requireTaken(Weights wanted, long edge, long source, long target, double weight) {
        if (!(Math.abs(weight) <= Double.MAX_VALUE) || weight < wanted.minimum()) {
            throw new InputException("edge " + edge + " (" + source + " -> " + target + ") has weight " + weight
                + "; the program takes finite weights" + (wanted.minimum() == Double.NEGATIVE_INFINITY ? ""
                : " of at least " + wanted.minimum()));
        }
    }

    private final class Reader implements EdgeReader {
        private final int from;
        private final int to;
        private final boolean weighted;
        private final List<EdgeColumn> carried;
        private final AtomicInteger next;

        Reader(int from, int to, boolean weighted, List<EdgeColumn> carried) {
            this.from = from;
            this.to = to;
            this.weighted = weighted;
            this.carried = carried;
            next = new AtomicInteger(from);
        }

        @Override public String description() {
            return "edges from memory";
        }

        @Override public boolean weighted() {
            return weighted;
        }

        @Override public List<EdgeColumn> columns() {
            return carried;
        }

        @Override public long bytes() {
            return 0;
        }

        @Override public Optional<EdgeSample> sample() {
            int step = Math.max(1, (to - from) / 16_384);
            int count = (to - from + step - 1) / step;
            long[] sampledSources = new long[count];
            long[] sampledTargets = new long[count];
            for (int i = 0; i < count; i++) {
                sampledSources[i] = sources[from + i * step];
                sampledTargets[i] = targets[from + i * step];
            }
            return Optional.of(new EdgeSample(to - from, sampledSources, sampledTargets));
        }

        @Override public void read(EdgeSink sink, ReadProgress progress) {
            var batch = new EdgeBatch(weighted, carried.size());
            for (int begin = claim(); begin < to; begin = claim()) {
                batch.size = Math.min(EdgeBatch.CAPACITY, to - begin);
                System.arraycopy(sources, begin, batch.sources, 0, batch.size);
                System.arraycopy(targets, begin, batch.targets, 0, batch.size);
                if (weighted) {
                    System.arraycopy(weights, begin, batch.weights, 0, batch.size);
                }
                for (int column = 0; column < batch.columns.length; column++) {
                    copyBits(columns.get(carried.get(column).name()), begin, batch.columns[column], batch.size);
                }
                sink.accept(batch);
                progress.advanced(0, batch.size);
            }
        }

        private static void copyBits(Object values, int from, long[] bits, int size) {
            if (values instanceof long[] longs) {
                System.arraycopy(longs, from, bits, 0, size);
            } else if (values instanceof double[] doubles) {
                for (int i = 0; i < size; i++) {
                    bits[i] = Double.doubleToLongBits(doubles[from + i]);
                }
            } else {
                int[] ints = (int[]) values;
                for (int i = 0; i < size; i++) {
                    bits[i] = ints[from + i];
                }
            }
        }

        private int claim() {
            return next.getAndUpdate(position -> Math.min(to, position + EdgeBatch.CAPACITY));
        }

        @Override public void close() {
        }
    }
}
