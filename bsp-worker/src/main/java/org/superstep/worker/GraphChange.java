package org.superstep.worker;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.Program;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.SendList;
import org.superstep.net.ToPeer;

/**
 * A worker's part in one change of the graph, between two supersteps. An edge stands in two lists: in its source's, by which the source
 * walks over it, and in its target's, by which the target hears over it. So there are three strides with an exchange after each of the
 * first two: {@link #resolve} decides what becomes of the owned vertices and of the edges that leave them, {@link #apply} brings the lists
 * of those up to date that the edges lead to, {@link #changed} puts the graph together, once every worker has told which vertices it names.
 *
 * <p>Partitions of which nothing changes stay as they are; the others are built anew, their vertices in the order of ids. Slots stay.
 */
final class GraphChange {
    private final Program program;
    private final LocalGraph graph;
    private final int worker;
    private final int workers;
    private final Crew crew;
    private SlotNames names;
    private final PartitionChange[] places;
    private final List<List<EdgePair>> pairsForPeers = new ArrayList<>();
    private final List<ToPeer.Hears> namedByPeers = new ArrayList<>();
    private int arcsHeard;

    GraphChange(Program program, LocalGraph graph, LoadPlan plan, int worker, int workers, Crew crew) {
        this.program = program;
        this.graph = graph;
        this.worker = worker;
        this.workers = workers;
        this.crew = crew;
        SlotNames before = graph.names();
        names = before;
        places = Arrays.stream(graph.partitions).map(partition -> new PartitionChange(partition, program, plan, before))
            .toArray(PartitionChange[]::new);
        for (int peer = 0; peer < workers; peer++) {
            pairsForPeers.add(new ArrayList<>());
        }
    }

    /**
     * Decides what becomes of owned vertices and of the edges that leave them.
     *
     * @param held what was said to vertices that do not exist
     * @return by worker, what has become of edges that lead to its vertices
     */
    List<ToPeer.ChangedArcs> resolve(SendList held) {
        for (Speakers group : graph.speakers) {
            if (group.changes != null) {
                take(group.changes);
                group.changes.clear();
            }
        }
        for (int i = 0; program.createMissing() && i < held.size; i++) {
            places[graph.placeOf(held.targets[i])].asked(held.targets[i]).messages++;
        }
        crew.run(places.length, (place, thread) -> places[place].resolve());
        for (PartitionChange place : places) {
            turn(place.out());
        }
        var arcs = new ArrayList<ToPeer.ChangedArcs>();
        for (List<EdgePair> pairs : pairsForPeers) {
            arcs.add(encoded(pairs));
        }
        return arcs;
    }

    private void take(ChangeList changes) {
        for (int i = 0; i < changes.size; i++) {
            long source = changes.sources[i];
            long target = changes.targets[i];
            byte kind = changes.kinds[i];
            int place = graph.placeOf(source);
            if (place >= 0 && kind == ChangeList.REMOVE_VERTEX) {
                places[place].asked(source).removals++;
            } else if (place >= 0 && kind == ChangeList.ADD_VERTEX) {
                places[place].asked(source).additions++;
            } else if (place >= 0) {
                places[place].ask(changes, i);
            }
            if (kind == ChangeList.ADD_EDGE) {
                if (place >= 0) {
                    places[place].asked(source).edgeAdditions++;
                }
                int end = graph.placeOf(target);
                if (end >= 0 && target != source) {
                    places[end].asked(target).edgeAdditions++;
                }
            }
        }
    }

    /** Hands edges over to those that keep the lists of their targets. */
    private void turn(List<EdgePair> out) {
        for (EdgePair pair : out) {
            int owner = graph.placement.owners()[graph.placement.partitionOf(pair.other())];
            var turned = new EdgePair(pair.other(), pair.row(), pair.weights(), null);
            if (owner == worker) {
                places[graph.placeOf(pair.other())].add(turned);
            } else {
                pairsForPeers.get(owner).add(turned);
            }
        }
    }

    private static long[] sorted(LongArrayList ids) {
        long[] array = ids.toLongArray();
        Arrays.sort(array);
        return array;
    }

    private ToPeer.ChangedArcs encoded(List<EdgePair> pairs) {
        return new ToPeer.ChangedArcs(worker, pairs.stream().mapToLong(EdgePair::row).toArray(),
            pairs.stream().mapToLong(EdgePair::other).toArray(), pairs.stream().mapToInt(pair -> pair.weights().length).toArray(),
            pairs.stream().flatMapToDouble(pair -> Arrays.stream(pair.weights())).toArray());
    }

    /** Takes what has become of edges that lead from another worker's vertices to this one's. */
    void add(ToPeer.ChangedArcs arcs) {
        int weight = 0;
        for (int i = 0; i < arcs.hearers().length; i++) {
            int end = weight + arcs.counts()[i];
            places[graph.placeOf(arcs.hearers()[i])].add(new EdgePair(arcs.hearers()[i], arcs.speakers()[i],
                Arrays.copyOfRange(arcs.weights(), weight, end), null));
            weight = end;
        }
        arcsHeard++;
    }

