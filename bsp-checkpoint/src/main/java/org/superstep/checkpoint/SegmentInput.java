package org.superstep.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads the content of one segment, of which nothing is handed out before it has been checked. Used by one thread. */
public final class SegmentInput implements Closeable {
    /** Opens the segment in this folder. */
    SegmentInput(CheckpointFolder folder, Segment segment) throws IOException {
        throw new UnsupportedOperationException("open " + segment + " in " + folder);
    }

    /**
     * The next block's content, little-endian, which holds until the next call; nothing remains in it where the segment ends.
     *
     * @throws DamagedException if the file is not what was written
     */
    public ByteBuffer next() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** All content from here on. */
    public ByteBuffer all() throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
