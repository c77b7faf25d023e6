package org.superstep.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.Direction;
import org.superstep.graph.Weights;
import org.superstep.graph.internal.ChangeList;
import org.superstep.net.Placement;

/**
 * All that one worker holds of the graph: its partitions, the mirrors that they hear, and the maps between partitions, positions and slots.
 *
 * <p>A slot is the worker's int name for a vertex that it owns or hears; lists of neighbours hold slots. A position is where an owned
 * vertex stands: its partition's start plus its index. Positions ascend with ids, slots do not: the vertices heard most have the first.
 */
final class LocalGraph {
    /** The number, instead of a partition's, of those that never speak because they do not exist. */
    private static final int GHOSTS = -1;

    final Placement placement;
    /** Owned partitions, ascending. */
    final Partition[] partitions;
    /** All partitions that the worker hears, owned or mirrored, ascending. */
    final List<Speakers> speakers;
    final int slots;
    /** Where the vertex of a slot stands; -1 for a mirror. */
    final int[] positionOfSlot;
    /** For every 64 positions, the place of their partition in {@link #partitions}. */
    final int[] partitionOfBlock;
    /** Which of the worker's vertices other workers hear. */
    final List<Subscription> subscriptions;
    private final CutTable cuts;
    private final boolean undirected;
    private final boolean alone;
    /** The slots' names once the graph has changed, else null. */
    private final SlotNames names;
    private final boolean hasGhosts;
    /** The place in {@link #partitions} of each of the placement's partitions; -1 where another worker owns it. */
    private final int[] placeOf;
    private final Adjacency[] fanOuts = new Adjacency[Direction.values().length];
    private volatile long[] idOfSlot;
    private final Speakers[] speakersOf;
    private final List<Speakers> mirrors;
    /** Parallel to {@link #mirrors}: the ids of the mirrored vertices. */
    private final List<long[]> mirrorIds;

    /**
     * A partition's vertices that another worker hears.
     *
     * @param peer the worker that hears
     * @param partition the owned partition
     * @param indexes the vertices, ascending
     */
    record Subscription(int peer, Partition partition, int[] indexes) {
    }

    LocalGraph(Placement placement, Partition[] partitions, List<Speakers> mirrors, List<long[]> mirrorIds, int slots,
            List<Subscription> subscriptions, boolean undirected, boolean alone) {
        this(placement, new CutTable(placement), partitions, mirrors, mirrorIds, slots, subscriptions, undirected, alone, null, null);
    }

    private LocalGraph(Placement placement, CutTable cuts, Partition[] partitions, List<Speakers> mirrors, List<long[]> mirrorIds,
            int slots, List<Subscription> subscriptions, boolean undirected, boolean alone, SlotNames names, Speakers ghosts) {
        this.placement = placement;
        this.cuts = cuts;
        this.partitions = partitions;
        this.slots = slots;
        this.subscriptions = subscriptions;
        this.undirected = undirected;
        this.alone = alone;
        this.mirrors = mirrors;
        this.mirrorIds = mirrorIds;
        this.names = names;
        hasGhosts = Arrays.stream(partitions).anyMatch(partition -> partition.ghosts != null);
        var heard = new ArrayList<Speakers>(mirrors);
        if (ghosts != null) {
            heard.add(ghosts);
        }
        placeOf = new int[placement.partitions()];
        Arrays.fill(placeOf, -1);
        int positions = 0;
        for (int place = 0; place < partitions.length; place++) {
            placeOf[partitions[place].number] = place;
            heard.add(partitions[place].speakers);
            positions = partitions[place].start + partitions[place].size;
        }
        heard.sort((left, right) -> Integer.compare(left.partition, right.partition));
        speakers = List.copyOf(heard);
        speakersOf = new Speakers[placement.partitions()];
        speakers.stream().filter(group -> group.partition >= 0).forEach(group -> speakersOf[group.partition] = group);
        positionOfSlot = new int[slots];
        Arrays.fill(positionOfSlot, -1);
        partitionOfBlock = new int[(positions + 63) >>> 6];
        for (int place = 0; place < partitions.length; place++) {
            Partition partition = partitions[place];
            for (int i = 0; i < partition.size; i++) {
                positionOfSlot[partition.slots[i]] = partition.start + i;
            }
            for (int block = partition.start >>> 6; block << 6 < partition.start + partition.size; block++) {
                partitionOfBlock[block] = place;
            }
        }
    }

    /** How many vertices of other workers are heard here. */
    long mirrorCount() {
        return mirrorIds.stream().mapToLong(ids -> ids.length).sum();
    }

    /** The mirrors of another worker's partition. */
    Speakers mirrorsOf(int partition) {
        return speakersOf[partition];
    }

    /** The owned partition that this id belongs to, as a place in {@link #partitions}; -1 where another worker owns it. */
    int placeOf(long vertexId) {
        return placeOf[cuts.partitionOf(vertexId)];
    }

    /** Those of the partition that this id belongs to, who are heard here. */
    Speakers speakersOf(long vertexId) {
        return speakersOf[cuts.partitionOf(vertexId)];
    }

    /** The worker that owns the partition that this id belongs to. */
    int ownerOf(long vertexId) {
        return placement.owners()[cuts.partitionOf(vertexId)];
    }

    /** Whether this id belongs to an owned partition and no vertex has it. */
    boolean isMissingHere(long vertexId) {
        int place = placeOf(vertexId);
        return place >= 0 && partitions[place].indexOf(vertexId) < 0;
    }

