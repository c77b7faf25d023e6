package org.superstep.worker;

import it.unimi.dsi.fastutil.ints.IntArrayList;
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
    /** Vertices heard more often than this are ordered among themselves by id. */
    private static final int MOST_COUNTED = 1 << 16;

    private final int worker;
    private final int workers;
    private final LoadPlan plan;
    private final Placement placement;
    private final boolean weighted;
    private final List<Column> columns;
    private final EdgeColumns edgeColumns;
    private final Crew crew;
    private final ArcBins bins;
    private final int[] owned;
    private final List<ToPeer.Hears> heardByPeers = new ArrayList<>();
    /** Where each partition's ids lie in those lists. */
    private final List<int[]> heardBounds = new ArrayList<>();

    private RankSpace ranks;
    /** By owned partition: its first rank, and the end of the last one's. */
    private int[] firstRanks;
    private SortedArcs[] heardByTargets;
    private SortedArcs[] heardBySources;
    /** By rank: over how many of a vertex's out-edges it is heard here; null where nobody asks. */
    private int[] outHearings;
    private int[] inHearings;
    private final List<ToPeer.Hears> hears = new ArrayList<>();
    /** The vertices that the input names, as they come in. */
    private final List<ToPeer.Vertices> vertices = new ArrayList<>();
    /** The same in order, by owned partition. */
    private final VertexRows[] named;

    GraphBuilder(int worker, int workers, LoadPlan plan, Placement placement, ArcBins bins, boolean weighted, List<Column> columns,
            EdgeColumns edgeColumns, Crew crew) {
        this.worker = worker;
        this.workers = workers;
        this.plan = plan;
        this.placement = placement;
        this.bins = bins;
        this.weighted = weighted;
        this.columns = columns;
        this.edgeColumns = edgeColumns;
        this.crew = crew;
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
            firstRanks[i] = owned[i] == 0 ? 0 : ranks.ceiling(placement.firsts()[owned[i] - 1]);
            lastRanks[i] = owned[i] == placement.partitions() - 1 ? ranks.size() : ranks.ceiling(placement.firsts()[owned[i]]);
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
        for (int peer = 0; peer < workers; peer++) {
            if (peer != worker) {
                ToPeer.Hears heard = heardFrom(peer);
                hears.add(heard);
                transport.toPeer(peer, heard);
            }
        }
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

    private int hearingsOf(int rank) {
        return (outHearings == null ? 0 : outHearings[rank]) + (inHearings == null ? 0 : inHearings[rank]);
    }

    private ToPeer.Hears heardFrom(int peer) {
        var heard = new IntArrayList();
        for (int partition : placement.ownedBy(peer)) {
            int from = partition == 0 ? 0 : ranks.ceiling(placement.firsts()[partition - 1]);
            int to = partition == placement.partitions() - 1 ? ranks.size() : ranks.ceiling(placement.firsts()[partition]);
            for (int rank = from; rank < to; rank++) {
                if (hearingsOf(rank) > 0) {
                    heard.add(rank);
                }
            }
        }
        var ids = new long[heard.size()];
        var outEdges = new int[ids.length];
        var inEdges = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ranks.idOf(heard.getInt(i));
            outEdges[i] = outHearings == null ? 0 : outHearings[heard.getInt(i)];
            inEdges[i] = inHearings == null ? 0 : inHearings[heard.getInt(i)];
        }
        return new ToPeer.Hears(worker, ids, outEdges, inEdges);
    }

    /** Takes what another worker hears of this one's vertices. */
    void add(ToPeer.Hears heard) {
        heardByPeers.add(heard);
        heardBounds.add(placement.bounds(heard.ids()));
    }

    boolean hasHeardFromAll() {
        return heardByPeers.size() == workers - 1;
    }

    /** Numbers the vertices and fills their lists. Call when every other worker has told what it hears. */
    LocalGraph build() {
        var drafts = new Draft[owned.length];
        crew.run(owned.length, (p, thread) -> drafts[p] = new Draft(p));
        // Slots, most heard first: a counting sort by falling count, stable, so that equal ones stay in id order.
        var mirrorRanks = new int[workers][];
        for (ToPeer.Hears heard : hears) {
            int peer = peerOf(heard);
            mirrorRanks[peer] = Arrays.stream(heard.ids()).mapToInt(ranks::rankOf).toArray();
        }
        var places = new int[MOST_COUNTED + 2];
        for (Draft draft : drafts) {
            for (int rank : draft.rankOfIndex) {
                places[slotClass(rank) + 1]++;
            }
        }
        for (int[] mirrors : mirrorRanks) {
            for (int i = 0; mirrors != null && i < mirrors.length; i++) {
                places[slotClass(mirrors[i]) + 1]++;
            }
        }
        for (int i = 1; i < places.length; i++) {
            places[i] += places[i - 1];
        }
        int slots = places[MOST_COUNTED + 1];
        var slotOfRank = new int[ranks.size()];
        for (Draft draft : drafts) {
            for (int i = 0; i < draft.slots.length; i++) {
                int rank = draft.rankOfIndex[i];
                draft.slots[i] = places[slotClass(rank)]++;
                if (rank >= 0) {
                    slotOfRank[rank] = draft.slots[i];
                }
            }
        }
        for (int[] mirrors : mirrorRanks) {
            for (int i = 0; mirrors != null && i < mirrors.length; i++) {
                slotOfRank[mirrors[i]] = places[slotClass(mirrors[i])]++;
            }
        }
        var starts = new int[owned.length];
        for (int p = 1; p < owned.length; p++) {
            starts[p] = Math.addExact(starts[p - 1], drafts[p - 1].slots.length + 63 & ~63);
        }
        var partitions = new Partition[owned.length];
        crew.run(owned.length, (p, thread) -> partitions[p] = drafts[p].partition(starts[p], slotOfRank));
        return localGraph(partitions, slots, mirrorRanks, slotOfRank);
    }

    /** The slots of vertices of one class come before those of the next; rank -1 is heard by no one here. */
    private int slotClass(int rank) {
        return MOST_COUNTED - (rank < 0 ? 0 : Math.min(MOST_COUNTED, hearingsOf(rank)));
    }

    /** The worker that a list of heard vertices went to. */
    private int peerOf(ToPeer.Hears heard) {
        int place = hears.indexOf(heard);
        return place < worker ? place : place + 1;
    }

    private LocalGraph localGraph(Partition[] partitions, int slots, int[][] mirrorRanks, int[] slotOfRank) {
        var mirrors = new ArrayList<Speakers>();
        var mirrorIds = new ArrayList<long[]>();
        for (ToPeer.Hears heard : hears) {
            int peer = peerOf(heard);
            int[] bounds = placement.bounds(heard.ids());
            for (int number : placement.ownedBy(peer)) {
                mirrors.add(new Speakers(number, Arrays.stream(mirrorRanks[peer], bounds[number], bounds[number + 1])
                    .map(rank -> slotOfRank[rank]).toArray()));
                mirrorIds.add(Arrays.copyOfRange(heard.ids(), bounds[number], bounds[number + 1]));
            }
        }
        var subscriptions = new ArrayList<LocalGraph.Subscription>();
        for (int i = 0; i < heardByPeers.size(); i++) {
            ToPeer.Hears heard = heardByPeers.get(i);
            for (Partition partition : partitions) {
                int[] indexes = Arrays.stream(heard.ids(), heardBounds.get(i)[partition.number], heardBounds.get(i)[partition.number + 1])
                    .mapToInt(partition::indexOf).toArray();
                subscriptions.add(new LocalGraph.Subscription(heard.from(), partition, indexes));
            }
        }
        return new LocalGraph(placement, partitions, mirrors, mirrorIds, slots, subscriptions, plan.symmetric(), workers == 1);
    }

    /** An owned partition whose vertices are known, but not yet their slots. */
    private final class Draft {
        private final int p;
        private final long[] ids;
        /** The rank of each vertex; -1 for one that no arc of this worker's names. */
        private final int[] rankOfIndex;
        private final int[] slots;
        private final int[] outDegrees;
        private final int[] inDegrees;

        Draft(int p) {
            this.p = p;
            SortedArcs arcs = heardByTargets[p] != null ? heardByTargets[p] : heardBySources[p];
            int rows = arcs.offsets.length - 1;
            int present = 0;
            for (int row = 0; row < rows; row++) {
                if (isPresent(row)) {
                    present++;
                }
            }
            long[] strangers = strangers();
            ids = new long[present + strangers.length];
            rankOfIndex = new int[ids.length];
            int row = 0;
            int stranger = 0;
            for (int i = 0; i < ids.length; i++) {
                while (row < rows && !isPresent(row)) {
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
            slots = new int[ids.length];
            outDegrees = degrees(heardBySources[p], outHearings, true);
            inDegrees = plan.symmetric() ? outDegrees : degrees(heardByTargets[p], inHearings, false);
        }

        private boolean isPresent(int row) {
            return heardByTargets[p] != null && heardByTargets[p].count(row) > 0
                || heardBySources[p] != null && heardBySources[p].count(row) > 0
                || hearingsOf(firstRanks[p] + row) > 0 || isHeardElsewhere(firstRanks[p] + row)
                || named[p].ids.length > 0 && named[p].names(ranks.idOf(firstRanks[p] + row));
        }

        /** A vertex with a rank but without any arc here can still be one that another worker hears. */
        private boolean isHeardElsewhere(int rank) {
            long id = ranks.idOf(rank);
            for (ToPeer.Hears heard : heardByPeers) {
                if (Arrays.binarySearch(heard.ids(), id) >= 0) {
                    return true;
                }
            }
            return false;
        }

        /** Vertices of the partition that other workers hear, or the input names, and no arc here does, ascending. */
        private long[] strangers() {
            var strangers = new LongArrayList();
            for (int i = 0; i < heardByPeers.size(); i++) {
                for (int place = heardBounds.get(i)[owned[p]]; place < heardBounds.get(i)[owned[p] + 1]; place++) {
                    long id = heardByPeers.get(i).ids()[place];
                    if (ranks.rankOf(id) < 0) {
                        strangers.add(id);
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
            for (int i = 0; i < heardByPeers.size(); i++) {
                ToPeer.Hears heard = heardByPeers.get(i);
                for (int place = heardBounds.get(i)[owned[p]]; place < heardBounds.get(i)[owned[p] + 1]; place++) {
                    degrees[Arrays.binarySearch(ids, heard.ids()[place])] += out ? heard.outEdges()[place] : heard.inEdges()[place];
                }
            }
        }

        Partition partition(int start, int[] slotOfRank) {
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
