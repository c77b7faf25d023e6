package org.superstep.graph.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.superstep.graph.Codec;

/**
 * Objects by way of their codec: first the length in bytes, then the bytes, big-endian, eight a long, the last one filled up with zeros.
 *
 * @param codec writes and reads the objects
 * @param what names in errors what they are the values of
 */
record CodecForm<T>(Codec<T> codec, String what) implements Form<T> {
    CodecForm {
        if (codec == null) {
            throw new IllegalArgumentException(what + " has no codec; give it one of your own or of Codecs");
        }
    }

    @Override public long[] words(T value) {
        var bytes = new ByteArrayOutputStream();
        try {
            codec.write(value, new DataOutputStream(bytes));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("the codec of " + what + " cannot write a value: " + e, e);
        }
        int length = bytes.size();
        var words = new long[1 + (length + Long.BYTES - 1) / Long.BYTES];
        words[0] = length;
        var padded = ByteBuffer.allocate(Long.BYTES * (words.length - 1)).put(bytes.toByteArray()).rewind();
        padded.asLongBuffer().get(words, 1, words.length - 1);
        return words;
    }

    @Override public T value(long[] words) {
        int length = (int) words[0];
        var padded = ByteBuffer.allocate(Long.BYTES * (words.length - 1));
        padded.asLongBuffer().put(words, 1, words.length - 1);
        var bytes = new ByteArrayInputStream(padded.array(), 0, length);
        T value;
        try {
            value = codec.read(new DataInputStream(bytes));
        } catch (EOFException e) {
            throw new IllegalStateException("the codec of " + what + " wrote " + length + " bytes and reads more; it must read exactly what"
                + " it has written", e);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("the codec of " + what + " cannot read what it has written: " + e, e);
        }
        if (bytes.available() > 0) {
            throw new IllegalStateException("the codec of " + what + " wrote " + length + " bytes and reads " + (length - bytes.available())
                + "; it must read exactly what it has written");
        }
        if (value == null) {
            throw new IllegalStateException("the codec of " + what + " reads null; it must read what it has written");
        }
        return value;
    }
}
