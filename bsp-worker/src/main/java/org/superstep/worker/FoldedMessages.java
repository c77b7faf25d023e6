package org.superstep.worker;

import org.superstep.graph.internal.SendList;

/**
 * Of which messages a vertex's folded one was made, where a phase was pulled that folds them as they come: read once more from where they
 * were put, in the order in which they were folded. Good while vertices compute.
 */
final class FoldedMessages {
    private final LocalGraph graph;
    private final Kernel spoken;
    private final Kernel.Speaking speaking;

    /** What was said by this kernel's phase; {@code speaking} tells whom to ask whether it has spoken. */
    FoldedMessages(LocalGraph graph, Kernel spoken, Kernel.Speaking speaking) {
        this.graph = graph;
        this.spoken = spoken;
        this.speaking = speaking;
    }

    /** The messages to the vertex at this index of a partition, each as it has arrived. */
    SendList to(Partition partition, int index) {
        var messages = new SendList();
        messages.hold(spoken.board.width);
        Adjacency lists = partition.hearing(spoken.structure);
        SendBox box = partition.sendBox;
        int send = box == null ? 0 : box.offsets()[index];
        int endOfSends = box == null ? 0 : box.offsets()[index + 1];
        long[] ids = graph.idOfSlot();
        int end = speaking == Kernel.Speaking.NONE ? 0 : lists.offsets[index + 1];
        for (int entry = lists.offsets[index]; entry < end; entry++) {
            int slot = lists.slots[entry];
            if (speaking == Kernel.Speaking.ALL || spoken.board.spoke[slot] != 0) {
                for (; send < endOfSends && box.sends().senders[send] < ids[slot]; send++) {
                    add(messages, box.sends(), send);
                }
                spoken.holdBack(messages, ids[slot], partition.ids[index], slot, lists.weight(entry));
            }
        }
        for (; send < endOfSends; send++) {
            add(messages, box.sends(), send);
        }
        return messages;
    }

    private static void add(SendList messages, SendList sends, int send) {
        messages.add(sends.senders[send], sends.targets[send], sends.messages, send);
    }
}
