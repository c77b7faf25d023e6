package org.superstep.worker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes of a frame as they are put together, little-endian; grows. Used by one thread. */
final class FrameWriter {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    FrameWriter(int capacity) {
        bytes = new byte[capacity];
    }

    FrameWriter put(byte value) {
        grow(1);
        bytes[size++] = value;
        return this;
    }

    FrameWriter putInt(int value) {
        grow(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
        return this;
    }

    FrameWriter putLong(long value) {
        grow(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
        return this;
    }

    /** Puts the bytes behind their number, an int. */
    FrameWriter putCounted(byte[] value) {
        putInt(value.length);
        grow(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    /** Makes room for so many bytes more, which the caller writes into the array returned, up to {@link #size}. */
    byte[] reserve(int count) {
        grow(count);
        size += count;
        return bytes;
    }

    int size() {
        return size;
    }

    /** Puts all of these, one behind another. */
    FrameWriter putLongs(long[] values) {
        return putLongs(values, values.length);
    }

    /** Puts the first so many of these. */
    FrameWriter putLongs(long[] values, int count) {
        room(Long.BYTES, count).asLongBuffer().put(values, 0, count);
        return this;
    }

    /** Makes room for so many values of so many bytes, which the caller writes into the buffer. */
    ByteBuffer room(int width, int count) {
        int bytesMore = Math.multiplyExact(width, count);
        return ByteBuffer.wrap(reserve(bytesMore), size - bytesMore, bytesMore).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Sets an int that was put before. */
    void setInt(int at, int value) {
        INT.set(bytes, at, value);
    }

    /** Forgets all bytes, and keeps the room for others. */
    void clear() {
        size = 0;
    }

    /** All bytes so far, which stay the writer's. */
    ByteBuffer content() {
        return ByteBuffer.wrap(bytes, 0, size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void grow(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
        }
    }

    /** All bytes so far; the writer is not used any more. */
    byte[] toArray() {
        return bytes.length == size ? bytes : Arrays.copyOf(bytes, size);
    }
}
