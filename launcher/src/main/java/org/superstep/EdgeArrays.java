package org.superstep;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.EdgeSink;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.InputException;

/** Edges held in parallel arrays, {@code sources[i] -> targets[i]}; {@code weights} may be null. The arrays are not copied. */
record EdgeArrays(long[] sources, long[] targets, double[] weights) implements EdgeSource {
    EdgeArrays {
        if (sources.length != targets.length || weights != null && weights.length != sources.length) {
            throw new IllegalArgumentException("edges need arrays of one length, was " + sources.length + " sources, " + targets.length
                + " targets" + (weights == null ? "" : " and " + weights.length + " weights"));
        }
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
        if (weights == null && wanted.need() == Weights.Need.REQUIRED) {
            throw new InputException("the program needs weights and the graph has none; pass an array of weights");
        }
        if (weights != null && wanted.wanted()) {
            for (int i = 0; i < weights.length; i++) {
                requireTaken(wanted, i, sources[i], targets[i], weights[i]);
            }
        }
        int from = (int) ((long) sources.length * share / shares);
        int to = (int) ((long) sources.length * (share + 1) / shares);
        return new Reader(from, to, weights != null && wanted.wanted());
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
        private final AtomicInteger next;

        Reader(int from, int to, boolean weighted) {
            this.from = from;
            this.to = to;
            this.weighted = weighted;
            next = new AtomicInteger(from);
        }

        @Override public String description() {
            return "edges from memory";
        }

        @Override public boolean weighted() {
            return weighted;
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
            var batch = new EdgeBatch(weighted);
            for (int begin = claim(); begin < to; begin = claim()) {
                batch.size = Math.min(EdgeBatch.CAPACITY, to - begin);
                System.arraycopy(sources, begin, batch.sources, 0, batch.size);
                System.arraycopy(targets, begin, batch.targets, 0, batch.size);
                if (weighted) {
                    System.arraycopy(weights, begin, batch.weights, 0, batch.size);
                }
                sink.accept(batch);
                progress.advanced(0, batch.size);
            }
        }

        private int claim() {
            return next.getAndUpdate(position -> Math.min(to, position + EdgeBatch.CAPACITY));
        }

        @Override public void close() {
        }
    }
}
