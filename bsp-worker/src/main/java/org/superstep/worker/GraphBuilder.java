package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.io.InputException;
import org.superstep.net.Placement;
import org.superstep.net.ToPeer;
import org.superstep.net.Transport;

/**
 * Makes a worker's partitions out of its arcs, in two strides with an exchange between them: {@link #sortArcs} orders the arcs of each
 * partition and tells every other worker which of its vertices are heard here; {@link #build}, once they have told the same, numbers
 * vertices and slots and fills the lists.
 */
final class GraphBuilder {
    private final int workers;
    private final LoadPlan plan;
    private final Placement placement;
    private final boolean weighted;
    private final List<Column> columns;
    private final EdgeColumns edgeColumns;
    private final Crew crew;
    private final ArcBins bins;
    private final int[] owned;
    private final GraphAssembly assembly;

    private RankSpace ranks;
    /** By owned partition: its first rank, and the end of the last one's. */
    private int[] firstRanks;
    private SortedArcs[] heardByTargets;
    private SortedArcs[] heardBySources;
    /** By rank: over how many of a vertex's out-edges it is heard here; null where nobody asks. */
    private int[] outHearings;
    private int[] inHearings;
    /** The vertices that the input names, as they come in. */
    private final List<ToPeer.Vertices> vertices = new ArrayList<>();
    /** The same in order, by owned partition. */
    private final VertexRows[] named;

    GraphBuilder(int worker, int workers, LoadPlan plan, Placement placement, ArcBins bins, boolean weighted, List<Column> columns,
            EdgeColumns edgeColumns, Crew crew) {
        this.workers = workers;
        this.plan = plan;
        this.placement = placement;
        this.bins = bins;
        this.weighted = weighted;
        this.columns = columns;
        this.edgeColumns = edgeColumns;
        this.crew = crew;
        assembly = new GraphAssembly(worker, workers, plan, placement, crew);
        owned = placement.ownedBy(worker);
        named = new VertexRows[owned.length];
        Arrays.fill(named, VertexRows.NONE);
    }

