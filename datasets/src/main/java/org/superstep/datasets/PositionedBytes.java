package org.superstep.datasets;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes that several threads read from any position: a file, or an array that holds a bundled graph. */
interface PositionedBytes extends Closeable {
    /** How many bytes there are. */
    long size();

    /** Reads exactly {@code length} bytes from this position. */
    void read(long position, byte[] into, int at, int length) throws IOException;

    @Override
    void close() throws IOException;

    /**
     * A file, read with positioned reads: the channel copies through a direct buffer that the JDK keeps per thread, and nothing is
     * mapped (a mapping costs a page fault for each 4 KB, and its pages count as ours).
     */
    static PositionedBytes of(Path path) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.READ);
        long size = channel.size();
        return new PositionedBytes() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public void read(long position, byte[] into, int at, int length) throws IOException {
                var buffer = ByteBuffer.wrap(into, at, length);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, position + buffer.position() - at) < 0) {
                        throw new EOFException(path + ": became shorter while it was read");
                    }
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    /** An array; not copied. */
    static PositionedBytes of(byte[] bytes) {
        return new PositionedBytes() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public void read(long position, byte[] into, int at, int length) {
                System.arraycopy(bytes, (int) position, into, at, length);
            }

            @Override
            public void close() {
            }
        };
    }
}
