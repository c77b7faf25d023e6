package org.superstep.datasets;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.EdgeSink;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.InputException;

/**
 * The edges of an R-MAT graph ({@link RmatEdges}), made when they are read and kept nowhere: the same edges as {@link RmatGenerator} writes
 * with the same options, of which {@code sort} and {@code threads} mean nothing here. Any share makes its own edges by their numbers, so
 * the graph is the same for any number of workers and threads.
 */
public final class RmatSource implements EdgeSource {
    private static final int SAMPLED_EDGES = 1 << 14;
    /** Edges that a thread claims at once. */
    private static final int CLAIM = 1 << 16;

    private final RmatOptions options;
    private final RmatEdges edges;

    /** The edges of this graph. */
    public RmatSource(RmatOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        edges = new RmatEdges(options.scale(), options.seed());
    }

    @Override
    public EdgeReader open(int share, int shares, Weights weights) {
        Objects.checkIndex(share, shares);
        if (!options.weights() && weights.need() == Weights.Need.REQUIRED) {
            throw new InputException("the program needs weights and this R-MAT graph has none; ask for them (RmatOptions.withWeights)");
        }
        if (options.weights() && weights.wanted() && weights.minimum() > 1) {
            throw new InputException("the program takes weights of at least " + weights.minimum()
                + ", and those of an R-MAT graph begin at 1");
        }
        // In two steps, because the number of edges times the number of shares may not fit.
        long from = options.edges() / shares * share + options.edges() % shares * share / shares;
        long to = options.edges() / shares * (share + 1) + options.edges() % shares * (share + 1) / shares;
        return new Reader(from, to, options.weights() && weights.wanted());
    }

    private final class Reader implements EdgeReader {
        private final long from;
        private final long to;
        private final boolean weighted;
        private final AtomicLong next;

        Reader(long from, long to, boolean weighted) {
            this.from = from;
            this.to = to;
            this.weighted = weighted;
            next = new AtomicLong(from);
        }

        @Override
        public String description() {
            return "R-MAT graph of scale " + options.scale() + ", seed " + options.seed()
                + (options.bothDirections() ? ", each edge both ways" : "") + (weighted ? ", weights from 1 to 255" : "");
        }

        @Override
        public boolean weighted() {
            return weighted;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Optional<EdgeSample> sample() {
            long step = Math.max(1, (to - from) / SAMPLED_EDGES);
            int count = (int) ((to - from + step - 1) / step);
            int ways = options.bothDirections() ? 2 : 1;
            var sources = new long[count * ways];
            var targets = new long[count * ways];
            for (int i = 0; i < count; i++) {
                long packed = edges.packed(from + i * step);
                sources[i] = edges.source(packed);
                targets[i] = edges.target(packed);
                if (ways == 2) {
                    sources[count + i] = targets[i];
                    targets[count + i] = sources[i];
                }
            }
            return Optional.of(new EdgeSample((to - from) * ways, sources, targets));
        }

        @Override
        public void read(EdgeSink sink, ReadProgress progress) {
            var batch = new EdgeBatch(weighted);
            for (long begin = next.getAndAdd(CLAIM); begin < to; begin = next.getAndAdd(CLAIM)) {
                long made = 0;
                for (long number = begin, end = Math.min(to, begin + CLAIM); number < end; number++) {
                    long packed = edges.packed(number);
                    long source = edges.source(packed);
                    long target = edges.target(packed);
                    made += put(batch, source, target, sink);
                    if (options.bothDirections() && source != target) {
                        made += put(batch, target, source, sink);
                    }
                }
                progress.advanced(0, made);
            }
            sink.accept(batch);
        }

        private int put(EdgeBatch batch, long source, long target, EdgeSink sink) {
            if (batch.isFull()) {
                sink.accept(batch);
                batch.size = 0;
            }
            batch.sources[batch.size] = source;
            batch.targets[batch.size] = target;
            if (weighted) {
                batch.weights[batch.size] = edges.weight(source, target);
            }
            batch.size++;
            return 1;
        }

        @Override
        public void close() {
        }
    }
}
