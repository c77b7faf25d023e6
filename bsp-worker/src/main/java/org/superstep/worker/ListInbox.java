package org.superstep.worker;

import java.util.Arrays;
import org.superstep.graph.internal.MessageArray;

/**
 * The messages to one partition's vertices, each vertex's as a chain in the order in which they came, which is that of their senders' ids.
 * Chains rather than rows, so that a superstep in which few vertices hear costs what those few hear. A bit of the partition tells whether a
 * vertex has a chain. One thread at a time.
 */
final class ListInbox {
    private static final int NONE = -1;

    /** By vertex index: the first message of its chain, and the last; of no meaning for one that heard nothing. */
    final int[] heads;
    private final int[] tails;
    /** By message: the next of the chain. */
    private int[] nexts = new int[4];
    private long[] senders = new long[4];
    final MessageArray messages;
    private int size;

    ListInbox(int vertices, int width) {
        this(vertices, new MessageArray(width, 4));
    }

    private ListInbox(int vertices, MessageArray messages) {
        heads = new int[vertices];
        tails = new int[vertices];
        this.messages = messages;
    }

    /** The same chains for vertices in another order; -1 stands for one without a chain. This inbox is not used any more. */
    ListInbox reordered(int[] oldIndexes) {
        var reordered = new ListInbox(oldIndexes.length, messages);
        reordered.nexts = nexts;
        reordered.senders = senders;
        reordered.size = size;
        for (int i = 0; i < oldIndexes.length; i++) {
            reordered.heads[i] = oldIndexes[i] < 0 ? NONE : heads[oldIndexes[i]];
            reordered.tails[i] = oldIndexes[i] < 0 ? NONE : tails[oldIndexes[i]];
        }
        return reordered;
    }

    /** Appends a message to the chain of a vertex, or begins it. */
    void add(int index, boolean isFirst, long sender, MessageArray from, int at) {
        if (size == nexts.length) {
            nexts = Arrays.copyOf(nexts, 2 * size);
            senders = Arrays.copyOf(senders, 2 * size);
        }
        messages.ensure(size + 1);
        messages.copy(size, from, at);
        senders[size] = sender;
        nexts[size] = NONE;
        if (isFirst) {
            heads[index] = size;
        } else {
            nexts[tails[index]] = size;
        }
        tails[index] = size++;
    }

    int next(int message) {
        return nexts[message];
    }

    long sender(int message) {
        return senders[message];
    }

    /** Forgets all messages. */
    void clear() {
        messages.forget(0, size);
        size = 0;
    }
}