    /** Takes arcs that another worker has read. */
    void add(ToPeer.Arcs arcs) {
        if (arcs.hearers().length == 0) {
            return;
        }
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < arcs.hearers().length; i++) {
            least = Math.min(least, Math.min(arcs.hearers()[i], arcs.speakers()[i]));
            greatest = Math.max(greatest, Math.max(arcs.hearers()[i], arcs.speakers()[i]));
        }
        bins.add(arcs.partition(), arcs.reversed(), ArcBlock.of(arcs, bins.areNarrow(least, greatest), bins.base));
        bins.seen(least, greatest, arcs.hearers().length);
    }

    /** Takes vertices that this worker or another has read. */
    void add(ToPeer.Vertices rows) {
        vertices.add(rows);
    }

    /**
     * Orders the vertices that the input names; where it names one twice, throws what {@code duplicate} says of its id. Call when no more
     * will come, if any have.
     */
    void sortVertices(LongFunction<InputException> duplicate) {
        var blocks = new ArrayList<List<long[]>>();
        for (int p = 0; p < placement.partitions(); p++) {
            blocks.add(new ArrayList<>());
        }
        vertices.forEach(rows -> blocks.get(rows.partition()).add(rows.rows()));
        vertices.clear();
        crew.run(owned.length, (p, thread) -> named[p] = VertexRows.of(blocks.get(owned[p]), duplicate));
    }

    /** Orders all arcs and tells the other workers which of their vertices are heard here. Call when no more arcs will come. */
    void sortArcs(Transport transport) {
        ranks = RankSpace.of(bins, owned, crew);
        firstRanks = new int[owned.length];
        var lastRanks = new int[owned.length];
        for (int i = 0; i < owned.length; i++) {
            firstRanks[i] = ranks.firstOf(placement, owned[i]);
            lastRanks[i] = ranks.endOf(placement, owned[i]);
        }
        heardByTargets = new SortedArcs[owned.length];
        heardBySources = new SortedArcs[owned.length];
        int[] order = heaviestFirst();
        var sorters = new ArcSorter[crew.threads()];
        crew.run(owned.length, (task, thread) -> {
            int p = order[task];
            if (sorters[thread] == null) {
                sorters[thread] = new ArcSorter();
            }
            if (plan.heardByTargets()) {
                heardByTargets[p] = sorted(sorters[thread], owned[p], false, firstRanks[p], lastRanks[p]);
            }
            if (plan.heardBySources()) {
                heardBySources[p] = sorted(sorters[thread], owned[p], true, firstRanks[p], lastRanks[p]);
            }
        });
        if (workers == 1 && plan.symmetric()) {
            // Each edge was read both ways: a vertex is heard over as many edges as it hears.
            outHearings = new int[ranks.size()];
            for (int p = 0; p < owned.length; p++) {
                for (int row = 0; row + 1 < heardByTargets[p].offsets.length; row++) {
                    outHearings[firstRanks[p] + row] = heardByTargets[p].count(row);
                }
            }
        } else {
            outHearings = plan.heardByTargets() ? hearings(heardByTargets) : null;
            inHearings = plan.heardBySources() ? hearings(heardBySources) : null;
        }
        assembly.hear(ranks, outHearings, inHearings, transport);
    }

    private SortedArcs sorted(ArcSorter sorter, int partition, boolean reversed, int firstRank, int lastRank) {
        return sorter.sort(bins.take(partition, reversed), bins.base, ranks, firstRank, lastRank, weighted)
            .withParallelArcsInOrder(plan.dedupe());
    }

    private int[] heaviestFirst() {
        var arcs = new long[owned.length];
        for (int i = 0; i < owned.length; i++) {
            for (int kind = 0; kind < 2; kind++) {
                for (ArcBlock block : bins.blocks(owned[i], kind == 1)) {
                    arcs[i] += block.size;
                }
            }
        }
        return IntStream.range(0, owned.length).boxed().sorted(Comparator.comparingLong(i -> -arcs[i])).mapToInt(i -> i).toArray();
    }

    private int[] hearings(SortedArcs[] arcs) {
        var counts = new int[crew.threads()][];
        crew.run(arcs.length, (task, thread) -> {
            if (counts[thread] == null) {
                counts[thread] = new int[ranks.size()];
            }
            int[] mine = counts[thread];
            for (int speaker : arcs[task].speakers) {
                mine[speaker]++;
            }
        });
        var sums = new int[ranks.size()];
        for (int[] thread : counts) {
            for (int rank = 0; thread != null && rank < sums.length; rank++) {
                sums[rank] += thread[rank];
            }
        }
        return sums;
    }

    /** Takes what another worker hears of this one's vertices. */
    void add(ToPeer.Hears heard) {
        assembly.add(heard);
    }

    boolean hasHeardFromAll() {
        return assembly.hasHeardFromAll();
    }

    /** Numbers the vertices and fills their lists. Call when every other worker has told what it hears. */
    LocalGraph build() {
        var drafts = new Draft[owned.length];
        crew.run(owned.length, (p, thread) -> drafts[p] = draft(p));
        return assembly.graph(drafts, false);
    }

    private Draft draft(int p) {
        SortedArcs arcs = heardByTargets[p] != null ? heardByTargets[p] : heardBySources[p];
        int rows = arcs.offsets.length - 1;
        int present = 0;
        for (int row = 0; row < rows; row++) {
            if (isPresent(p, row)) {
                present++;
            }
        }
        long[] strangers = strangers(p);
        var ids = new long[present + strangers.length];
        var rankOfIndex = new int[ids.length];
        int row = 0;
        int stranger = 0;
        for (int i = 0; i < ids.length; i++) {
            while (row < rows && !isPresent(p, row)) {
                row++;
            }
            if (row < rows && (stranger == strangers.length || ranks.idOf(firstRanks[p] + row) < strangers[stranger])) {
                rankOfIndex[i] = firstRanks[p] + row++;
                ids[i] = ranks.idOf(rankOfIndex[i]);
            } else {
                rankOfIndex[i] = -1;
                ids[i] = strangers[stranger++];
            }
        }
        return new SortedDraft(p, ids, rankOfIndex);
    }

    private boolean isPresent(int p, int row) {
        return heardByTargets[p] != null && heardByTargets[p].count(row) > 0
            || heardBySources[p] != null && heardBySources[p].count(row) > 0
            || assembly.hearingsOf(firstRanks[p] + row) > 0 || isHeardElsewhere(firstRanks[p] + row)
            || named[p].ids.length > 0 && named[p].names(ranks.idOf(firstRanks[p] + row));
    }

    /** A vertex with a rank but without any arc here can still be one that another worker hears. */
    private boolean isHeardElsewhere(int rank) {
        long id = ranks.idOf(rank);
        for (ToPeer.Hears heard : assembly.heardByPeers()) {
            if (Arrays.binarySearch(heard.ids(), id) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Vertices of the partition that other workers hear, or the input names, and no arc here does, ascending. */
    private long[] strangers(int p) {
        var strangers = new LongArrayList();
        for (int i = 0; i < assembly.heardByPeers().size(); i++) {
            long[] ids = assembly.heardByPeers().get(i).ids();
            for (int place = assembly.heardFrom(i, owned[p]); place < assembly.heardFrom(i, owned[p] + 1); place++) {
                if (ranks.rankOf(ids[place]) < 0) {
                    strangers.add(ids[place]);
                }
            }
        }
        for (long id : named[p].ids) {
            if (ranks.rankOf(id) < 0) {
                strangers.add(id);
            }
        }
        return strangers.longStream().sorted().distinct().toArray();
    }

    /** A partition of sorted arcs. */
    private final class SortedDraft extends Draft {
        private final int p;
        private final int[] outDegrees;
        private final int[] inDegrees;

        SortedDraft(int p, long[] ids, int[] rankOfIndex) {
            super(ids, rankOfIndex);
            this.p = p;
            outDegrees = degrees(heardBySources[p], outHearings, true);
            inDegrees = plan.symmetric() ? outDegrees : degrees(heardByTargets[p], inHearings, false);
        }

        /**
         * How many edges leave (or enter) each vertex: as many as it hears over, where edges of that direction are heard at their other
         * end; else as many as it is heard over, here and elsewhere. An undirected graph's vertices hear over all their edges.
         */
        private int[] degrees(SortedArcs heardOver, int[] hearings, boolean out) {
            var degrees = new int[ids.length];
            SortedArcs lists = plan.symmetric() ? heardByTargets[p] : heardOver;
            for (int i = 0; i < ids.length; i++) {
                int rank = rankOfIndex[i];
                if (lists != null) {
                    degrees[i] = rank < 0 ? 0 : lists.count(rank - firstRanks[p]);
                } else {
                    degrees[i] = rank < 0 ? 0 : hearings[rank];
                }
            }
            if (lists == null) {
                addHearingsElsewhere(degrees, out);
            }
            return degrees;
        }

        private void addHearingsElsewhere(int[] degrees, boolean out) {
            for (int i = 0; i < assembly.heardByPeers().size(); i++) {
                ToPeer.Hears heard = assembly.heardByPeers().get(i);
                for (int place = assembly.heardFrom(i, owned[p]); place < assembly.heardFrom(i, owned[p] + 1); place++) {
                    degrees[Arrays.binarySearch(ids, heard.ids()[place])] += out ? heard.outEdges()[place] : heard.inEdges()[place];
                }
            }
        }

        @Override Partition partition(int start, int[] slotOfRank) {
            var partition = new Partition(owned[p], start, ids, slots, outDegrees, inDegrees, columns);
            named[p].fill(partition, columns);
            named[p] = VertexRows.NONE;
            SortedArcs in = heardByTargets[p];
            SortedArcs out = plan.symmetric() ? in : heardBySources[p];
            heardByTargets[p] = null;
            heardBySources[p] = null;
            // BOTH first: it is merged from the ranks that the others' lists then turn into slots in place.
            if (plan.structures().contains(Direction.BOTH)) {
                partition.hears(Direction.BOTH, lists(in.mergedWith(out), slotOfRank, null));
            }
            if (plan.structures().contains(Direction.OUT)) {
                partition.hears(Direction.OUT, lists(in, slotOfRank, columns(in, Direction.OUT)));
            }
            if (plan.structures().contains(Direction.IN)) {
                partition.hears(Direction.IN, lists(out, slotOfRank, columns(out, Direction.IN)));
            }
            return partition;
        }

        /** The columns of a structure's edges; null where the program has none, or they are not out-edges. */
        private long[][] columns(SortedArcs arcs, Direction structure) {
            return structure == plan.outEdges() ? edgeColumns.completed(arcs.columns, arcs.speakers.length) : null;
        }

        private Adjacency lists(SortedArcs arcs, int[] slotOfRank, long[][] columns) {
            int[] speakers = arcs.speakers;
            for (int i = 0; i < speakers.length; i++) {
                speakers[i] = slotOfRank[speakers[i]];
            }
            var offsets = new int[ids.length + 1];
            for (int i = 0; i < ids.length; i++) {
                int rank = rankOfIndex[i];
                offsets[i + 1] = rank < 0 ? offsets[i] : arcs.offsets[rank - firstRanks[p] + 1];
            }
            return Adjacency.of(offsets, speakers, arcs.weights, columns);
        }
    }
}
