package org.superstep.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.superstep.checkpoint.SegmentOutput;

/** Writes numbers to a segment, little-endian, however many they are. Used by one thread. */
final class BlockWriter {
    private static final int BYTES = 1 << 16;

    private final SegmentOutput out;
    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);

    BlockWriter(SegmentOutput out) {
        this.out = out;
    }

    void putInt(int value) throws IOException {
        require(Integer.BYTES);
        buffer.putInt(value);
    }

    void putLong(long value) throws IOException {
        require(Long.BYTES);
        buffer.putLong(value);
    }

    void putInts(int[] values) throws IOException {
        for (int value : values) {
            putInt(value);
        }
    }

    void putLongs(long[] values) throws IOException {
        for (long value : values) {
            putLong(value);
        }
    }

    void putFloats(float[] values) throws IOException {
        for (float value : values) {
            putInt(Float.floatToRawIntBits(value));
        }
    }

    void putDoubles(double[] values) throws IOException {
        for (double value : values) {
            putLong(Double.doubleToRawLongBits(value));
        }
    }

    void putBytes(byte[] values) throws IOException {
        flush();
        out.write(ByteBuffer.wrap(values));
    }

    private void require(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    /** Hands over what is left. */
    void flush() throws IOException {
        out.write(buffer.flip());
        buffer.clear();
    }
}
