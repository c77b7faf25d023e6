package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.superstep.checkpoint.SegmentInput;
import org.superstep.checkpoint.SegmentOutput;
import org.superstep.graph.Direction;

/**
 * What a checkpoint holds of one partition's vertices and whom they hear: ids alone, in orders that no worker has a say in; little-endian.
 *
 * <pre>
 *   offset   bytes  field
 *        0       4  vertices n
 *        4       4  flags: 1, 2, 4 lists of the direction OUT, IN, BOTH follow; 8 the in-degrees are the out-degrees; 16 ids are narrow;
 *                   32 columns of the edges follow
 *        8       4  ghosts g: vertices that do not exist and that edges lead to
 *       12       8  the least id, 0 without vertices
 *       20      wn  ids, ascending: 8 bytes as they are, or 4 bytes less the least one where they are narrow
 *               4n  out-degrees
 *               4n  in-degrees, if they are others
 *                   lists of each direction, as {@link SavedLists} draws them: over OUT a vertex hears its in-degree of others, over IN its
 *                   out-degree, over BOTH both
 *               8g  ids of the ghosts
 *               4g  their in-degrees
 *                   their lists, if there are any ghosts
 *               4   columns of the edges e, if any follow; of each:
 *               4     edges m
 *              8m     raw bits, in the order of the out-lists
 * </pre>
 */
final class TopologySegment {
    private static final int IN_IS_OUT = 1 << 3;
    private static final int NARROW = 1 << 4;
    private static final int COLUMNED = 1 << 5;
    /** Object headers, bits and columns of a few bytes, in {@link #neededBytes}. */
    private static final int BYTES_A_VERTEX = 40;

    final long[] ids;
    final int[] outDegrees;
    final int[] inDegrees;
    /** By column, what each out-edge held at first; null where edges have none, or the state says what they hold. */
    final long[][] edgeColumns;
    private final Map<Direction, SavedLists> lists = new EnumMap<>(Direction.class);
    private final long[] ghostIds;
    private final int[] ghostOffsets;
    private final SavedLists ghostLists;

    private TopologySegment(BlockReader in) throws IOException {
        int size = in.getInt();
        int flags = in.getInt();
        int ghosts = in.getInt();
        long least = in.getLong();
        if ((flags & NARROW) == 0) {
            ids = in.getLongs(size);
        } else {
            ids = new long[size];
            int[] narrow = in.getInts(size);
            for (int i = 0; i < size; i++) {
                ids[i] = least + Integer.toUnsignedLong(narrow[i]);
            }
        }
        outDegrees = in.getInts(size);
        inDegrees = (flags & IN_IS_OUT) == 0 ? in.getInts(size) : outDegrees;
        for (Direction structure : Direction.values()) {
            if ((flags & flag(structure)) != 0) {
                lists.put(structure, SavedLists.read(offsets(structure), in));
            }
        }
        ghostIds = in.getLongs(ghosts);
        ghostOffsets = sums(in.getInts(ghosts));
        ghostLists = ghosts == 0 ? null : SavedLists.read(ghostOffsets, in);
        edgeColumns = (flags & COLUMNED) == 0 ? null : new long[in.getInt()][];
        for (int i = 0; edgeColumns != null && i < edgeColumns.length; i++) {
            edgeColumns[i] = in.getLongs(in.getInt());
        }
    }

    /** What the segment holds. */
    static TopologySegment read(SegmentInput in) throws IOException {
        return new TopologySegment(new BlockReader(in));
    }

    /**
     * Writes what a partition is.
     *
     * @param idOfSlot what the lists' slots stand for
     * @param columns by column, what each out-edge holds; null where that is none of the topology's business
     */
    static void write(Partition partition, long[] idOfSlot, long[][] columns, SegmentOutput out) throws IOException {
        var block = new BlockWriter(out);
        long[] ids = partition.ids;
        long least = ids.length == 0 ? 0 : ids[0];
        boolean isNarrow = ids.length == 0 || ids[ids.length - 1] - least >>> 32 == 0;
        boolean inIsOut = partition.inDegrees == partition.outDegrees;
        int flags = (isNarrow ? NARROW : 0) | (inIsOut ? IN_IS_OUT : 0) | (columns == null ? 0 : COLUMNED);
        for (Direction structure : Direction.values()) {
            flags |= partition.hearing(structure) == null ? 0 : flag(structure);
        }
        Ghosts ghosts = partition.ghosts;
        block.putInt(ids.length);
        block.putInt(flags);
        block.putInt(ghosts == null ? 0 : ghosts.ids().length);
        block.putLong(least);
        for (long id : ids) {
            if (isNarrow) {
                block.putInt((int) (id - least));
            } else {
                block.putLong(id);
            }
        }
        block.putInts(partition.outDegrees);
        if (!inIsOut) {
            block.putInts(partition.inDegrees);
        }
        for (Direction structure : Direction.values()) {
            if (partition.hearing(structure) != null) {
                SavedLists.write(partition.hearing(structure), idOfSlot, block);
            }
        }
        if (ghosts != null) {
            block.putLongs(ghosts.ids());
            for (int i = 0; i < ghosts.ids().length; i++) {
                block.putInt(ghosts.hearing().offsets[i + 1] - ghosts.hearing().offsets[i]);
            }
            SavedLists.write(ghosts.hearing(), idOfSlot, block);
        }
        if (columns != null) {
            block.putInt(columns.length);
            for (long[] column : columns) {
                block.putInt(column.length);
                block.putLongs(column);
            }
        }
        block.flush();
    }

