package org.superstep.worker;

import java.util.Arrays;
import org.superstep.graph.internal.MessageArray;

/** Messages from one partition's speakers to one partition, in the order in which they are to be heard. Grows; keeps its arrays. */
final class ListBin {
    int[] indexes = new int[4];
    long[] senders = new long[4];
    final MessageArray messages;
    int size;

    ListBin(int width) {
        messages = new MessageArray(width, 4);
    }

    void add(int index, long sender, MessageArray from, int at) {
        if (size == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * size);
            senders = Arrays.copyOf(senders, 2 * size);
        }
        messages.ensure(size + 1);
        indexes[size] = index;
        senders[size] = sender;
        messages.copy(size++, from, at);
    }

    void clear() {
        messages.forget(0, size);
        size = 0;
    }
}
