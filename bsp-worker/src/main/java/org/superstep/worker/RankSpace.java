package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;
import org.superstep.net.Placement;

/**
 * The ids at either end of a worker's arcs, numbered in their own order, so that what follows can sort and count ints. Where ids are dense
 * a rank is an id's distance from the least one, and some ranks name no vertex; else the ids are listed, and a map finds their places.
 */
final class RankSpace {
    /** Spans up to this many ids are dense whatever the number of arcs. */
    private static final long SMALL_SPAN = 1 << 16;

    private final long first;
    private final int size;
    /** Null where ids are dense. */
    private final long[] ids;
    private final Long2IntOpenHashMap ranks;

    private RankSpace(long first, int size, long[] ids, Long2IntOpenHashMap ranks) {
        this.first = first;
        this.size = size;
        this.ids = ids;
        this.ranks = ranks;
    }

    /** The ids of one task, as {@link #of} asks for them. */
    interface Ids {
        /** Adds all ids of a task. */
        void addTo(LongOpenHashSet ids, int task);
    }

    /** The space of all ids in these bins, of which the worker owns some partitions. */
    static RankSpace of(ArcBins bins, int[] partitions, Crew crew) {
        return of(bins.least(), bins.greatest(), bins.arcs(), partitions.length, (ids, task) -> {
            for (int kind = 0; kind < 2; kind++) {
                for (ArcBlock block : bins.blocks(partitions[task], kind == 1)) {
                    for (int end = 0; end < 2 * block.size; end++) {
                        ids.add(block.id(end, bins.base));
                    }
                }
            }
        }, crew);
    }

    /**
     * The space of all ids at the ends of so many arcs.
     *
     * @param least the least id; of no meaning without arcs
     * @param greatest the greatest
     * @param arcs how many arcs there are
     * @param tasks into how many tasks listing the ids falls
     * @param listed lists them, where they are not dense
     */
    static RankSpace of(long least, long greatest, long arcs, int tasks, Ids listed, Crew crew) {
        if (arcs == 0) {
            return new RankSpace(0, 0, null, null);
        }
        long span = greatest - least;
        if (span >= 0 && span < Math.max(SMALL_SPAN, Math.min(Integer.MAX_VALUE - 64, 2 * arcs))) {
            return new RankSpace(least, (int) span + 1, null, null);
        }
        var sets = new LongOpenHashSet[crew.threads()];
        crew.run(tasks, (task, thread) -> {
            if (sets[thread] == null) {
                sets[thread] = new LongOpenHashSet();
            }
            listed.addTo(sets[thread], task);
        });
        var all = new LongOpenHashSet();
        for (LongOpenHashSet set : sets) {
            if (set != null) {
                all.addAll(set);
            }
        }
        long[] ids = all.toLongArray();
        Arrays.parallelSort(ids);
        var ranks = new Long2IntOpenHashMap(ids.length);
        ranks.defaultReturnValue(-1);
        for (int rank = 0; rank < ids.length; rank++) {
            ranks.put(ids[rank], rank);
        }
        return new RankSpace(0, ids.length, ids, ranks);
    }

    int size() {
        return size;
    }

    boolean isDense() {
        return ids == null;
    }

    /** The id of rank 0 where ids are dense. */
    long first() {
        return first;
    }

    /** The rank of an id, or -1 where it has none. */
    int rankOf(long id) {
        if (ids != null) {
            return ranks.get(id);
        }
        long rank = id - first;
        return rank >= 0 && rank < size ? (int) rank : -1;
    }

    long idOf(int rank) {
        return ids != null ? ids[rank] : first + rank;
    }

    /** The least rank whose id is not less than this one; {@link #size()} where there is none. */
    int ceiling(long id) {
        if (ids != null) {
            int place = Arrays.binarySearch(ids, id);
            return place >= 0 ? place : -place - 1;
        }
        if (size == 0 || id <= first) {
            return 0;
        }
        // The distance may overflow, then it is beyond the end.
        long distance = id - first;
        return distance < 0 || distance > size ? size : (int) distance;
    }

    /** The least rank of a partition's ids. */
    int firstOf(Placement placement, int partition) {
        return partition == 0 ? 0 : ceiling(placement.firsts()[partition - 1]);
    }

    /** The end of the ranks of a partition's ids. */
    int endOf(Placement placement, int partition) {
        return partition == placement.partitions() - 1 ? size : ceiling(placement.firsts()[partition]);
    }
}
