package org.superstep.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
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
    private final GraphAssembly assembly;
    // By owned partition.
    private final TopologySegment[] topologies;
    private final StateSegment[] states;
    private final RecordList[][] records;

    private RankSpace ranks;

    Restoration(int worker, int workers, WorkerJob job, Manifest manifest, Placement placement, Crew crew) {
        plan = job.plan();
        this.manifest = manifest;
        this.placement = placement;
        this.crew = crew;
        Program program = job.program();
        columns = program.declarations().columns();
        outputs = program.declarations().recordOutputs();
        columned = program.declarations().edgeColumns().isEmpty() ? null : plan.outEdges();
        owned = placement.ownedBy(worker);
        assembly = new GraphAssembly(worker, workers, plan, placement, crew);
        topologies = new TopologySegment[owned.length];
        states = new StateSegment[owned.length];
        records = new RecordList[owned.length][];
    }

    /** Which superstep is to run next. */
    int superstep() {
        return manifest.superstep();
    }

    /** Which phase spoke in the one before. */
    int spokenPhase() {
        return manifest.master().spokenPhase();
    }

    /** Reads what is saved of the owned partitions; fails with what is wrong with a file. */
    void read(CheckpointFolder folder) throws IOException {
        try {
            crew.run(owned.length, (p, thread) -> read(folder, p));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void read(CheckpointFolder folder, int p) throws IOException {
        Manifest.Entry entry = manifest.partitions().get(owned[p]);
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
        for (TopologySegment topology : topologies) {
            least = Math.min(least, topology.least());
            greatest = Math.max(greatest, topology.greatest());
            entries += topology.entries();
        }
        ranks = RankSpace.of(least, greatest, entries, owned.length, (ids, p) -> topologies[p].addTo(ids), crew);
        assembly.hear(ranks, hearings(), null, transport);
    }

    /** By rank, over how many entries of all lists each is heard. */
    private int[] hearings() {
        var counts = new int[crew.threads()][];
        crew.run(owned.length, (p, thread) -> {
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
        return sums == null ? new int[ranks.size()] : sums;
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
        crew.run(owned.length, (p, thread) -> drafts[p] = new SavedDraft(p));
        // Whether the graph has changed in fact does not matter: what may have, is taken for it.
        return assembly.graph(drafts, plan.changes());
    }

    /** Brings back who is awake, what was said and is not yet delivered, as far as these vertices said or were sent it, and records. */
    void resume(LocalGraph graph, Board board) {
        var sends = new ByteBuffer[owned.length];
        crew.run(owned.length, (p, thread) -> {
            graph.partitions[p].records = records[p];
            sends[p] = states[p].restore(graph, p, board);
        });
        if (owned.length > 0 && !states[0].isDelivered()) {
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
            var partition = new Partition(owned[p], start, ids, slots, topology.outDegrees, topology.inDegrees, states[p].columns);
            partition.hasSetEdges = states[p].edgeColumns != null;
            topology.fill(partition, slotOfRank, columned, partition.hasSetEdges ? states[p].edgeColumns : topology.edgeColumns);
            topologies[p] = null;
            return partition;
        }
    }
}
