package org.superstep.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.EdgeSink;
import org.superstep.graph.io.InputException;

/**
 * A worker's share of the input. Where a look ahead is impossible (a compressed stream), the edges are read first and kept until the cuts
 * are known; else they are read once, when they can go to their partitions at once.
 */
final class Share implements AutoCloseable {
    private static final int SAMPLED_EDGES = 1 << 16;

    private final int worker;
    private final int workers;
    private final long heapBytes;
    private final EdgeReader reader;
    private final Crew crew;
    private final WorkerJob.ReadListener listener;
    /** What had to be read ahead, as narrow blocks of (source, target) from base 0 where ids allow. */
    private final List<ArcBlock> readAhead = new ArrayList<>();
    private long keptBytes;
    private long keptEdges;
    private final EdgeSample sample;
    private final EdgeColumns columns;
    private final String description;

    /** The share of worker {@code worker} of {@code workers}. */
    Share(WorkerJob job, int worker, int workers, Crew crew) throws IOException {
        this.worker = worker;
        this.workers = workers;
        this.crew = crew;
        heapBytes = job.heapBytes();
        listener = job.listener();
        List<EdgeColumn> declared = job.program().declarations().edgeColumns();
        reader = declared.isEmpty() ? job.source().open(worker, workers, job.program().weights())
            : job.source().open(worker, workers, job.program().weights(), declared);
        try {
            columns = new EdgeColumns(declared, reader.columns());
            description = describe();
            listener.opened(description, reader.bytes());
            Optional<EdgeSample> ahead = reader.sample();
            sample = ahead.isPresent() ? ahead.get() : readAhead();
        } catch (IOException | RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    private EdgeSample readAhead() {
        crew.run(crew.threads(), (task, thread) -> {
            var keeper = new Keeper();
            reader.read(keeper, listener);
            keeper.finish();
        });
        return sampleOfReadAhead();
    }

    /** What was decided about the input, and which edge columns it lacks; one that the program needs is a fault. */
    private String describe() {
        var text = new StringBuilder(reader.description());
        for (EdgeColumn column : columns.declared()) {
            if (!columns.carried().contains(column)) {
                if (column.isRequired()) {
                    throw new InputException("the program needs the edge column \"" + column + "\", and the input has none of that name: "
                        + text);
                }
                text.append("; each edge has ").append(column.initialText()).append(" as ").append(column).append(", of which the input has"
                    + " no column");
            }
        }
        return text.toString();
    }

    String description() {
        return description;
    }

    boolean weighted() {
        return reader.weighted();
    }

    EdgeColumns columns() {
        return columns;
    }

    EdgeSample sample() {
        return sample;
    }

    /** Delivers every edge of the share to one of the sinks; sink {@code i} is used by one thread at a time. */
    void read(List<? extends EdgeSink> sinks) {
        if (readAhead.isEmpty()) {
            crew.run(crew.threads(), (task, thread) -> reader.read(sinks.get(task), listener));
            return;
        }
        crew.run(readAhead.size(), (task, thread) -> {
            ArcBlock block = readAhead.set(task, null);
            var batch = new EdgeBatch(weighted(), block.columns.length);
            for (int edge = 0; edge < block.size; edge++) {
                batch.sources[batch.size] = block.id(2 * edge, 0);
                batch.targets[batch.size] = block.id(2 * edge + 1, 0);
                if (batch.weights != null) {
                    batch.weights[batch.size] = block.weights[edge];
                }
                for (int column = 0; column < block.columns.length; column++) {
                    batch.columns[column][batch.size] = block.columns[column][edge];
                }
                batch.size++;
                if (batch.isFull() || edge + 1 == block.size) {
                    sinks.get(thread).accept(batch);
                    batch.size = 0;
                }
            }
            // It has been counted before, but what other workers say may be handed over now.
            listener.advanced(0, 0);
        });
        readAhead.clear();
    }

    private EdgeSample sampleOfReadAhead() {
        long edges = 0;
        for (ArcBlock block : readAhead) {
            edges += block.size;
        }
        long step = Math.max(1, edges / SAMPLED_EDGES);
        int count = (int) ((edges + step - 1) / step);
        var sources = new long[count];
        var targets = new long[count];
        int taken = 0;
        long next = 0;
        long passed = 0;
        for (ArcBlock block : readAhead) {
            for (; next < passed + block.size; next += step) {
                int edge = (int) (next - passed);
                sources[taken] = block.id(2 * edge, 0);
                targets[taken++] = block.id(2 * edge + 1, 0);
            }
            passed += block.size;
        }
        return new EdgeSample(edges, sources, targets);
    }

    @Override public void close() throws IOException {
        reader.close();
    }

    /** Keeps the edges that one thread reads. */
    private final class Keeper implements EdgeSink {
        private ArcBlock narrow;
        private ArcBlock wide;

        @Override public void accept(EdgeBatch batch) {
            for (int i = 0; i < batch.size; i++) {
                long source = batch.sources[i];
                long target = batch.targets[i];
                ArcBlock block = (source | target) >>> 32 == 0 ? narrow() : wide();
                int edge = block.size++;
                if (block.narrow != null) {
                    block.narrow[2 * edge] = (int) source;
                    block.narrow[2 * edge + 1] = (int) target;
                } else {
                    block.wide[2 * edge] = source;
                    block.wide[2 * edge + 1] = target;
                }
                if (block.weights != null) {
                    block.weights[edge] = batch.weights[i];
                }
                for (int column = 0; column < block.columns.length; column++) {
                    block.columns[column][edge] = batch.columns[column][i];
                }
            }
        }

        private ArcBlock narrow() {
            if (narrow == null || narrow.isFull()) {
                keep(narrow);
                narrow = ArcBlock.after(narrow, false, weighted(), columns.carried().size());
            }
            return narrow;
        }

        private ArcBlock wide() {
            if (wide == null || wide.isFull()) {
                keep(wide);
                wide = ArcBlock.after(wide, true, weighted(), columns.carried().size());
            }
            return wide;
        }

        void finish() {
            keep(narrow);
            keep(wide);
        }

        private void keep(ArcBlock block) {
            if (block != null) {
                synchronized (readAhead) {
                    readAhead.add(block);
                    keptBytes += block.bytes();
                    keptEdges += block.size;
                    if (keptBytes > heapBytes) {
                        throw HeapTooSmallException.readingAhead(worker, workers, keptEdges, heapBytes);
                    }
                }
            }
        }
    }
}
