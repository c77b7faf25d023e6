package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.io.IOException;

/**
 * Hearing lists as a checkpoint holds them: their entries are ids, in the order of the lists; little-endian.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  entries m
 *        4      4  form of the weights: 0 none, 1 bytes, 2 floats, 3 doubles
 *        8      4  bytes an entry e: 4 or 8
 *       12      8  base: the least id, 0 without entries
 *       20      8  the greatest id
 *       28     em  ids: as they are, or less the base where all differ from it by less than 2^32
 *    28+em     fm  weights, of 0, 1, 4 or 8 bytes
 * </pre>
 *
 * <p>How long each row is, is not written: it is some degree of the row's vertex.
 */
final class SavedLists {
    private static final int NARROW = Integer.BYTES;
    private static final int WIDE = Long.BYTES;

    final long least;
    final long greatest;
    private final int[] offsets;
    /** The entries less {@link #least}, until {@link #name} has made ranks of them; null while they are wide. */
    private int[] narrow;
    private long[] wide;
    /** What an entry lacks to be a rank. */
    private int toRank;
    private final Object weights;

    private SavedLists(int[] offsets, BlockReader in) throws IOException {
        this.offsets = offsets;
        int size = in.getInt();
        int form = in.getInt();
        int bytes = in.getInt();
        least = in.getLong();
        greatest = in.getLong();
        if (bytes == NARROW) {
            narrow = in.getInts(size);
        } else {
            wide = in.getLongs(size);
        }
        weights = switch (form) {
            case Adjacency.NONE -> null;
            case Adjacency.BYTES -> in.getBytes(size);
            case Adjacency.FLOATS -> in.getFloats(size);
            default -> in.getDoubles(size);
        };
    }

    /** Lists whose rows are so long. */
    static SavedLists read(int[] offsets, BlockReader in) throws IOException {
        return new SavedLists(offsets, in);
    }

    /** Writes lists whose slots stand for these ids. */
    static void write(Adjacency lists, long[] idOfSlot, BlockWriter out) throws IOException {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int row = 0; row + 1 < lists.offsets.length; row++) {
            if (lists.offsets[row] < lists.offsets[row + 1]) {
                // Rows ascend.
                least = Math.min(least, idOfSlot[lists.slots[lists.offsets[row]]]);
                greatest = Math.max(greatest, idOfSlot[lists.slots[lists.offsets[row + 1] - 1]]);
            }
        }
        int size = lists.slots.length;
        boolean isNarrow = greatest - least >>> 32 == 0;
        out.putInt(size);
        out.putInt(lists.weightForm);
        out.putInt(isNarrow ? NARROW : WIDE);
        out.putLong(size == 0 ? 0 : least);
        out.putLong(size == 0 ? 0 : greatest);
        for (int slot : lists.slots) {
            if (isNarrow) {
                out.putInt((int) (idOfSlot[slot] - least));
            } else {
                out.putLong(idOfSlot[slot]);
            }
        }
        switch (lists.weightForm) {
            case Adjacency.NONE -> { }
            case Adjacency.BYTES -> out.putBytes(lists.byteWeights);
            case Adjacency.FLOATS -> out.putFloats(lists.floatWeights);
            default -> out.putDoubles(lists.doubleWeights);
        }
    }

    int size() {
        return narrow == null ? wide.length : narrow.length;
    }

    /** Adds all ids. */
    void addTo(LongOpenHashSet ids) {
        for (int i = 0; i < size(); i++) {
            ids.add(wide == null ? least + Integer.toUnsignedLong(narrow[i]) : wide[i]);
        }
    }

    /** Counts over how many entries each rank is heard; from now on entries are ranks, or nearly so. */
    void count(RankSpace ranks, int[] hearings) {
        if (wide == null && ranks.isDense()) {
            toRank = (int) (least - ranks.first());
        } else {
            var named = new int[size()];
            for (int i = 0; i < named.length; i++) {
                named[i] = ranks.rankOf(wide == null ? least + Integer.toUnsignedLong(narrow[i]) : wide[i]);
            }
            narrow = named;
            wide = null;
        }
        int[] entries = narrow;
        int more = toRank;
        for (int entry : entries) {
            hearings[entry + more]++;
        }
    }

    /** The lists, of slots; to be called once, after {@link #count}. */
    Adjacency adjacency(int[] slotOfRank, long[][] columns) {
        int[] entries = narrow;
        int more = toRank;
        for (int i = 0; i < entries.length; i++) {
            entries[i] = slotOfRank[entries[i] + more];
        }
        return Adjacency.restored(offsets, entries, weights, columns);
    }
}
