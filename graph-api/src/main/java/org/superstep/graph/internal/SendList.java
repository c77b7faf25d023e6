package org.superstep.graph.internal;

import java.util.Arrays;

/** The sends of one partition in one superstep, in call order: ascending by sender, because vertices compute in id order. */
public final class SendList {
    /** Vertex ids of the senders; the first {@link #size} entries count. */
    public long[] senders = new long[0];
    /** Vertex ids of the receivers. */
    public long[] targets = new long[0];
    /** What is sent. */
    public MessageArray messages = new MessageArray(1, 0);
    /** How many sends there are. */
    public int size;

    /** Sets of what kind the messages are: so many words each, or 0 for objects. The list must be empty. */
    public void hold(int width) {
        if (messages.width != width) {
            messages = new MessageArray(width, 0);
        }
    }

    /** Appends one message of one word. */
    public void add(long sender, long target, long bits) {
        // Not in one expression: growing may replace the array.
        int number = grown(sender, target);
        messages.words[number] = bits;
    }

    /** Appends one message that is an object. */
    public void add(long sender, long target, Object message) {
        int number = grown(sender, target);
        messages.objects[number] = message;
    }

    /** Appends a copy of another message, of the same kind. */
    public void add(long sender, long target, MessageArray from, int at) {
        int number = grown(sender, target);
        messages.copy(number, from, at);
    }

    /** Appends a message whose content the caller sets; returns its number. */
    public int grown(long sender, long target) {
        if (size == senders.length) {
            int capacity = Math.max(16, size * 2);
            senders = Arrays.copyOf(senders, capacity);
            targets = Arrays.copyOf(targets, capacity);
        }
        messages.ensure(size + 1);
        senders[size] = sender;
        targets[size] = target;
        return size++;
    }

    /** Makes the list so long; what it did not hold before is undefined until it is set. */
    public void setSize(int count) {
        if (count > senders.length) {
            senders = Arrays.copyOf(senders, count);
            targets = Arrays.copyOf(targets, count);
        }
        messages.ensure(count);
        size = count;
    }

    /** Sets one send to what another list of the same kind holds. */
    public void set(int to, SendList from, int at) {
        senders[to] = from.senders[at];
        targets[to] = from.targets[at];
        messages.copy(to, from.messages, at);
    }

    /** Forgets all sends but so many of the first. */
    public void shorten(int count) {
        messages.forget(count, size);
        size = count;
    }

    /** Forgets all sends; the arrays stay for the next superstep. */
    public void clear() {
        shorten(0);
    }
}
