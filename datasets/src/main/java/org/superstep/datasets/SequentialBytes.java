package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;

/** Bytes read from front to back. */
final class SequentialBytes extends InputStream {
    private final PositionedBytes bytes;
    private long position;

    SequentialBytes(PositionedBytes bytes) {
        this(bytes, 0);
    }

    /** The bytes from this position on. */
    SequentialBytes(PositionedBytes bytes, long position) {
        this.bytes = bytes;
        this.position = position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        int count = (int) Math.min(length, bytes.size() - position);
        if (count <= 0) {
            return length == 0 ? 0 : -1;
        }
        bytes.read(position, into, at, count);
        position += count;
        return count;
    }
}
