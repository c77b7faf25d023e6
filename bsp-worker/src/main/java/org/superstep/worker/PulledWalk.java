package org.superstep.worker;

import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.SendList;

/**
 * A walk over what the neighbours of a vertex have broadcast, read where they have put it, merged with the sends to it. What a broadcast
 * becomes over an edge is made when the walk comes to it, one message at a time.
 */
final class PulledWalk extends MessageWalk {
    private final ListKernel kernel;
    private final LocalGraph graph;
    /** What the broadcast that the walk has come to has become over its edge. */
    private final MessageArray arrived;
    private Adjacency lists;
    private boolean all;
    private int first;
    private int end;
    private SendList sends;
    private int firstSend;
    private int endOfSends;
    /** The broadcast and the send that come next. */
    private int nextEntry;
    private int nextSend;
    /** The edge of the broadcast that the walk has come to; -1 where it has come to a send. */
    private int entry;

    PulledWalk(ListKernel kernel, LocalGraph graph, int width) {
        this.kernel = kernel;
        this.graph = graph;
        arrived = new MessageArray(width, 1);
    }

    /** Places the walk before the first message to a vertex, and tells whether there is any. */
    boolean place(Adjacency hearing, int index, Kernel.Speaking speaking, SendBox box) {
        lists = hearing;
        all = speaking == Kernel.Speaking.ALL;
        first = speaking == Kernel.Speaking.NONE ? 0 : hearing.offsets[index];
        end = speaking == Kernel.Speaking.NONE ? 0 : hearing.offsets[index + 1];
        sends = box == null ? null : box.sends();
        firstSend = box == null ? 0 : box.offsets()[index];
        endOfSends = box == null ? 0 : box.offsets()[index + 1];
        rewind();
        return nextEntry < end || nextSend < endOfSends;
    }

    @Override public void rewind() {
        at = -1;
        nextEntry = nextSpoken(first);
        nextSend = firstSend;
    }

    private int nextSpoken(int from) {
        byte[] spoke = kernel.board.spoke;
        int[] slots = lists.slots;
        int next = from;
        while (next < end && !all && spoke[slots[next]] == 0) {
            next++;
        }
        return next;
    }

    @Override public boolean next() {
        if (nextEntry < end && (nextSend == endOfSends || sends.senders[nextSend] >= graph.idOfSlot()[lists.slots[nextEntry]])) {
            entry = nextEntry;
            nextEntry = nextSpoken(entry + 1);
            messages = kernel.arrived(lists.slots[entry], lists.weight(entry), arrived);
            at = messages == arrived ? 0 : lists.slots[entry];
            return true;
        }
        if (nextSend < endOfSends) {
            entry = -1;
            messages = sends.messages;
            at = nextSend++;
            return true;
        }
        at = -1;
        return false;
    }

    @Override public long senderId() {
        return entry < 0 ? sends.senders[at] : graph.idOfSlot()[lists.slots[entry]];
    }
}