    boolean hasHeardAllArcs() {
        return arcsHeard == workers - 1;
    }

    /** Builds the partitions anew of which something has changed, and tells the other workers which of their vertices are named here. */
    List<ToPeer.Hears> apply() {
        for (PartitionChange place : places) {
            place.nameNewcomers();
        }
        crew.run(places.length, (p, thread) -> {
            if (places[p].isTouched()) {
                graph.partitions[p] = places[p].rebuilt();
            }
        });
        if (names.areMany()) {
            forgetUnused();
        }
        var named = new ArrayList<LongArrayList>();
        for (int peer = 0; peer < workers; peer++) {
            named.add(new LongArrayList());
        }
        for (int slot = 0; workers > 1 && slot < names.size(); slot++) {
            named.get(graph.placement.owners()[graph.placement.partitionOf(names.idOf(slot))]).add(names.idOf(slot));
        }
        var lists = new ArrayList<ToPeer.Hears>();
        for (int peer = 0; peer < workers; peer++) {
            long[] ids = sorted(named.get(peer));
            lists.add(new ToPeer.Hears(worker, ids, new int[0], new int[0]));
        }
        return lists;
    }

    /**
     * Gives slots anew to those that exist here or are named in some list; a graph in which vertices come and go for ever needs no
     * more.
     */
    private void forgetUnused() {
        var isUsed = new boolean[names.size()];
        for (Partition partition : graph.partitions) {
            for (int[] slots : partition.slotLists()) {
                for (int slot : slots) {
                    isUsed[slot] = true;
                }
            }
        }
        var slotsAfter = new int[isUsed.length];
        names = names.compacted(isUsed, slotsAfter);
        crew.run(graph.partitions.length, (p, thread) -> {
            for (int[] slots : graph.partitions[p].slotLists()) {
                for (int i = 0; i < slots.length; i++) {
                    slots[i] = slotsAfter[slots[i]];
                }
            }
        });
    }

    /** Takes which of this worker's vertices another one names. */
    void add(ToPeer.Hears named) {
        namedByPeers.add(named);
    }

    boolean hasHeardFromAll() {
        return namedByPeers.size() == workers - 1;
    }

    /** Where each vertex of an owned partition was before the change, -1 for one that came; null where they are as they were. */
    int[] oldIndexes(int place) {
        return places[place].oldIndexes();
    }

    /** Whether a vertex has come that did not exist, at this index of an owned partition. */
    boolean isNew(int place, int index) {
        return places[place].isNew(index);
    }

    /**
     * The graph after the change.
     *
     * @param namedHere what {@link #apply} has returned, by worker
     */
    LocalGraph changed(List<ToPeer.Hears> namedHere) {
        int start = 0;
        for (Partition partition : graph.partitions) {
            partition.start = start;
            start = Math.addExact(start, partition.size + 63 & ~63);
        }
        var mirrors = new ArrayList<Speakers>();
        var mirrorIds = new ArrayList<long[]>();
        var isCovered = new boolean[names.size()];
        for (int peer = 0; peer < workers; peer++) {
            if (peer == worker) {
                continue;
            }
            long[] ids = namedHere.get(peer).ids();
            int[] bounds = graph.placement.bounds(ids);
            for (int number : graph.placement.ownedBy(peer)) {
                long[] mirrored = Arrays.copyOfRange(ids, bounds[number], bounds[number + 1]);
                mirrors.add(new Speakers(number, Arrays.stream(mirrored).mapToInt(names::slotOf).toArray()));
                mirrorIds.add(mirrored);
            }
        }
        var subscriptions = new ArrayList<LocalGraph.Subscription>();
        for (ToPeer.Hears named : namedByPeers) {
            int[] bounds = graph.placement.bounds(named.ids());
            for (Partition partition : graph.partitions) {
                int[] indexes = Arrays.stream(named.ids(), bounds[partition.number], bounds[partition.number + 1])
                    .mapToInt(partition::indexOf).toArray();
                subscriptions.add(new LocalGraph.Subscription(named.from(), partition, indexes));
            }
        }
        for (Partition partition : graph.partitions) {
            cover(isCovered, partition.slots);
        }
        mirrors.forEach(group -> cover(isCovered, group.slots));
        var ghosts = new IntArrayList();
        for (int slot = 0; slot < isCovered.length; slot++) {
            if (!isCovered[slot]) {
                ghosts.add(slot);
            }
        }
        return graph.changed(mirrors, mirrorIds, subscriptions, names, ghosts.toIntArray());
    }

    private static void cover(boolean[] isCovered, int[] slots) {
        for (int slot : slots) {
            isCovered[slot] = true;
        }
    }
}
