package org.superstep.worker;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superstep.net.Placement;
import org.superstep.net.ToPeer;
import org.superstep.net.Transport;

/**
 * Puts a worker's graph together out of lists that name speakers by rank, wherever they come from, with an exchange in the middle:
 * {@link #hear} tells every other worker which of its vertices are heard here; {@link #graph}, once they have told the same, gives out
 * slots.
 */
final class GraphAssembly {
    /** Vertices heard more often than this are ordered among themselves by id. */
    private static final int MOST_COUNTED = 1 << 16;

    private final int worker;
    private final int workers;
    private final LoadPlan plan;
    private final Placement placement;
    private final Crew crew;
    private final List<ToPeer.Hears> heardByPeers = new ArrayList<>();
    /** Where each partition's ids lie in those lists. */
    private final List<int[]> heardBounds = new ArrayList<>();
    private final List<ToPeer.Hears> hears = new ArrayList<>();

    private RankSpace ranks;
    /** By rank: over how many of a vertex's out-edges it is heard here; null where nobody asks. */
    private int[] outHearings;
    private int[] inHearings;

    GraphAssembly(int worker, int workers, LoadPlan plan, Placement placement, Crew crew) {
        this.worker = worker;
        this.workers = workers;
        this.plan = plan;
        this.placement = placement;
        this.crew = crew;
    }

    /**
     * Takes whom the lists name, and tells the other workers which of their vertices those are.
     *
     * @param named all that lists name
     * @param overOutEdges by rank, over how many of a vertex's out-edges it is heard here; null where nobody asks
     * @param overInEdges the same of in-edges
     */
    void hear(RankSpace named, int[] overOutEdges, int[] overInEdges, Transport transport) {
        ranks = named;
        outHearings = overOutEdges;
        inHearings = overInEdges;
        for (int peer = 0; peer < workers; peer++) {
            if (peer != worker) {
                ToPeer.Hears heard = heardFrom(peer);
                hears.add(heard);
                transport.toPeer(peer, heard);
            }
        }
    }

    private ToPeer.Hears heardFrom(int peer) {
        var heard = new IntArrayList();
        for (int partition : placement.ownedBy(peer)) {
            for (int rank = firstRank(partition); rank < endRank(partition); rank++) {
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

    private int firstRank(int partition) {
        return ranks.firstOf(placement, partition);
    }

    private int endRank(int partition) {
        return ranks.endOf(placement, partition);
    }

    /** Over how many edges the vertex of this rank is heard here. */
    int hearingsOf(int rank) {
        return (outHearings == null ? 0 : outHearings[rank]) + (inHearings == null ? 0 : inHearings[rank]);
    }

    /** Takes what another worker hears of this one's vertices. */
    void add(ToPeer.Hears heard) {
        heardByPeers.add(heard);
        heardBounds.add(placement.bounds(heard.ids()));
    }

    boolean hasHeardFromAll() {
        return heardByPeers.size() == workers - 1;
    }

    /** What other workers hear of this one's vertices. */
    List<ToPeer.Hears> heardByPeers() {
        return heardByPeers;
    }

    /** Where the ids of a partition begin in one of these lists; those of the next one begin where they end. */
    int heardFrom(int list, int partition) {
        return heardBounds.get(list)[partition];
    }

    /**
     * Gives out slots, and has the partitions made. Call when every other worker has told what it hears.
     *
     * @param drafts owned partitions, ascending
     * @param mayHaveChanged whether lists may name vertices that do not exist
     */
    LocalGraph graph(Draft[] drafts, boolean mayHaveChanged) {
        // Slots, most heard first: a counting sort by falling count, stable, so that equal ones stay in id order.
        var mirrorRanks = new int[workers][];
        for (ToPeer.Hears heard : hears) {
            mirrorRanks[peerOf(heard)] = Arrays.stream(heard.ids()).mapToInt(ranks::rankOf).toArray();
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
        long[] ghosts = mayHaveChanged ? ghosts(drafts, slotOfRank, slots) : new long[0];
        var starts = new int[drafts.length];
        for (int p = 1; p < drafts.length; p++) {
            starts[p] = Math.addExact(starts[p - 1], drafts[p - 1].slots.length + 63 & ~63);
        }
        var partitions = new Partition[drafts.length];
        crew.run(drafts.length, (p, thread) -> partitions[p] = drafts[p].partition(starts[p], slotOfRank));
        return localGraph(partitions, slots, ghosts, mayHaveChanged, mirrorRanks, slotOfRank);
    }

    /** The slots of vertices of one class come before those of the next; rank -1 is heard by no one here. */
    private int slotClass(int rank) {
        return MOST_COUNTED - (rank < 0 ? 0 : Math.min(MOST_COUNTED, hearingsOf(rank)));
    }

    /** Those of this worker's partitions whom lists name and who do not exist; they get slots behind all others. */
    private long[] ghosts(Draft[] drafts, int[] slotOfRank, int slots) {
        var exists = new boolean[ranks.size()];
        for (Draft draft : drafts) {
            for (int rank : draft.rankOfIndex) {
                if (rank >= 0) {
                    exists[rank] = true;
                }
            }
        }
        var ghosts = new IntArrayList();
        for (int partition : placement.ownedBy(worker)) {
            for (int rank = firstRank(partition); rank < endRank(partition); rank++) {
                if (!exists[rank] && hearingsOf(rank) > 0) {
                    slotOfRank[rank] = slots + ghosts.size();
                    ghosts.add(rank);
                }
            }
        }
        return ghosts.intStream().mapToLong(ranks::idOf).toArray();
    }

    /** The worker that a list of heard vertices went to. */
    private int peerOf(ToPeer.Hears heard) {
        int place = hears.indexOf(heard);
        return place < worker ? place : place + 1;
    }

    private LocalGraph localGraph(Partition[] partitions, int slots, long[] ghosts, boolean mayHaveChanged, int[][] mirrorRanks,
            int[] slotOfRank) {
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
        var graph = new LocalGraph(placement, partitions, mirrors, mirrorIds, slots, subscriptions, plan.symmetric(), workers == 1);
        if (!mayHaveChanged) {
            return graph;
        }
        long[] idOfSlot = Arrays.copyOf(graph.idOfSlot(), slots + ghosts.length);
        System.arraycopy(ghosts, 0, idOfSlot, slots, ghosts.length);
        return graph.changed(mirrors, mirrorIds, subscriptions, new SlotNames(idOfSlot),
            IntStream.range(slots, idOfSlot.length).toArray());
    }
}
