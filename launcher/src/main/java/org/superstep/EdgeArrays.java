package org.superstep;

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

    @Override public EdgeReader open(int share, int shares, Weights wanted) {
        if (weights == null && wanted.need() == Weights.Need.REQUIRED) {
            throw new InputException("the program needs weights and the graph has none; pass an array of weights");
        }
        if (weights != null && wanted.wanted()) {
            for (int i = 0; i < weights.length; i++) {
                if (!(Math.abs(weights[i]) <= Double.MAX_VALUE) || weights[i] < wanted.minimum()) {
                    throw new InputException("edge " + i + " (" + sources[i] + " -> " + targets[i] + ") has weight " + weights[i]
                        + "; the program takes finite weights" + (wanted.minimum() == Double.NEGATIVE_INFINITY ? ""
                        : " of at least " + wanted.minimum()));
                }
            }
        }
        int from = (int) ((long) sources.length * share / shares);
        int to = (int) ((long) sources.length * (share + 1) / shares);
        return new Reader(from, to, weights != null && wanted.wanted());
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
