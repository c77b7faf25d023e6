package org.superstep.worker;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.EdgeSink;
import org.superstep.graph.io.EdgeSource;

/**
 * Edges from arrays, read in small batches by as many threads as ask.
 *
 * @param sources by edge
 * @param targets by edge
 * @param weights by edge; null: none
 * @param canLookAhead whether a sample can be had before reading, as of a plain file and not of a compressed one
 */
record ArrayEdges(long[] sources, long[] targets, double[] weights, boolean canLookAhead) implements EdgeSource {
    private static final int BATCH = 37;
    private static final double[] ODD_WEIGHTS = {-0.0, 0.0, 1, 2, 255, 256, -1, 0.5, 0.1, 1e300};

    static ArrayEdges of(long... ends) {
        return new ArrayEdges(IntStream.range(0, ends.length / 2).mapToLong(i -> ends[2 * i]).toArray(),
            IntStream.range(0, ends.length / 2).mapToLong(i -> ends[2 * i + 1]).toArray(), null, true);
    }

    /** Any edges between some of these ids, with self-loops, parallel edges and, where weighted, odd weights. */
    static ArrayEdges random(SplittableRandom random, long[] ids) {
        int count = 1 + random.nextInt(5 * ids.length);
        var sources = new long[count];
        var targets = new long[count];
        double[] weights = random.nextBoolean() ? new double[count] : null;
        for (int i = 0; i < count; i++) {
            boolean again = i > 0 && random.nextInt(6) == 0;
            sources[i] = again ? sources[i - 1] : ids[random.nextInt(ids.length)];
            targets[i] = again ? targets[i - 1] : random.nextInt(8) == 0 ? sources[i] : ids[random.nextInt(ids.length)];
            if (weights != null) {
                weights[i] = ODD_WEIGHTS[random.nextInt(ODD_WEIGHTS.length)];
            }
        }
        return new ArrayEdges(sources, targets, weights, random.nextInt(3) > 0);
    }

    int size() {
        return sources.length;
    }

    @Override public EdgeReader open(int share, int shares, Weights wanted) {
        return new Reader((int) ((long) size() * share / shares), (int) ((long) size() * (share + 1) / shares),
            weights != null && wanted.wanted());
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
            return "edges of a test";
        }

        @Override public boolean weighted() {
            return weighted;
        }

        @Override public long bytes() {
            return 0;
        }

        @Override public Optional<EdgeSample> sample() {
            // Every third edge, so that ids turn up later that the sample has not shown.
            int[] sampled = IntStream.range(from, to).filter(i -> i % 3 == 0).toArray();
            return canLookAhead ? Optional.of(new EdgeSample(to - from, IntStream.of(sampled).mapToLong(i -> sources[i]).toArray(),
                IntStream.of(sampled).mapToLong(i -> targets[i]).toArray())) : Optional.empty();
        }

        @Override public void read(EdgeSink sink, ReadProgress progress) {
            var batch = new EdgeBatch(weighted);
            for (int begin = next.getAndAdd(BATCH); begin < to; begin = next.getAndAdd(BATCH)) {
                batch.size = Math.min(BATCH, to - begin);
                System.arraycopy(sources, begin, batch.sources, 0, batch.size);
                System.arraycopy(targets, begin, batch.targets, 0, batch.size);
                if (weighted) {
                    System.arraycopy(weights, begin, batch.weights, 0, batch.size);
                }
                sink.accept(batch);
                progress.advanced(0, batch.size);
            }
        }

        @Override public void close() {
        }
    }
}
