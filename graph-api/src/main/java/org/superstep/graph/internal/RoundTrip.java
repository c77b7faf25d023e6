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

    /** The way through this codec. */
    @SuppressWarnings("unchecked")
    public RoundTrip(Codec<?> codec) {
        this.codec = (Codec<Object>) codec;
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
        } catch (IOException e) {
            throw new IllegalStateException("codec " + name() + " cannot write " + value + ": " + e.getMessage(), e);
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
            throw new IllegalStateException("codec " + name() + " reads more than the " + length + " bytes that it has written", e);
        } catch (IOException e) {
            throw new IllegalStateException("codec " + name() + " cannot read what it has written: " + e.getMessage(), e);
        }
        if (in.available() > 0) {
            throw new IllegalStateException("codec " + name() + " reads " + (length - in.available()) + " of the " + length
                + " bytes that it has written");
        }
        if (value == null) {
            throw new IllegalStateException("codec " + name() + " reads null; every value that it writes is an object");
        }
        return value;
    }

    private String name() {
        String name = codec.getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
