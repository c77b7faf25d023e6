package org.superstep.graph.internal;

import java.util.Arrays;

/** The sends of one partition in one superstep, in call order: ascending by sender, because vertices compute in id order. */
public final class SendList {
    /** Vertex ids of the senders; the first {@link #size} entries count. */
    public long[] senders = new long[0];
    /** Vertex ids of the receivers. */
    public long[] targets = new long[0];
    /** The messages as raw bits. */
    public long[] bits = new long[0];
    /** How many sends there are. */
    public int size;

    /** Appends one message. */
    public void add(long sender, long target, long message) {
        if (size == senders.length) {
            int capacity = Math.max(16, size * 2);
            senders = Arrays.copyOf(senders, capacity);
            targets = Arrays.copyOf(targets, capacity);
            bits = Arrays.copyOf(bits, capacity);
        }
        senders[size] = sender;
        targets[size] = target;
        bits[size++] = message;
    }

    /** Forgets all sends; the arrays stay for the next superstep. */
    public void clear() {
        size = 0;
    }
}
