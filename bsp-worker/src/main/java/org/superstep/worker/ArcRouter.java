package org.superstep.worker;

import java.util.Arrays;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeSink;
import org.superstep.net.Placement;
import org.superstep.net.ToPeer;
import org.superstep.net.Transport;

/**
 * Takes the edges that one thread reads to the partitions of those that hear over them: into this worker's bins, or to the worker that owns
 * the partition. Used by one thread; {@link #finish} hands over what is left.
 */
final class ArcRouter implements EdgeSink {
    private final LoadPlan plan;
    private final Placement placement;
    private final CutTable cuts;
    private final ArcBins bins;
    private final int worker;
    private final Transport transport;
    private final boolean weighted;
    /** How many columns the edges carry. */
    private final int columns;
    private final int blockCapacity;
    /** The blocks being filled, by partition; narrow and wide ones of the edges heard by targets, then of those heard by sources. */
    private final ArcBlock[][] open;

    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private long arcs;

    /** Blocks hold at most {@code blockCapacity} arcs. */
    ArcRouter(LoadPlan plan, Placement placement, ArcBins bins, int worker, Transport transport, boolean weighted, int columns,
            int blockCapacity) {
        this.plan = plan;
        this.placement = placement;
        this.cuts = new CutTable(placement);
        this.bins = bins;
        this.worker = worker;
        this.transport = transport;
        this.weighted = weighted;
        this.columns = columns;
        this.blockCapacity = blockCapacity;
        open = new ArcBlock[4][placement.partitions()];
    }

    @Override public void accept(EdgeBatch batch) {
        int size = batch.size;
        if (plan.dropSelfLoops()) {
            size = withoutSelfLoops(batch);
        }
        long[] sources = batch.sources;
        long[] targets = batch.targets;
        double[] weights = weighted ? batch.weights : null;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, Math.min(sources[i], targets[i]));
            greatest = Math.max(greatest, Math.max(sources[i], targets[i]));
        }
        if (columns > 0) {
            putWithColumns(batch, size, weights);
            return;
        }
        if (plan.heardByTargets()) {
            for (int i = 0; i < size; i++) {
                put(0, targets[i], sources[i], weights == null ? 1 : weights[i]);
            }
            if (plan.undirected()) {
                for (int i = 0; i < size; i++) {
                    if (sources[i] != targets[i]) {
                        put(0, sources[i], targets[i], weights == null ? 1 : weights[i]);
                    }
                }
            }
        }
        if (plan.heardBySources()) {
            for (int i = 0; i < size; i++) {
                put(2, sources[i], targets[i], weights == null ? 1 : weights[i]);
            }
            if (plan.undirected()) {
                for (int i = 0; i < size; i++) {
                    if (sources[i] != targets[i]) {
                        put(2, targets[i], sources[i], weights == null ? 1 : weights[i]);
                    }
                }
            }
        }
    }

    /** Apart from the loops above, so that these stay as plain as they are. */
    private void putWithColumns(EdgeBatch batch, int size, double[] weights) {
        for (int kind = plan.heardByTargets() ? 0 : 2; kind <= (plan.heardBySources() ? 2 : 0); kind += 2) {
            for (int i = 0; i < size; i++) {
                long hearer = kind == 0 ? batch.targets[i] : batch.sources[i];
                long speaker = kind == 0 ? batch.sources[i] : batch.targets[i];
                double weight = weights == null ? 1 : weights[i];
                putColumns(batch, i, put(kind, hearer, speaker, weight));
                if (plan.undirected() && hearer != speaker) {
                    putColumns(batch, i, put(kind, speaker, hearer, weight));
                }
            }
        }
    }

    /** What the edge holds in its columns, for the arc put last into the block. */
    private static void putColumns(EdgeBatch batch, int edge, ArcBlock block) {
        for (int column = 0; column < block.columns.length; column++) {
            block.columns[column][block.size - 1] = batch.columns[column][edge];
        }
    }

    private static int withoutSelfLoops(EdgeBatch batch) {
        int kept = 0;
        for (int i = 0; i < batch.size; i++) {
            if (batch.sources[i] != batch.targets[i]) {
                batch.sources[kept] = batch.sources[i];
                batch.targets[kept] = batch.targets[i];
                if (batch.weights != null) {
                    batch.weights[kept] = batch.weights[i];
                }
                for (long[] column : batch.columns) {
                    column[kept] = column[i];
                }
                kept++;
            }
        }
        return kept;
    }

    /** Returns the block that holds the arc now. */
    private ArcBlock put(int kind, long hearer, long speaker, double weight) {
        int partition = cuts.partitionOf(hearer);
        long hearerOffset = hearer - bins.base;
        long speakerOffset = speaker - bins.base;
        if ((hearerOffset | speakerOffset) >>> 32 != 0) {
            return putWide(kind + 1, partition, hearer, speaker, weight);
        }
        ArcBlock block = open[kind][partition];
        if (block == null || block.isFull()) {
            block = next(kind, partition);
        }
        int arc = block.size++;
        block.narrow[2 * arc] = (int) hearerOffset;
        block.narrow[2 * arc + 1] = (int) speakerOffset;
        if (block.weights != null) {
            block.weights[arc] = weight;
        }
        return block;
    }

    private ArcBlock putWide(int kind, int partition, long hearer, long speaker, double weight) {
        ArcBlock block = open[kind][partition];
        if (block == null || block.isFull()) {
            block = next(kind, partition);
        }
        int arc = block.size++;
        block.wide[2 * arc] = hearer;
        block.wide[2 * arc + 1] = speaker;
        if (block.weights != null) {
            block.weights[arc] = weight;
        }
        return block;
    }

    private ArcBlock next(int kind, int partition) {
        ArcBlock full = open[kind][partition];
        if (full != null) {
            handOver(kind, partition, full);
        }
        var empty = ArcBlock.after(full, blockCapacity, (kind & 1) != 0, weighted, plan.carriesColumns(kind >= 2) ? columns : 0);
        open[kind][partition] = empty;
        return empty;
    }

    private void handOver(int kind, int partition, ArcBlock block) {
        boolean reversed = kind >= 2;
        int owner = placement.owners()[partition];
        arcs += block.size;
        if (owner == worker) {
            bins.add(partition, reversed, block);
            return;
        }
        var hearers = new long[block.size];
        var speakers = new long[block.size];
        for (int arc = 0; arc < block.size; arc++) {
            hearers[arc] = block.id(2 * arc, bins.base);
            speakers[arc] = block.id(2 * arc + 1, bins.base);
        }
        double[] weights = block.weights == null ? null : Arrays.copyOf(block.weights, block.size);
        long[][] values = Arrays.stream(block.columns).map(column -> Arrays.copyOf(column, block.size)).toArray(long[][]::new);
        transport.toPeer(owner, new ToPeer.Arcs(worker, partition, reversed, hearers, speakers, weights, values));
    }

    /** Hands over all blocks that are not yet full. */
    void finish() {
        for (int kind = 0; kind < open.length; kind++) {
            for (int partition = 0; partition < open[kind].length; partition++) {
                if (open[kind][partition] != null) {
                    handOver(kind, partition, open[kind][partition]);
                    open[kind][partition] = null;
                }
            }
        }
        if (arcs > 0) {
            // Ids of arcs sent elsewhere widen the range too: harmless, and the rule stays simple.
            bins.seen(least, greatest, arcs);
        }
    }
}
