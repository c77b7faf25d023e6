package org.superstep;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeFilter;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.EdgeSink;
import org.superstep.graph.io.EdgeSource;

/**
 * The edges of another source that a filter keeps.
 *
 * @param source where they come from
 * @param filter which are kept
 * @param asksForWeights whether the filter looks at weights, so that they are read for a program too that has no use for them
 */
record FilteredEdges(EdgeSource source, EdgeFilter filter, boolean asksForWeights) implements EdgeSource {
    @Override public EdgeReader open(int share, int shares, Weights weights) throws IOException {
        return open(share, shares, weights, List.of());
    }

    @Override public EdgeReader open(int share, int shares, Weights weights, List<EdgeColumn> columns) throws IOException {
        Weights asked = asksForWeights && !weights.wanted() ? Weights.OPTIONAL : weights;
        return new Reader(source.open(share, shares, asked, columns), weights.wanted());
    }

    private final class Reader implements EdgeReader {
        private final EdgeReader reader;
        private final boolean wanted;

        Reader(EdgeReader reader, boolean wanted) {
            this.reader = reader;
            this.wanted = wanted;
        }

        @Override public String description() {
            return reader.description() + ", filtered";
        }

        @Override public boolean weighted() {
            return wanted && reader.weighted();
        }

        @Override public List<EdgeColumn> columns() {
            return reader.columns();
        }

        @Override public long bytes() {
            return reader.bytes();
        }

        /** A look ahead has no weights: where the filter asks for them, it cannot tell how many edges there will be. */
        @Override public Optional<EdgeSample> sample() throws IOException {
            if (asksForWeights && reader.weighted()) {
                return Optional.empty();
            }
            return reader.sample().map(this::kept);
        }

        private EdgeSample kept(EdgeSample sample) {
            var sources = new long[sample.sources().length];
            var targets = new long[sources.length];
            int size = 0;
            for (int i = 0; i < sources.length; i++) {
                if (filter.keeps(sample.sources()[i], sample.targets()[i], 1)) {
                    sources[size] = sample.sources()[i];
                    targets[size++] = sample.targets()[i];
                }
            }
            long estimate = sources.length == 0 ? 0 : Math.round((double) sample.estimatedEdges() * size / sources.length);
            return new EdgeSample(estimate, Arrays.copyOf(sources, size), Arrays.copyOf(targets, size));
        }

        @Override public void read(EdgeSink sink, ReadProgress progress) throws IOException {
            // A batch of its own: the reader's is the reader's, and may hold weights that nobody wants.
            var kept = new EdgeBatch(weighted(), columns().size());
            reader.read(batch -> {
                kept.size = 0;
                for (int i = 0; i < batch.size; i++) {
                    double weight = batch.weights == null ? 1 : batch.weights[i];
                    if (filter.keeps(batch.sources[i], batch.targets[i], weight)) {
                        kept.sources[kept.size] = batch.sources[i];
                        kept.targets[kept.size] = batch.targets[i];
                        if (kept.weights != null) {
                            kept.weights[kept.size] = weight;
                        }
                        for (int column = 0; column < kept.columns.length; column++) {
                            kept.columns[column][kept.size] = batch.columns[column][i];
                        }
                        kept.size++;
                    }
                }
                sink.accept(kept);
            }, progress);
        }

        @Override public void close() throws IOException {
            reader.close();
        }
    }
}
