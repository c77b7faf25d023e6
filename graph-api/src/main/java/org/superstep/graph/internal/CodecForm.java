package org.superstep.graph.internal;

import java.nio.ByteBuffer;
import org.superstep.graph.Codec;

/**
 * Objects by way of their codec: first the length in bytes, then the bytes, big-endian, eight a long, the last one filled up with zeros.
 *
 * @param <T> the objects' type
 */
final class CodecForm<T> implements Form<T> {
    private final RoundTrip codec;

    /** {@code what} names in errors what the objects are the values of. */
    CodecForm(Codec<T> codec, String what) {
        if (codec == null) {
            throw new IllegalArgumentException(what + " has no codec; give it one of your own or of Codecs");
        }
        this.codec = new RoundTrip(codec, "the codec of " + what);
    }

    @Override public long[] words(T value) {
        byte[] bytes = codec.written(value);
        var words = new long[1 + (bytes.length + Long.BYTES - 1) / Long.BYTES];
        words[0] = bytes.length;
        var padded = ByteBuffer.allocate(Long.BYTES * (words.length - 1)).put(bytes).rewind();
        padded.asLongBuffer().get(words, 1, words.length - 1);
        return words;
    }

    @SuppressWarnings("unchecked")
    @Override public T value(long[] words) {
        var padded = ByteBuffer.allocate(Long.BYTES * (words.length - 1));
        padded.asLongBuffer().put(words, 1, words.length - 1);
        return (T) codec.read(padded.array(), 0, (int) words[0]);
    }
}
