package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/**
 * The slots of a graph that changes, by vertex id and back. Who names a vertex that has gone keeps the slot, and finds it again when the
 * vertex comes back; slots that nobody names are found now and then, and all are given anew.
 */
final class SlotNames {
    /** Twice as many names as there were is worth the work of looking which are still used; few are not. */
    private static final int FEW = 64;

    private final LongArrayList idOfSlot;
    private final Long2IntOpenHashMap slotOfId;
    private final int most;

    /** The slots that there are. */
    SlotNames(long[] ids) {
        idOfSlot = new LongArrayList(ids);
        slotOfId = new Long2IntOpenHashMap(ids.length);
        slotOfId.defaultReturnValue(-1);
        most = (int) Math.min(Integer.MAX_VALUE, 2L * ids.length + FEW);
        for (int slot = 0; slot < ids.length; slot++) {
            slotOfId.put(ids[slot], slot);
        }
    }

    /** The slot of a vertex, a new one if it has none yet. */
    int slotOf(long vertexId) {
        int slot = slotOfId.get(vertexId);
        if (slot < 0) {
            slot = idOfSlot.size();
            idOfSlot.add(vertexId);
            slotOfId.put(vertexId, slot);
        }
        return slot;
    }

    long idOf(int slot) {
        return idOfSlot.getLong(slot);
    }

    int size() {
        return idOfSlot.size();
    }

    /** All ids, by slot; the array is the names' own, may be longer, and holds until the next slot is given. */
    long[] ids() {
        return idOfSlot.elements();
    }

    /** Whether so many slots have been given that those nobody names any more should be found. */
    boolean areMany() {
        return size() > most;
    }

    /**
     * Names of the slots that are used, in their order.
     *
     * @param isUsed by slot
     * @param slotsAfter by slot, filled with the slot that the vertex has in the new names
     */
    SlotNames compacted(boolean[] isUsed, int[] slotsAfter) {
        var ids = new LongArrayList();
        for (int slot = 0; slot < isUsed.length; slot++) {
            if (isUsed[slot]) {
                slotsAfter[slot] = ids.size();
                ids.add(idOf(slot));
            }
        }
        return new SlotNames(ids.toLongArray());
    }
}
