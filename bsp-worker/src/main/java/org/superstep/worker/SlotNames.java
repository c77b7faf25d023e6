package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;

/**
 * The slots of a graph that changes, by vertex id and back. A slot is never given to another vertex: who names a vertex that has gone keeps
 * the slot, and finds it again when the vertex comes back.
 */
final class SlotNames {
    private final LongArrayList idOfSlot;
    private final Long2IntOpenHashMap slotOfId;

    /** The slots that there are. */
    SlotNames(long[] ids) {
        idOfSlot = new LongArrayList(ids);
        slotOfId = new Long2IntOpenHashMap(ids.length);
        slotOfId.defaultReturnValue(-1);
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
}
