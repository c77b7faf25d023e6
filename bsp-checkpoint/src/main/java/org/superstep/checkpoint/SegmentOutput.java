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
 * Writes segments to a new file, one behind another; on the disk it may be an old one that is not needed any more. A segment is blocks,
 * each of which is checked before anything of it is used; little-endian. All blocks of a segment but the last hold
 * {@link #MOST_BLOCK_BYTES} of content; a segment without content has none.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  bytes of content n, at least 1
 *        4      4  CRC32C of the content
 *        8      n  content
 * </pre>
 *
 * <p>Used by one thread. Where anything throws, the file is worth nothing; {@link CheckpointFolder#prune} deletes it.
 */
public final class SegmentOutput implements Closeable {
    /** The longest content of a block. */
    public static final int MOST_BLOCK_BYTES = 1 << 20;
    private static final int FIRST_BLOCK_BYTES = 1 << 12;
    /** Where in a block its length stands. */
    static final int LENGTH_AT = 0;
    /** Where in a block its content's checksum stands. */
    static final int CHECKSUM_AT = 4;
    /** What stands before a block's content. */
    static final int HEADER_BYTES = 8;

    private final Path file;
    private final FileChannel channel;
    /** Grows as it is filled: most files of small jobs have not a thousandth of what a block may hold. */
    private ByteBuffer block = allocated(FIRST_BLOCK_BYTES);
    private final CRC32C blockChecksum = new CRC32C();
    private final CRC32C checksum = new CRC32C();
    private boolean isBegun;
    private long written;
    private long start;

    /** Creates the file, which must not be there. */
    public SegmentOutput(Path file) throws IOException {
        this(file, created(file));
    }

    /** Writes to this channel what is to stand in the file. */
    SegmentOutput(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
        block.position(HEADER_BYTES);
    }

    private static FileChannel created(Path file) throws IOException {
        try {
            return Spares.take(file) ? FileChannel.open(file, StandardOpenOption.WRITE)
                : FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Failure.of("create", file, e);
        }
    }

    /** Begins a segment. */
    public void begin() {
        if (isBegun) {
            throw new IllegalStateException("the segment of " + file + " before was not ended");
        }
        isBegun = true;
        start = written;
        checksum.reset();
    }

    /** Appends what remains in the buffer to the segment. */
    public void write(ByteBuffer content) throws IOException {
        if (!isBegun) {
            throw new IllegalStateException("no segment of " + file + " was begun");
        }
        int end = content.limit();
        while (content.hasRemaining()) {
            grow(content.remaining());
            content.limit(Math.min(end, content.position() + block.remaining()));
            block.put(content);
            content.limit(end);
            if (!block.hasRemaining()) {
                writeBlock();
            }
        }
    }

    private static ByteBuffer allocated(int contentBytes) {
        return ByteBuffer.allocate(HEADER_BYTES + contentBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes room for so many bytes more, or as many as a block may hold. */
    private void grow(int bytes) {
        int capacity = block.capacity() - HEADER_BYTES;
        if (bytes > block.remaining() && capacity < MOST_BLOCK_BYTES) {
            long needed = block.position() - HEADER_BYTES + (long) bytes;
            block = allocated((int) Math.min(MOST_BLOCK_BYTES, Math.max(needed, 4L * capacity))).put(block.flip());
        }
    }

    /** Ends the segment, and tells what it has become. */
    public Segment end() throws IOException {
        if (!isBegun) {
            throw new IllegalStateException("no segment of " + file + " was begun");
        }
        if (block.position() > HEADER_BYTES) {
            writeBlock();
        }
        isBegun = false;
        return new Segment(file.getFileName().toString(), start, written - start, (int) checksum.getValue());
    }

    private void writeBlock() throws IOException {
        int content = block.position() - HEADER_BYTES;
        blockChecksum.reset();
        blockChecksum.update(block.array(), HEADER_BYTES, content);
        checksum.update(block.array(), HEADER_BYTES, content);
        block.putInt(LENGTH_AT, content);
        block.putInt(CHECKSUM_AT, (int) blockChecksum.getValue());
        block.flip();
        try {
            while (block.hasRemaining()) {
                written += channel.write(block);
            }
        } catch (IOException e) {
            throw Failure.of("write", file, e);
        }
        block.clear().position(HEADER_BYTES);
    }

    /** Waits until all that was written is safe from the loss of power; to be called once, before {@link #close}. */
    public void sync() throws IOException {
        try {
            if (channel.size() > written) {
                channel.truncate(written);
            }
            channel.force(false);
        } catch (IOException e) {
            throw Failure.of("write", file, e);
        }
    }

    @Override public void close() throws IOException {
        try {
            channel.close();
        } catch (IOException e) {
            throw Failure.of("write", file, e);
        }
    }
}
