package org.superstep.graph.internal;

import java.util.Arrays;

/** Messages of one kind by number: so many words of 64 raw bits each, or objects. Grows when asked; not thread-safe. */
public final class MessageArray {
    /** Words a message; 0: messages are objects. */
    public final int width;
    /** The words of message {@code i} begin at {@code i * width}; empty where messages are objects. */
    public long[] words;
    /** The messages where they are objects. */
    public Object[] objects;

    /** Room for so many messages of this width; 0 for objects. */
    public MessageArray(int width, int capacity) {
        this.width = width;
        words = new long[Math.multiplyExact(width, capacity)];
        objects = new Object[width == 0 ? capacity : 0];
    }

    /** Makes room for at least so many messages. */
    public void ensure(int count) {
        if (width == 0 && count > objects.length) {
            objects = Arrays.copyOf(objects, Math.max(16, Math.max(count, 2 * objects.length)));
        } else if (width * count > words.length) {
            words = Arrays.copyOf(words, Math.max(16 * width, Math.max(Math.multiplyExact(width, count), 2 * words.length)));
        }
    }

    /** Sets one message to what another array of the same kind holds. */
    public void copy(int to, MessageArray from, int at) {
        if (width == 1) {
            words[to] = from.words[at];
        } else if (width == 0) {
            objects[to] = from.objects[at];
        } else {
            System.arraycopy(from.words, at * width, words, to * width, width);
        }
    }

    /** Lets go of the objects from one message to another, exclusive, so that they can be collected. */
    public void forget(int from, int to) {
        if (width == 0) {
            Arrays.fill(objects, from, to, null);
        }
    }
}
