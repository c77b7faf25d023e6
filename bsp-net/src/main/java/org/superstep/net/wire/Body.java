package org.superstep.net.wire;

import java.nio.ByteBuffer;

/**
 * The body of a peer's frame as it is read, little-endian. A layout begins with numbers at fixed offsets and ends with arrays whose lengths
 * these tell: {@link #mustEnd} compares them with the bytes that are there, to the byte, before any memory is taken for an array.
 */
final class Body {
    private final Fields fields;
    private final ByteBuffer bytes;

    /** A body that begins with so many bytes of numbers. */
    Body(String message, byte[] body, int headBytes) {
        fields = new Fields(message);
        if (body.length < headBytes) {
            throw new WireException(message + " must be at least " + headBytes + " bytes, was " + body.length);
        }
        bytes = LittleEndian.over(body);
    }

    WireException wrong(String field, String what) {
        return fields.wrong(field, what);
    }

    /** Something that is numbered from 0, or a number of things. */
    int number(String field, int offset) {
        return fields.number(field, bytes.getInt(offset));
    }

    int bits(int offset) {
        return bytes.getInt(offset);
    }

    long id(int offset) {
        return bytes.getLong(offset);
    }

    /** As the counts say, the body ends here. Call before any array is read. */
    void mustEnd(long offset) {
        if (bytes.capacity() != offset) {
            throw new WireException(fields.message() + " must be " + offset + " bytes by its counts, was " + bytes.capacity());
        }
    }

    long[] longs(int offset, int count) {
        var values = new long[count];
        bytes.position(offset).asLongBuffer().get(values);
        return values;
    }

    /** What has been written as 4 bytes each, unsigned: how far above the least it is. */
    long[] longsFrom(long least, int offset, int count) {
        var values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = least + Integer.toUnsignedLong(bytes.getInt(offset + Integer.BYTES * i));
        }
        return values;
    }

    int[] ints(int offset, int count) {
        var values = new int[count];
        bytes.position(offset).asIntBuffer().get(values);
        return values;
    }

    double[] doubles(int offset, int count) {
        var values = new double[count];
        bytes.position(offset).asDoubleBuffer().get(values);
        return values;
    }
}
