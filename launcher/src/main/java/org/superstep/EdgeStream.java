package org.superstep;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.superstep.graph.EdgeColumn;
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
        return open(share, shares, weights, List.of());
    }

    @Override public EdgeReader open(int share, int shares, Weights weights, List<EdgeColumn> columns) {
        return new Reader(share, shares, weights, columns);
    }

    private final class Reader implements EdgeReader {
        private final int share;
        private final int shares;
        private final Weights weights;
        private final List<EdgeColumn> columns;
        private final AtomicBoolean claimed = new AtomicBoolean();

        Reader(int share, int shares, Weights weights, List<EdgeColumn> columns) {
            this.share = share;
            this.shares = shares;
            this.weights = weights;
            this.columns = columns;
        }

        @Override public String description() {
            return "edges from the program";
        }

        @Override public boolean weighted() {
            return weights.wanted();
        }

        /** All: which of them edges have shows only as they come. */
        @Override public List<EdgeColumn> columns() {
            return columns;
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
            private final EdgeBatch batch = new EdgeBatch(weights.wanted(), columns.size());
            /** Which columns of the edge handed over last have been set. */
            private final boolean[] isSet = new boolean[columns.size()];
            /** Whether the edge handed over last belongs to this share. */
            private boolean isOurs;
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
                isOurs = seen++ / EdgeBatch.CAPACITY % shares == share;
                if (!isOurs) {
                    return;
                }
                requireSet();
                if (batch.isFull()) {
                    handOver();
                }
                for (int column = 0; column < isSet.length; column++) {
                    batch.columns[column][batch.size] = columns.get(column).initialBits();
                    isSet[column] = false;
                }
                batch.sources[batch.size] = source;
                batch.targets[batch.size] = target;
                if (batch.weights != null) {
                    batch.weights[batch.size] = weight;
                }
                batch.size++;
            }

            @Override public void set(String column, double value) {
                put(column, Double.doubleToLongBits(value), false);
            }

            @Override public void set(String column, long value) {
                put(column, value, true);
            }

            private void put(String name, long bits, boolean isWhole) {
                if (seen == 0) {
                    throw new IllegalStateException("edge column \"" + name + "\" is set of no edge; hand the edge over first");
                }
                for (int column = 0; isOurs && column < isSet.length; column++) {
                    if (columns.get(column).name().equals(name)) {
                        batch.columns[column][batch.size - 1] = bitsIn(columns.get(column), bits, isWhole);
                        isSet[column] = true;
                    }
                }
            }

            private long bitsIn(EdgeColumn column, long bits, boolean isWhole) {
                if (column.type() == double.class) {
                    return isWhole ? Double.doubleToLongBits(bits) : bits;
                }
                if (!isWhole || column.type() == int.class && bits != (int) bits) {
                    throw new InputException("the program's edge column \"" + column + "\" is of type " + column.type() + ", and " + last()
                        + " has " + (isWhole ? Long.toString(bits) : Double.toString(Double.longBitsToDouble(bits))) + " in it");
                }
                return bits;
            }

            /** Refuses an edge of this share to which a column is missing that the program needs. */
            private void requireSet() {
                for (int column = 0; batch.size > 0 && column < isSet.length; column++) {
                    if (columns.get(column).isRequired() && !isSet[column]) {
                        throw new InputException("the program needs the edge column \"" + columns.get(column) + "\" and " + last()
                            + " has nothing in it; set it of each edge");
                    }
                }
            }

            private String last() {
                return "the edge " + batch.sources[batch.size - 1] + " -> " + batch.targets[batch.size - 1];
            }

            void handOver() {
                requireSet();
                sink.accept(batch);
                progress.advanced(0, batch.size);
                batch.size = 0;
            }
        }
    }
}
