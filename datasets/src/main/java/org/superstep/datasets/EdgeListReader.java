package org.superstep.datasets;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.EdgeSink;

/** One share of an {@link EdgeListSource}'s files. */
final class EdgeListReader implements EdgeReader {
    /** The look ahead: so many pieces of so many bytes, spread evenly. */
    private static final int SAMPLE_PIECES = 64;
    private static final int SAMPLE_PIECE_BYTES = 1 << 14;

    private final List<EdgeFile> files;
    private final boolean weighted;
    private final List<EdgeColumn> columns;
    private final double minimum;
    private final String description;
    private final int bufferBytes;
    private final EarliestFault faults = new EarliestFault();

    EdgeListReader(List<EdgeFile> files, boolean weighted, List<EdgeColumn> columns, double minimum, String description,
            int bufferBytes) {
        this.files = files;
        this.weighted = weighted;
        this.columns = columns;
        this.minimum = minimum;
        this.description = description;
        this.bufferBytes = bufferBytes;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean weighted() {
        return weighted;
    }

    @Override
    public List<EdgeColumn> columns() {
        return columns;
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (var file : files) {
            bytes += file.shareBytes();
        }
        return bytes;
    }

    @Override
    public Optional<EdgeSample> sample() throws IOException {
        for (var file : files) {
            if (!(file instanceof PlainEdgeFile) && file.shareBytes() > 0) {
                return Optional.empty();
            }
        }
        long all = bytes();
        var sample = new Sample();
        // Weights and columns are not needed, and faulty lines are passed over: which fault is the first is for reading to say.
        var lines = new EdgeLines(sample, false, List.of(), 0, bufferBytes);
        // A small share is looked at as a whole; of a large one a piece at each multiple of the spacing, counted in the share's bytes.
        boolean whole = all <= (long) SAMPLE_PIECES * SAMPLE_PIECE_BYTES;
        double spacing = (double) all / SAMPLE_PIECES;
        long seen = 0;
        long passed = 0;
        int piece = 0;
        for (var file : files) {
            if (!(file instanceof PlainEdgeFile plain)) {
                continue;
            }
            for (long k = 0; k < plain.chunks(); k++) {
                long start = plain.chunkStart(k);
                long end = plain.chunkEnd(k);
                if (whole) {
                    plain.peek(lines, start, end);
                    seen += end - start;
                    continue;
                }
                for (; piece < SAMPLE_PIECES && (long) (spacing * piece) < passed + end - start; piece++) {
                    long from = start + Math.max(0, (long) (spacing * piece) - passed);
                    long to = Math.min(end, from + SAMPLE_PIECE_BYTES);
                    plain.peek(lines, from, to);
                    seen += to - from;
                }
                passed += end - start;
            }
        }
        lines.flush();
        long estimate = whole ? sample.size : Math.round((double) sample.size / seen * all);
        return Optional.of(sample.estimating(estimate));
    }

    @Override
    public void read(EdgeSink sink, ReadProgress progress) throws IOException {
        var lines = new EdgeLines(sink, weighted, columns, minimum, bufferBytes);
        faults.enter();
        boolean finished = false;
        try {
            // First whatever is free, so that threads spread over several compressed files; then in turn with others.
            boolean claimed = true;
            while (claimed) {
                claimed = false;
                for (var file : files) {
                    while (file.readPiece(lines, faults, progress, false)) {
                        claimed = true;
                    }
                }
            }
            for (var file : files) {
                while (file.readPiece(lines, faults, progress, true)) {
                    continue;
                }
            }
            lines.flush();
            finished = true;
        } finally {
            if (!finished) {
                faults.abandon();
            }
            faults.leave();
        }
        faults.rethrow();
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (var file : files) {
            try {
                file.close();
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Endpoints that grow as batches arrive. */
    private static final class Sample implements EdgeSink {
        private long[] sources = new long[1 << 14];
        private long[] targets = new long[1 << 14];
        private int size;

        @Override
        public void accept(EdgeBatch batch) {
            if (size + batch.size > sources.length) {
                sources = Arrays.copyOf(sources, sources.length * 2);
                targets = Arrays.copyOf(targets, targets.length * 2);
            }
            System.arraycopy(batch.sources, 0, sources, size, batch.size);
            System.arraycopy(batch.targets, 0, targets, size, batch.size);
            size += batch.size;
        }

        private EdgeSample estimating(long edges) {
            return new EdgeSample(edges, Arrays.copyOf(sources, size), Arrays.copyOf(targets, size));
        }
    }
}
