package org.superstep.worker;

import java.io.UncheckedIOException;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.SendList;

/**
 * Delivers again what could not be delivered, one message at a time, to find out which one it is that {@code along} or the combiner throws
 * at. The loops that deliver keep no note of where they are, and need none: both are pure functions, and a job that has failed can take the
 * time. Only what throws as the delivery did is taken for its fault.
 */
final class Redelivery {
    private final LocalGraph graph;
    private final Kernel spoken;
    private final MessageForm form;
    private final Kernel.Speaking speaking;
    private final Lane lane;
    private final Class<?> wanted;

    /** The vertex that was to hear the message, and the one that has said it. */
    private long hearer;
    private long sender;
    private boolean isInCombiner;
    private String message = "";
    private Throwable thrown;

    /** {@code speaking} tells whom to ask whether it has spoken; {@code failure} is what the delivery has thrown. */
    Redelivery(LocalGraph graph, Kernel spoken, MessageForm form, Kernel.Speaking speaking, Lane lane, Throwable failure) {
        this.graph = graph;
        this.spoken = spoken;
        this.form = form;
        this.speaking = speaking;
        this.lane = lane;
        // A step on several threads hands checked exceptions on in unchecked ones.
        wanted = (failure instanceof UncheckedIOException ? failure.getCause() : failure).getClass();
    }

    /** Whether a message to any vertex is at fault; the least vertex is found first, whatever the threads and partitions. */
    boolean findsFault() {
        for (int place = 0; place < graph.partitions.length; place++) {
            for (int index = 0; index < graph.partitions[place].size; index++) {
                if (findsFault(place, index)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a message to this vertex is at fault. */
    boolean findsFault(int place, int index) {
        Partition partition = graph.partitions[place];
        Adjacency lists = partition.hearing(spoken.structure);
        SendBox box = partition.sendBox;
        int send = box == null ? 0 : box.offsets()[index];
        int endOfSends = box == null ? 0 : box.offsets()[index + 1];
        long[] ids = graph.idOfSlot();
        var broadcast = new SendList();
        broadcast.hold(spoken.board.width);
        hearer = partition.ids[index];
        partition.received[index >>> 6] &= ~(1L << index);
        int end = speaking == Kernel.Speaking.NONE ? 0 : lists.offsets[index + 1];
        for (int entry = lists.offsets[index]; entry < end; entry++) {
            int slot = lists.slots[entry];
            if (speaking == Kernel.Speaking.SOME && spoken.board.spoke[slot] == 0) {
                continue;
            }
            for (; send < endOfSends && box.sends().senders[send] < ids[slot]; send++) {
                if (fails(place, index, box.sends(), send)) {
                    return true;
                }
            }
            broadcast.clear();
            try {
                spoken.holdBack(broadcast, ids[slot], hearer, slot, lists.weight(entry));
            } catch (Throwable t) {
                return isFault(t, false, ids[slot], spoken.board.heardText(slot) + ", over an edge of weight " + lists.weight(entry));
            }
            if (fails(place, index, broadcast, 0)) {
                return true;
            }
        }
        for (; send < endOfSends; send++) {
            if (fails(place, index, box.sends(), send)) {
                return true;
            }
        }
        return false;
    }

    private boolean fails(int place, int index, SendList messages, int number) {
        try {
            spoken.receive(place, index, messages, number);
            return false;
        } catch (Throwable t) {
            spoken.listen(place, index, true, false, lane);
            return isFault(t, true, messages.senders[number], ValueTexts.message(form.kind(), messages.messages, number)
                + "; before it " + VertexText.messages(lane.view, form));
        }
    }

    private boolean isFault(Throwable t, boolean inCombiner, long senderId, String text) {
        thrown = t;
        isInCombiner = inCombiner;
        sender = senderId;
        message = text;
        return wanted.isInstance(t);
    }

    /** Where the fault is: {@code its combiner, as vertex 3 hears vertex 7}. */
    String place() {
        return (isInCombiner ? "its combiner" : "along") + ", as vertex " + hearer + " hears vertex " + sender;
    }

    /** The message at fault. */
    String message() {
        return message;
    }

    /** What it has thrown. */
    Throwable thrown() {
        return thrown;
    }
}
