package org.superstep.worker;

import java.nio.ByteBuffer;
import org.superstep.graph.internal.SendList;

/**
 * Where messages of one type stand on their way: what each slot says now, what it said in the superstep before, and the partitions'
 * inboxes. Kernels of the phases with that message type share a worker's board. A slot has one writer in a superstep: the thread that
 * computes its vertex, or the one that decodes its mirror.
 */
abstract class Board {
    /** Which slots broadcast in the superstep before, as bytes, so that threads can write neighbours; kept only for pulling. */
    final byte[] spoke;
    /** Words a message; 0 for objects. */
    final int width;

    Board(int slots, int width) {
        spoke = new byte[slots];
        this.width = width;
    }

    /** Notes who of these has spoken, and who has not. */
    final void note(Speakers speakers) {
        for (int i = 0; i < speakers.slots.length; i++) {
            spoke[speakers.slots[i]] = (byte) (speakers.spoke[i >>> 6] >>> i & 1);
        }
    }

    /** A superstep begins: what was said becomes what is heard. */
    abstract void swap();

    /**
     * Takes over a partition's inbox, from this board as it was before a change of the graph.
     *
     * @param oldIndexes where each vertex was, -1 for one that has no mail; null where the partition is as it was
     */
    abstract void takeInbox(Board before, int place, int[] oldIndexes);

    /** Lets go of what these said in the superstep before, where that takes memory of its own; all of it has been delivered. */
    void forget(Speakers speakers) {
        // Words are overwritten by what is said next.
    }

    /** What the slot said in the superstep before, as text. */
    abstract String heardText(int slot);

    /** Writes what each of these slots says, one behind another. */
    abstract void write(int[] slots, FrameWriter out);

    /** Sets what each of these slots says; the buffer is an array's, from its beginning. */
    abstract void read(int[] slots, ByteBuffer in);

    /** Writes the messages that a partition's inbox holds, of the vertices that have any, ascending. */
    abstract void writeInbox(int place, FrameWriter out);

    /** Sets the messages of a partition's inbox, whose vertices that have any are noted; the buffer is an array's, from its beginning. */
    abstract void readInbox(int place, ByteBuffer in);

    /** Writes what is sent by one send. */
    void writeSend(SendList sends, int send, FrameWriter out) {
        for (int i = send * width; i < (send + 1) * width; i++) {
            out.putLong(sends.messages.words[i]);
        }
    }

    /** Appends a send. */
    void readSend(SendList sends, long sender, long target, ByteBuffer in) {
        sends.hold(width);
        int send = sends.grown(sender, target);
        for (int i = send * width; i < (send + 1) * width; i++) {
            sends.messages.words[i] = in.getLong();
        }
    }
}
