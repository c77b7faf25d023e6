package org.superstep.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.superstep.checkpoint.SegmentInput;

/** Reads what {@link BlockWriter} has written, a block at a time. Used by one thread. */
final class BlockReader {
    private final SegmentInput in;
    private ByteBuffer block = ByteBuffer.allocate(0);

    BlockReader(SegmentInput in) {
        this.in = in;
    }

    int getInt() throws IOException {
        return holding(Integer.BYTES).getInt();
    }

    long getLong() throws IOException {
        return holding(Long.BYTES).getLong();
    }

    int[] getInts(int count) throws IOException {
        var values = new int[count];
        for (int at = 0; at < count; ) {
            ByteBuffer held = holding(Integer.BYTES);
            int here = Math.min(count - at, held.remaining() / Integer.BYTES);
            held.asIntBuffer().get(values, at, here);
            held.position(held.position() + here * Integer.BYTES);
            at += here;
        }
        return values;
    }

    long[] getLongs(int count) throws IOException {
        var values = new long[count];
        for (int at = 0; at < count; ) {
            ByteBuffer held = holding(Long.BYTES);
            int here = Math.min(count - at, held.remaining() / Long.BYTES);
            held.asLongBuffer().get(values, at, here);
            held.position(held.position() + here * Long.BYTES);
            at += here;
        }
        return values;
    }

    float[] getFloats(int count) throws IOException {
        var values = new float[count];
        for (int at = 0; at < count; at++) {
            values[at] = Float.intBitsToFloat(getInt());
        }
        return values;
    }

    double[] getDoubles(int count) throws IOException {
        var values = new double[count];
        for (int at = 0; at < count; at++) {
            values[at] = Double.longBitsToDouble(getLong());
        }
        return values;
    }

    byte[] getBytes(int count) throws IOException {
        var values = new byte[count];
        for (int at = 0; at < count; ) {
            ByteBuffer held = holding(1);
            int here = Math.min(count - at, held.remaining());
            held.get(values, at, here);
            at += here;
        }
        return values;
    }

    /** A buffer that holds at least so many bytes, which may lie in two blocks. */
    private ByteBuffer holding(int bytes) throws IOException {
        while (block.remaining() < bytes) {
            ByteBuffer left = block;
            ByteBuffer next = in.next();
            if (left.hasRemaining()) {
                block = ByteBuffer.allocate(left.remaining() + next.remaining()).order(ByteOrder.LITTLE_ENDIAN).put(left).put(next).flip();
            } else {
                block = next;
            }
            if (!next.hasRemaining()) {
                throw new AssertionError("a segment ends where " + bytes + " bytes more must be");
            }
        }
        return block;
    }
}
