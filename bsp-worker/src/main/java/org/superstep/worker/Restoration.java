package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.Segment;
import org.superstep.checkpoint.SegmentInput;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.internal.RecordList;
import org.superstep.net.Placement;
import org.superstep.net.ToPeer;
import org.superstep.net.Transport;

/**
 * Makes a worker's partitions of a checkpoint, in two strides with an exchange between them: {@link #read} takes in what is saved of them
 * and tells every other worker which of its vertices are heard here; {@link #graph}, once they have told the same, puts the graph together.
 * Then {@link #resume} brings back what was on its way between supersteps; what others' vertices broadcast comes from those others, as it
 * does in a superstep.
 *
 * <p>Partitions that remain from another attempt are taken as they are, and not as they were saved.
 */
final class Restoration {
    private final LoadPlan plan;
    private final Manifest manifest;
    private final Placement placement;
    private final Crew crew;
    private final List<Column> columns;
    private final List<RecordOutput> outputs;
    private final Direction columned;
    private final int[] owned;
    /** The numbers of those that are read from the checkpoint, ascending. */
    private final int[] read;
    private final Optional<Remains> remains;
    private final GraphAssembly assembly;
    private Optional<KeptPartitions> kept = Optional.empty();
    // By partition that is read.
    private final TopologySegment[] topologies;
    private final StateSegment[] states;
    private final RecordList[][] records;

    private RankSpace ranks;

    /**
     * For a worker's partitions of this placement.
     *
     * @param remains what of them remains from another attempt, if anything does
     */
    Restoration(int worker, int workers, WorkerJob job, Manifest manifest, Placement placement, Optional<Remains> remains, Crew crew) {
        plan = job.plan();
        this.manifest = manifest;
        this.placement = placement;
        this.crew = crew;
        Program program = job.program();
        columns = program.declarations().columns();
        outputs = program.declarations().recordOutputs();
        columned = program.declarations().edgeColumns().isEmpty() ? null : plan.outEdges();
        owned = placement.ownedBy(worker);
        this.remains = remains;
        int[] numbers = remains.map(Remains::numbers).orElse(new int[0]);
        read = Arrays.stream(owned).filter(number -> Arrays.binarySearch(numbers, number) < 0).toArray();
        if (read.length + numbers.length != owned.length) {
            throw new IllegalStateException("worker " + worker + " has kept partitions that are another's now");
        }
        assembly = new GraphAssembly(worker, workers, plan, placement, crew);
        topologies = new TopologySegment[read.length];
        states = new StateSegment[read.length];
        records = new RecordList[read.length][];
    }

    /** Which superstep is to run next. */
    int superstep() {
        return manifest.superstep();
    }

    /** Which phase spoke in the one before. */
    int spokenPhase() {
        return manifest.master().spokenPhase();
    }

    /** Whether what was said in it has been delivered already. */
    boolean isDelivered() {
        return manifest.master().isDelivered();
    }

