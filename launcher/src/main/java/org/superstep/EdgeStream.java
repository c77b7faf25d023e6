package org.superstep;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.EdgeSink;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.InputException;

/**
 * Edges that can only be had from front to back, by running through all of them: each worker does so once and keeps a batch's worth of
 * edges out of as many as there are workers.
 */
record EdgeStream(Consumer<EdgeCollector> edges) implements EdgeSource {
    @Override public EdgeReader open(int share, int shares, Weights weights) {
        return new Reader(share, shares, weights);
    }

    private final class Reader implements EdgeReader {
        private final int share;
        private final int shares;
        private final Weights weights;
        private final AtomicBoolean claimed = new AtomicBoolean();

        Reader(int share, int shares, Weights weights) {
            this.share = share;
            this.shares = shares;
            this.weights = weights;
        }

        @Override public String description() {
            return "edges from the program";
        }

        @Override public boolean weighted() {
            return weights.wanted();
        }

        @Override public long bytes() {
            return 0;
        }

        @Override public Optional<EdgeSample> sample() {
            return Optional.empty();
        }

        @Override public void read(EdgeSink sink, ReadProgress progress) {
            if (!claimed.compareAndSet(false, true)) {
                return;
            }
            var collector = new Collector(sink, progress);
            edges.accept(collector);
            collector.handOver();
        }

        @Override public void close() {
        }

        /** Fills batches with the edges of this share. */
        private final class Collector implements EdgeCollector {
            private final EdgeSink sink;
            private final ReadProgress progress;
            private final EdgeBatch batch = new EdgeBatch(weights.wanted());
            private long seen;

            Collector(EdgeSink sink, ReadProgress progress) {
                this.sink = sink;
                this.progress = progress;
            }

            @Override public void edge(long source, long target) {
                if (weights.need() == Weights.Need.REQUIRED) {
                    throw new InputException("the program needs weights and edge " + seen + " (" + source + " -> " + target
                        + ") has none; pass a weight with each edge");
                }
                edge(source, target, 1);
            }

            @Override public void edge(long source, long target, double weight) {
                if (weights.wanted()) {
                    EdgeArrays.requireTaken(weights, seen, source, target, weight);
                }
                if (seen++ / EdgeBatch.CAPACITY % shares != share) {
                    return;
                }
                if (batch.isFull()) {
                    handOver();
                }
                batch.sources[batch.size] = source;
                batch.targets[batch.size] = target;
                if (batch.weights != null) {
                    batch.weights[batch.size] = weight;
                }
                batch.size++;
            }

            void handOver() {
                sink.accept(batch);
                progress.advanced(0, batch.size);
                batch.size = 0;
            }
        }
    }
}
