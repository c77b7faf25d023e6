package org.superstep.worker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