    /** Reads what is saved of the owned partitions, but those that remain; fails with what is wrong with a file. */
    void read(CheckpointFolder folder) throws IOException {
        try {
            crew.run(read.length, (p, thread) -> read(folder, p));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void read(CheckpointFolder folder, int p) throws IOException {
        Manifest.Entry entry = manifest.partitions().get(read[p]);
        try (SegmentInput in = folder.open(entry.topology())) {
            topologies[p] = TopologySegment.read(in);
        }
        try (SegmentInput in = folder.open(entry.state())) {
            states[p] = StateSegment.read(columns, in.all());
        }
        records[p] = RecordList.of(outputs);
        for (Segment segment : entry.records()) {
            try (SegmentInput in = folder.open(segment)) {
                RecordsSegment.read(in, outputs, records[p]);
            }
        }
    }

    /** Tells the other workers which of their vertices are heard here. */
    void hear(Transport transport) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        long entries = 0;
        kept = remains.map(some -> new KeptPartitions(some, crew));
        if (kept.isPresent()) {
            least = kept.get().least();
            greatest = kept.get().greatest();
            entries = kept.get().entries();
        }
        for (TopologySegment topology : topologies) {
            least = Math.min(least, topology.least());
            greatest = Math.max(greatest, topology.greatest());
            entries += topology.entries();
        }
        ranks = RankSpace.of(least, greatest, entries, read.length + 1, this::addTo, crew);
        assembly.hear(ranks, hearings(), null, transport);
    }

    /** Adds the ids that the lists of a partition name that is read, or, behind the last of these, those of all that remain. */
    private void addTo(LongOpenHashSet ids, int p) {
        if (p < read.length) {
            topologies[p].addTo(ids);
        } else {
            kept.ifPresent(some -> some.addTo(ids));
        }
    }

    /** By rank, over how many entries of all lists each is heard. */
    private int[] hearings() {
        var counts = new int[crew.threads()][];
        crew.run(read.length, (p, thread) -> {
            if (counts[thread] == null) {
                counts[thread] = new int[ranks.size()];
            }
            topologies[p].count(ranks, counts[thread]);
        });
        int[] sums = null;
        for (int[] mine : counts) {
            if (sums == null) {
                sums = mine;
            } else if (mine != null) {
                for (int rank = 0; rank < sums.length; rank++) {
                    sums[rank] += mine[rank];
                }
            }
        }
        int[] all = sums == null ? new int[ranks.size()] : sums;
        kept.ifPresent(some -> some.count(ranks, all));
        return all;
    }

    /** Takes what another worker hears of this one's vertices. */
    void add(ToPeer.Hears heard) {
        assembly.add(heard);
    }

    boolean hasHeardFromAll() {
        return assembly.hasHeardFromAll();
    }

    /** The graph as it was. Call when every other worker has told what it hears. */
    LocalGraph graph() {
        var drafts = new Draft[owned.length];
        crew.run(owned.length, (p, thread) -> {
            int place = Arrays.binarySearch(read, owned[p]);
            drafts[p] = place >= 0 ? new SavedDraft(place) : new KeptDraft(remains.orElseThrow().partition(owned[p]));
        });
        // Whether the graph has changed in fact does not matter: what may have, is taken for it.
        return assembly.graph(drafts, plan.changes());
    }

    /** Brings back who is awake, what was said and is not yet delivered, as far as these vertices said or were sent it, and records. */
    void resume(LocalGraph graph, Board board) {
        var sends = new ByteBuffer[read.length];
        crew.run(read.length, (p, thread) -> {
            int place = Arrays.binarySearch(owned, read[p]);
            graph.partitions[place].records = records[p];
            sends[p] = states[p].restore(graph, place, board);
        });
        if (!isDelivered()) {
            PendingSends.restore(Arrays.asList(sends), graph, board, crew);
        }
        Arrays.fill(states, null);
    }

    /** A partition of saved lists. */
    private final class SavedDraft extends Draft {
        private final int p;

        SavedDraft(int p) {
            super(topologies[p].ids, Arrays.stream(topologies[p].ids).mapToInt(ranks::rankOf).toArray());
            this.p = p;
        }

        @Override Partition partition(int start, int[] slotOfRank) {
            TopologySegment topology = topologies[p];
            var partition = new Partition(read[p], start, ids, slots, topology.outDegrees, topology.inDegrees, states[p].columns);
            partition.hasSetEdges = states[p].edgeColumns != null;
            topology.fill(partition, slotOfRank, columned, partition.hasSetEdges ? states[p].edgeColumns : topology.edgeColumns);
            topologies[p] = null;
            return partition;
        }
    }

    /** A partition that remains. */
    private final class KeptDraft extends Draft {
        private final Partition before;

        KeptDraft(Partition before) {
            super(before.ids, Arrays.stream(before.ids).mapToInt(ranks::rankOf).toArray());
            this.before = before;
        }

        @Override Partition partition(int start, int[] slotOfRank) {
            return kept.orElseThrow().moved(before, start, slots, slotOfRank);
        }
    }
}
