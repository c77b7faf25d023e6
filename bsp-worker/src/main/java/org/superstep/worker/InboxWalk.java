package org.superstep.worker;

import org.superstep.graph.internal.MessageWalk;

/** A walk over messages that were pushed to a vertex. */
final class InboxWalk extends MessageWalk {
    private static final int BEFORE_FIRST = -2;

    private ListInbox inbox;
    private int index;

    void place(ListInbox of, int vertexIndex) {
        inbox = of;
        index = vertexIndex;
        messages = of.messages;
        at = BEFORE_FIRST;
    }

    @Override public void rewind() {
        at = BEFORE_FIRST;
    }

    @Override public boolean next() {
        at = at == BEFORE_FIRST ? inbox.heads[index] : at < 0 ? at : inbox.next(at);
        return at >= 0;
    }

    @Override public long senderId() {
        return inbox.sender(at);
    }
}
