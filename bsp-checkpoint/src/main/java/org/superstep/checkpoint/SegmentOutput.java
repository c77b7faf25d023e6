package org.superstep.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Writes segments to a new file, one behind another. A segment is blocks, each of which is checked before anything of it is used;
 * little-endian.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  bytes of content n, at least 1
 *        4      4  CRC32C of the content
 *        8      n  content
 * </pre>
 *
 * <p>Used by one thread.
 */
public final class SegmentOutput implements Closeable {
    /** The longest content of a block. */
    public static final int MOST_BLOCK_BYTES = 1 << 20;

    /** Creates the file, which must not be there. */
    public SegmentOutput(Path file) throws IOException {
        throw new UnsupportedOperationException("create " + file);
    }

    /** Begins a segment. */
    public void begin() {
        throw new UnsupportedOperationException();
    }

    /** Appends what remains in the buffer to the segment. */
    public void write(ByteBuffer content) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Ends the segment, and tells what it has become. */
    public Segment end() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Waits until all that was written is safe from the loss of power; to be called once, before {@link #close}. */
    public void sync() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
