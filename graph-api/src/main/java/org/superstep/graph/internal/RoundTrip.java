package org.superstep.graph.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.superstep.graph.Codec;

/** What a codec makes of an object and back; finds codecs that do not read what they have written. */
public final class RoundTrip {
    private final Codec<Object> codec;
    /** Which codec it is, for errors. */
    private final String subject;

    /** The way through this codec of messages. */
    public RoundTrip(Codec<?> codec) {
        this(codec, "codec " + codec.getClass().getName().substring(codec.getClass().getName().lastIndexOf('.') + 1));
    }

    /** The way through this codec, which errors call so. */
    @SuppressWarnings("unchecked")
    RoundTrip(Codec<?> codec, String subject) {
        this.codec = (Codec<Object>) codec;
        this.subject = subject;
    }

    /** An object that has been written and read. */
    public Object of(Object value) {
        return read(written(value));
    }

    /** The object as bytes. */
    public byte[] written(Object value) {
        var bytes = new ByteArrayOutputStream();
        try {
            codec.write(value, new DataOutputStream(bytes));
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(subject + " cannot write a value: " + e, e);
        }
        return bytes.toByteArray();
    }

    /** The object that these bytes are. */
    public Object read(byte[] bytes) {
        return read(bytes, 0, bytes.length);
    }

    /** The object that some of these bytes are. */
    public Object read(byte[] bytes, int from, int length) {
        var in = new ByteArrayInputStream(bytes, from, length);
        Object value;
        try {
            value = codec.read(new DataInputStream(in));
        } catch (EOFException e) {
            throw new IllegalStateException(subject + " wrote " + length + " bytes and reads more; it must read exactly what it has"
                + " written", e);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(subject + " cannot read what it has written: " + e, e);
        }
        if (in.available() > 0) {
            throw new IllegalStateException(subject + " wrote " + length + " bytes and reads " + (length - in.available())
                + "; it must read exactly what it has written");
        }
        if (value == null) {
            throw new IllegalStateException(subject + " reads null; it must read what it has written");
        }
        return value;
    }
}