    /** The ids by slot, which merging sends with broadcasts needs; made on first use. Any thread may call. */
    long[] idOfSlot() {
        long[] ids = idOfSlot;
        return ids != null ? ids : listIds();
    }

    private synchronized long[] listIds() {
        if (idOfSlot == null) {
            var ids = new long[slots];
            for (Partition partition : partitions) {
                for (int i = 0; i < partition.size; i++) {
                    ids[partition.slots[i]] = partition.ids[i];
                }
            }
            for (int group = 0; group < mirrorIds.size(); group++) {
                for (int i = 0; i < mirrorIds.get(group).length; i++) {
                    ids[mirrors.get(group).slots[i]] = mirrorIds.get(group)[i];
                }
            }
            idOfSlot = ids;
        }
        return idOfSlot;
    }

    /** Whether every edge heard over has weight 1. */
    boolean isUnweighted(Direction structure) {
        return Arrays.stream(partitions).allMatch(partition -> partition.hearing(structure).weightForm == Adjacency.NONE);
    }

    /**
     * Whether each vertex's hearing list names just those that hear it, over the same weights, so that it serves as the fan-out. So it is
     * where nobody hears in one direction only, and no speaker is a mirror, whose list would be elsewhere.
     */
    boolean isSymmetric(Direction structure) {
        return alone && !hasChanged() && (undirected || structure == Direction.BOTH);
    }

    /** Whether the graph has ever changed; then lists may name vertices that do not exist, and who hears whom may not be mutual. */
    boolean hasChanged() {
        return names != null;
    }

    /** Whether edges lead to vertices of an owned partition that do not exist. */
    boolean hasGhosts() {
        return hasGhosts;
    }

    /** The slots' names, for a change; kept from then on. */
    SlotNames names() {
        return names == null ? new SlotNames(idOfSlot()) : names;
    }

    /**
     * The graph after a change in which partitions have been replaced.
     *
     * @param ghostSlots the slots of those whom lists name and who neither exist here nor are mirrors
     */
    LocalGraph changed(List<Speakers> mirrorsNow, List<long[]> mirrorIdsNow, List<Subscription> subscriptionsNow, SlotNames namesNow,
            int[] ghostSlots) {
        var graph = new LocalGraph(placement, cuts, partitions, mirrorsNow, mirrorIdsNow, namesNow.size(), subscriptionsNow, undirected,
            alone, namesNow, new Speakers(GHOSTS, ghostSlots));
        graph.idOfSlot = namesNow.ids();
        return graph;
    }

    /** Lets vertices ask for changes of the graph, here and where they are mirrors of. */
    void takeChanges(Weights weights) {
        for (Speakers group : speakers) {
            group.changes = group.changes == null ? new ChangeList(weights) : group.changes;
        }
    }

    /** Whether {@link #fanOut} is built already. */
    boolean hasFanOut(Direction structure) {
        return fanOuts[structure.ordinal()] != null;
    }

    /**
     * The owned vertices that hear each slot, built on first use; call before the threads of a step. Fails with
     * {@link ArithmeticException} beyond 2^31 arcs a worker.
     */
    Adjacency fanOut(Direction structure, Crew crew) {
        Adjacency built = fanOuts[structure.ordinal()];
        if (built == null) {
            built = transposed(structure, crew);
            fanOuts[structure.ordinal()] = built;
        }
        return built;
    }

    /** A stable counting sort by speaker; each thread takes a run of neighbouring partitions, so that hearers stay in order. */
    private Adjacency transposed(Direction structure, Crew crew) {
        int runs = Math.min(crew.threads(), Math.max(1, partitions.length));
        var places = new int[runs][];
        boolean weighted = Arrays.stream(partitions).anyMatch(p -> p.hearing(structure).weightForm != Adjacency.NONE);
        crew.run(runs, (run, thread) -> {
            var counts = new int[slots];
            for (int p = firstOf(run, runs); p < firstOf(run + 1, runs); p++) {
                for (int slot : partitions[p].hearing(structure).slots) {
                    counts[slot]++;
                }
            }
            places[run] = counts;
        });
        var offsets = new int[slots + 1];
        int sum = 0;
        for (int slot = 0; slot < slots; slot++) {
            offsets[slot] = sum;
            for (int[] counts : places) {
                int count = counts[slot];
                counts[slot] = sum;
                sum = Math.addExact(sum, count);
            }
        }
        offsets[slots] = sum;
        var hearers = new int[sum];
        double[] weights = weighted ? new double[sum] : null;
        crew.run(runs, (run, thread) -> {
            int[] next = places[run];
            for (int p = firstOf(run, runs); p < firstOf(run + 1, runs); p++) {
                Adjacency lists = partitions[p].hearing(structure);
                for (int i = 0; i < partitions[p].size; i++) {
                    for (int entry = lists.offsets[i]; entry < lists.offsets[i + 1]; entry++) {
                        int place = next[lists.slots[entry]]++;
                        hearers[place] = partitions[p].slots[i];
                        if (weights != null) {
                            weights[place] = lists.weight(entry);
                        }
                    }
                }
            }
        });
        return Adjacency.of(offsets, hearers, weights);
    }

    private int firstOf(int run, int runs) {
        return (int) ((long) partitions.length * run / runs);
    }
}
