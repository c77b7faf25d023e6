package org.superstep.checkpoint;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Reads the content of one segment, of which nothing is handed out before it has been checked: of each block its own checksum, of the last
 * one the segment's too. Used by one thread.
 */
public final class SegmentInput implements Closeable {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final Path file;
    private final Segment segment;
    private final FileChannel channel;
    /** Bytes of the file that were read and not yet handed out, from position to limit. */
    private final ByteBuffer bytes;
    private final CRC32C blockChecksum = new CRC32C();
    private final CRC32C checksum = new CRC32C();
    private long unread;

    /** Opens the segment in this folder. */
    SegmentInput(CheckpointFolder folder, Segment segment) throws IOException {
        this.file = folder.file(segment.file());
        this.segment = segment;
        this.unread = segment.bytes();
        this.bytes = ByteBuffer.allocate((int) Math.min(unread, SegmentOutput.HEADER_BYTES + SegmentOutput.MOST_BLOCK_BYTES))
            .order(ByteOrder.LITTLE_ENDIAN).limit(0);
        this.channel = opened(file, segment);
    }

    private static FileChannel opened(Path file, Segment segment) throws IOException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            requireLength(file, channel.size(), segment.end());
            return channel.position(segment.offset());
        } catch (IOException e) {
            if (channel != null) {
                channel.close();
            }
            throw Failure.ofReading(file, e);
        }
    }

    /** Refuses a file that is too short for what was written to it. */
    static void requireLength(Path file, long bytes, long least) throws DamagedException {
        if (bytes < least) {
            throw new DamagedException(file.toString(), "is cut off: " + bytes + " bytes long, of at least " + least);
        }
    }

    /**
     * The next block's content, little-endian, which holds until the next call; nothing remains in it where the segment ends.
     *
     * @throws DamagedException if the file is not what was written
     */
    public ByteBuffer next() throws IOException {
        if (unread + bytes.remaining() == 0) {
            if (checksum.getValue() != Integer.toUnsignedLong(segment.checksum())) {
                throw changed("segment");
            }
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        fill(SegmentOutput.HEADER_BYTES);
        int length = bytes.getInt(bytes.position() + SegmentOutput.LENGTH_AT);
        int expected = bytes.getInt(bytes.position() + SegmentOutput.CHECKSUM_AT);
        if (length < 1 || length > SegmentOutput.MOST_BLOCK_BYTES) {
            throw changed("block");
        }
        bytes.position(bytes.position() + SegmentOutput.HEADER_BYTES);
        fill(length);
        blockChecksum.reset();
        blockChecksum.update(bytes.array(), bytes.position(), length);
        checksum.update(bytes.array(), bytes.position(), length);
        if ((int) blockChecksum.getValue() != expected) {
            throw changed("block");
        }
        if (unread + bytes.remaining() == length && (int) checksum.getValue() != segment.checksum()) {
            throw changed("segment");
        }
        var content = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
        return content;
    }

    /** All content from here on, little-endian; the buffer is the caller's. A segment may be longer than a buffer can be. */
    public ByteBuffer all() throws IOException {
        long most = unread + bytes.remaining();
        if (most > MOST_BYTES) {
            throw new IllegalStateException("a segment of " + segment.bytes() + " bytes in " + file + " is to be read block by block");
        }
        var content = ByteBuffer.allocate((int) most).order(ByteOrder.LITTLE_ENDIAN);
        for (var block = next(); block.hasRemaining(); block = next()) {
            content.put(block);
        }
        return content.flip();
    }

    /** Sees to it that so many bytes can be taken. */
    private void fill(int count) throws IOException {
        if (bytes.remaining() >= count) {
            return;
        }
        if (unread + bytes.remaining() < count) {
            throw changed("block");
        }
        bytes.compact();
        bytes.limit((int) Math.min(bytes.capacity(), bytes.position() + unread));
        try {
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes);
                if (read < 0) {
                    throw new DamagedException(file.toString(), "is cut off");
                }
                unread -= read;
            }
        } catch (IOException e) {
            throw Failure.ofReading(file, e);
        }
        bytes.flip();
    }

    private DamagedException changed(String what) {
        long end = segment.end() - unread - bytes.remaining();
        return new DamagedException(file.toString(), "is not what was written: the " + what + " around byte " + end
            + " has another checksum or length");
    }

    @Override public void close() throws IOException {
        channel.close();
    }
}
