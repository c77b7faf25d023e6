package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.List;
import org.superstep.graph.Direction;

/**
 * The partitions of {@link Remains} on their way into another graph, where all slots are others: their lists are rewritten in place. Who
 * heard whom stays.
 */
final class KeptPartitions {
    private final List<Partition> partitions;
    private final long[] idOfSlot;
    /** By slot, in how many entries of the lists it stands. */
    private final int[] hearings;
    private long entries;
    /** By slot; filled in as far as lists name the slots. */
    private int[] rankOfSlot;

    /** Counts who is heard. */
    KeptPartitions(Remains remains, Crew crew) {
        partitions = remains.partitions;
        idOfSlot = remains.idOfSlot;
        var counts = new int[crew.threads()][];
        crew.run(partitions.size(), (p, thread) -> {
            if (counts[thread] == null) {
                counts[thread] = new int[idOfSlot.length];
            }
            for (int[] list : lists(partitions.get(p))) {
                for (int slot : list) {
                    counts[thread][slot]++;
                }
            }
        });
        hearings = new int[idOfSlot.length];
        for (int[] mine : counts) {
            for (int slot = 0; mine != null && slot < mine.length; slot++) {
                hearings[slot] += mine[slot];
            }
        }
        for (int count : hearings) {
            entries += count;
        }
    }

    /** All lists of heard slots of a partition, each once. */
    private static List<int[]> lists(Partition partition) {
        List<int[]> lists = partition.slotLists();
        // The first are the vertices' own slots. Lists of two directions may be the same array, which is equal to no other.
        return lists.subList(1, lists.size()).stream().distinct().toList();
    }

    /** Entries of all lists. */
    long entries() {
        return entries;
    }

    /** The least id that any list names; {@link Long#MAX_VALUE} where none does. */
    long least() {
        long least = Long.MAX_VALUE;
        for (int slot = 0; slot < hearings.length; slot++) {
            least = hearings[slot] > 0 ? Math.min(least, idOfSlot[slot]) : least;
        }
        return least;
    }

    /** The greatest id that any list names; {@link Long#MIN_VALUE} where none does. */
    long greatest() {
        long greatest = Long.MIN_VALUE;
        for (int slot = 0; slot < hearings.length; slot++) {
            greatest = hearings[slot] > 0 ? Math.max(greatest, idOfSlot[slot]) : greatest;
        }
        return greatest;
    }

    /** Adds all ids that lists name. */
    void addTo(LongOpenHashSet named) {
        for (int slot = 0; slot < hearings.length; slot++) {
            if (hearings[slot] > 0) {
                named.add(idOfSlot[slot]);
            }
        }
    }

    /** Counts over how many entries of the lists each rank is heard; to be called before {@link #moved}. */
    void count(RankSpace ranks, int[] byRank) {
        rankOfSlot = new int[hearings.length];
        for (int slot = 0; slot < hearings.length; slot++) {
            if (hearings[slot] > 0) {
                rankOfSlot[slot] = ranks.rankOf(idOfSlot[slot]);
                byRank[rankOfSlot[slot]] += hearings[slot];
            }
        }
    }

    /**
     * A partition in the graph as it is now, with all that its vertices hold. The old one is not used any more.
     *
     * @param start where it begins in the worker's positions
     * @param slots its vertices' slots now
     * @param slotOfRank the slot of everybody whom lists name
     */
    Partition moved(Partition before, int start, int[] slots, int[] slotOfRank) {
        var now = new Partition(before.number, start, before.ids, slots, before.outDegrees, before.inDegrees, before.columns);
        now.takeState(before, null);
        // What was asked for stands in the log.
        now.speakers.changes = null;
        lists(before).forEach(list -> rename(list, slotOfRank));
        for (Direction structure : Direction.values()) {
            if (before.hearing(structure) != null) {
                now.hears(structure, before.hearing(structure));
            }
        }
        now.ghosts = before.ghosts;
        return now;
    }

    private void rename(int[] list, int[] slotOfRank) {
        for (int i = 0; i < list.length; i++) {
            list[i] = slotOfRank[rankOfSlot[list[i]]];
        }
    }
}
