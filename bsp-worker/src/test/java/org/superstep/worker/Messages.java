package org.superstep.worker;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.superstep.graph.internal.MessageArray;

/** Messages as values that tests compare. */
final class Messages {
    private Messages() {
    }

    /** One message: the object, or a list of its words. */
    static Object content(MessageArray messages, int number) {
        return messages.width == 0 ? messages.objects[number]
            : LongStream.of(Arrays.copyOfRange(messages.words, number * messages.width, (number + 1) * messages.width)).boxed().toList();
    }
}
