package org.superstep.net.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays of numbers as little-endian bytes, copied as a whole. */
final class LittleEndian {
    private LittleEndian() {
    }

    /** The buffer, to be read and written little-endian. */
    static ByteBuffer over(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] bytes(long[] values) {
        var bytes = new byte[Math.multiplyExact(Long.BYTES, values.length)];
        over(bytes).asLongBuffer().put(values);
        return bytes;
    }

    static byte[] bytes(int[] values) {
        var bytes = new byte[Math.multiplyExact(Integer.BYTES, values.length)];
        over(bytes).asIntBuffer().put(values);
        return bytes;
    }

    /** All that the buffer holds; bytes that are left over are not read. */
    static long[] longs(ByteBuffer buffer) {
        var values = new long[buffer.remaining() / Long.BYTES];
        buffer.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(values);
        return values;
    }

    /** All that the buffer holds; bytes that are left over are not read. */
    static int[] ints(ByteBuffer buffer) {
        var values = new int[buffer.remaining() / Integer.BYTES];
        buffer.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
        return values;
    }
}
