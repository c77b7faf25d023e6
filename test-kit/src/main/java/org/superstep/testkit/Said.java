package org.superstep.testkit;

import java.util.stream.LongStream;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;

/** What one vertex says to another, as it arrives: one message, number 0 of its content. */
record Said(long sender, long target, boolean isSent, MessageForm.Kind kind, MessageArray content) {
    /** The message as it is shown to whoever steps through a run. */
    Interpreter.Message shown() {
        return new Interpreter.Message(sender, target, isSent, value());
    }

    /** A Double or Long, the object, or an array of a vector's elements, copied. */
    Object value() {
        long[] words = content.words;
        return switch (kind) {
            case DOUBLE -> Double.longBitsToDouble(words[0]);
            case LONG -> words[0];
            case OBJECT -> content.objects[0];
            case DOUBLE_VECTOR -> LongStream.of(words).mapToDouble(Double::longBitsToDouble).toArray();
            case LONG_VECTOR -> words.clone();
        };
    }
}