    private static int flag(Direction structure) {
        return switch (structure) {
            case OUT -> 1;
            case IN -> 2;
            case BOTH -> 4;
        };
    }

    private int[] offsets(Direction structure) {
        return switch (structure) {
            case OUT -> sums(inDegrees);
            case IN -> sums(outDegrees);
            case BOTH -> {
                var both = new int[ids.length];
                for (int i = 0; i < both.length; i++) {
                    both[i] = outDegrees[i] + inDegrees[i];
                }
                yield sums(both);
            }
        };
    }

    private static int[] sums(int[] counts) {
        var sums = new int[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            sums[i + 1] = Math.addExact(sums[i], counts[i]);
        }
        return sums;
    }

    /** About how much heap a partition takes without its values. */
    static long neededBytes(Partition partition) {
        long bytes = (long) BYTES_A_VERTEX * partition.size;
        for (Direction structure : Direction.values()) {
            Adjacency lists = partition.hearing(structure);
            if (lists != null) {
                int weightBytes = lists.weightForm == Adjacency.NONE ? 0 : lists.weightForm == Adjacency.BYTES ? 1
                    : lists.weightForm == Adjacency.FLOATS ? Float.BYTES : Double.BYTES;
                int columns = lists.columns == null ? 0 : lists.columns.length;
                bytes += (long) (Integer.BYTES + weightBytes + Long.BYTES * columns) * lists.slots.length;
            }
        }
        return bytes;
    }

    /** Entries of all lists. */
    long entries() {
        long entries = ghostLists == null ? 0 : ghostLists.size();
        for (SavedLists structure : lists.values()) {
            entries += structure.size();
        }
        return entries;
    }

    /** The least id that any list names; {@link Long#MAX_VALUE} where none does. */
    long least() {
        long least = ghostLists == null ? Long.MAX_VALUE : ghostLists.least;
        for (SavedLists structure : lists.values()) {
            least = structure.size() == 0 ? least : Math.min(least, structure.least);
        }
        return least;
    }

    /** The greatest id that any list names; {@link Long#MIN_VALUE} where none does. */
    long greatest() {
        long greatest = ghostLists == null ? Long.MIN_VALUE : ghostLists.greatest;
        for (SavedLists structure : lists.values()) {
            greatest = structure.size() == 0 ? greatest : Math.max(greatest, structure.greatest);
        }
        return greatest;
    }

    /** Adds all ids that lists name. */
    void addTo(LongOpenHashSet named) {
        for (SavedLists structure : lists.values()) {
            structure.addTo(named);
        }
        if (ghostLists != null) {
            ghostLists.addTo(named);
        }
    }

    /** Counts over how many entries of its lists each rank is heard. */
    void count(RankSpace ranks, int[] hearings) {
        for (SavedLists structure : lists.values()) {
            structure.count(ranks, hearings);
        }
        if (ghostLists != null) {
            ghostLists.count(ranks, hearings);
        }
    }

    /**
     * Gives a partition of these vertices its lists; to be called once, after {@link #count}.
     *
     * @param columned the lists that have the edges' columns
     * @param columns what those hold; null where there are none
     */
    void fill(Partition partition, int[] slotOfRank, Direction columned, long[][] columns) {
        lists.forEach((structure, saved) ->
            partition.hears(structure, saved.adjacency(slotOfRank, structure == columned ? columns : null)));
        lists.clear();
        if (ghostLists != null) {
            partition.ghosts = new Ghosts(ghostIds, ghostLists.adjacency(slotOfRank, null));
        }
    }
}
