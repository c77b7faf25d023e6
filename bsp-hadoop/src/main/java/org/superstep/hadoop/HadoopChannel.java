package org.superstep.hadoop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;

/**
 * An open file: read anywhere, by any number of threads at once; written at its end alone. A file has one writer at a time, whatever the
 * process, so that who writes holds its lock.
 */
final class HadoopChannel extends FileChannel {
    private static final int BLOCK_BYTES = 1 << 20;

    private final HadoopClient client;
    private final HadoopPath path;
    private final boolean reads;
    /** Whether writes go to the end wherever the position is. */
    private final boolean appends;
    /** Null until it is read. */
    private FSDataInputStream in;
    /** Null where it is only read. */
    private final FSDataOutputStream out;
    /** Of a file that is written, as far as it is written. */
    private long size;
    private long position;

    private HadoopChannel(HadoopClient client, HadoopPath path, boolean reads, boolean appends, FSDataOutputStream out, long size) {
        this.client = client;
        this.path = path;
        this.reads = reads;
        this.appends = appends;
        this.out = out;
        this.size = size;
    }

    /** Opens a file that is there, to be read. */
    static HadoopChannel reading(HadoopClient client, HadoopPath path) throws IOException {
        var channel = new HadoopChannel(client, path, true, false, null, client.attributes(path).size());
        channel.in();
        return channel;
    }

    /** Creates a file; as {@link HadoopClient#create}. */
    static HadoopChannel creating(HadoopClient client, HadoopPath path, boolean replaces, boolean reads, boolean syncs)
            throws IOException {
        return new HadoopChannel(client, path, reads, false, client.create(path, replaces, syncs), 0);
    }

    /** Opens a file that is there, to be written on at its end. */
    static HadoopChannel appending(HadoopClient client, HadoopPath path, boolean reads, boolean appends) throws IOException {
        FSDataOutputStream out = client.append(path);
        // Asked when nobody else can write any more.
        return new HadoopChannel(client, path, reads, appends, out, out.getPos());
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    private synchronized FSDataInputStream in() throws IOException {
        requireOpen();
        if (!reads) {
            throw new NonReadableChannelException();
        }
        if (in == null) {
            in = client.open(path);
        }
        return in;
    }

    private void requireWritable() throws ClosedChannelException {
        requireOpen();
        if (out == null) {
            throw new NonWritableChannelException();
        }
    }

    @Override public synchronized int read(ByteBuffer into) throws IOException {
        FSDataInputStream stream = in();
        try {
            // Read on, not by position: so the DataNode sends ahead of what is asked for.
            if (stream.getPos() != position) {
                if (position >= size) {
                    return -1;
                }
                stream.seek(position);
            }
            byte[] bytes = bytes(into);
            int count = stream.read(bytes, at(into), length(into));
            position += Math.max(0, count);
            return taken(into, bytes, count);
        } catch (IOException e) {
            throw HadoopFault.of(e, path);
        }
    }

    @Override public int read(ByteBuffer into, long from) throws IOException {
        if (from < 0) {
            throw new IllegalArgumentException("a position is at least 0, was " + from);
        }
        FSDataInputStream stream = in();
        try {
            byte[] bytes = bytes(into);
            return taken(into, bytes, stream.read(from, bytes, at(into), length(into)));
        } catch (IOException e) {
            throw HadoopFault.of(e, path);
        }
    }

    /** The buffer's own array, where it has one, else one for its next bytes. */
    private static byte[] bytes(ByteBuffer buffer) {
        return buffer.hasArray() ? buffer.array() : new byte[length(buffer)];
    }

    private static int at(ByteBuffer buffer) {
        return buffer.hasArray() ? buffer.arrayOffset() + buffer.position() : 0;
    }

    private static int length(ByteBuffer buffer) {
        return buffer.hasArray() ? buffer.remaining() : Math.min(buffer.remaining(), BLOCK_BYTES);
    }

    private static int taken(ByteBuffer into, byte[] bytes, int count) {
        if (count > 0) {
            if (into.hasArray()) {
                into.position(into.position() + count);
            } else {
                into.put(bytes, 0, count);
            }
        }
        return count;
    }

    @Override public synchronized long read(ByteBuffer[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            while (into[i].hasRemaining()) {
                int count = read(into[i]);
                if (count < 0) {
                    return all == 0 ? -1 : all;
                }
                all += count;
            }
        }
        return all;
    }

    @Override public synchronized int write(ByteBuffer from) throws IOException {
        int count = write(from, appends ? size : position);
        position = size;
        return count;
    }

    @Override public synchronized int write(ByteBuffer from, long at) throws IOException {
        requireWritable();
        if (at != size && !appends) {
            throw new UnsupportedOperationException(path + ": is written at its end alone, at " + size + ", was to be at " + at);
        }
        int count = from.remaining();
        try {
            while (from.hasRemaining()) {
                byte[] bytes = bytes(from);
                int length = length(from);
                if (from.hasArray()) {
                    out.write(bytes, at(from), length);
                    from.position(from.position() + length);
                } else {
                    from.get(bytes, 0, length);
                    out.write(bytes, 0, length);
                }
                size += length;
            }
            return count;
        } catch (IOException e) {
            throw HadoopFault.of(e, path);
        }
    }

    @Override public synchronized long write(ByteBuffer[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        long all = 0;
        for (int i = offset; i < offset + length; i++) {
            all += write(from[i]);
        }
        return all;
    }

    @Override public synchronized long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override public synchronized FileChannel position(long to) throws IOException {
        requireOpen();
        if (to < 0) {
            throw new IllegalArgumentException("a position is at least 0, was " + to);
        }
        position = to;
        return this;
    }

    @Override public synchronized long size() throws IOException {
        requireOpen();
        return size;
    }

    @Override public synchronized FileChannel truncate(long to) throws IOException {
        requireWritable();
        if (to < size) {
            throw new UnsupportedOperationException(path + ": is not cut off while it is written");
        }
        position = Math.min(position, to);
        return this;
    }

    /** Until the DataNodes have it on their disks. */
    @Override public void force(boolean withAttributes) throws IOException {
        requireOpen();
        if (out != null) {
            try {
                out.hsync();
            } catch (IOException e) {
                throw HadoopFault.of(e, path);
            }
        }
    }

    @Override public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        var block = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, count));
        long moved = 0;
        while (moved < count) {
            block.clear().limit((int) Math.min(block.capacity(), count - moved));
            if (read(block, from + moved) < 0) {
                break;
            }
            block.flip();
            while (block.hasRemaining()) {
                moved += target.write(block);
            }
        }
        return moved;
    }

    @Override public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
        var block = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, count));
        long moved = 0;
        while (moved < count) {
            block.clear().limit((int) Math.min(block.capacity(), count - moved));
            if (source.read(block) < 0) {
                break;
            }
            moved += write(block.flip(), at + moved);
        }
        return moved;
    }

    @Override public MappedByteBuffer map(MapMode mode, long from, long length) {
        throw new UnsupportedOperationException(path + ": cannot be mapped");
    }

    @Override public FileLock lock(long from, long length, boolean shared) throws IOException {
        return tryLock(from, length, shared);
    }

    @Override public FileLock tryLock(long from, long length, boolean shared) throws IOException {
        requireWritable();
        return new WriterLock(this, from, length);
    }

    @Override protected void implCloseChannel() throws IOException {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw HadoopFault.of(e, path);
        } finally {
            if (in != null) {
                in.close();
            }
        }
    }

    /** Of the whole file, until its writer closes it. */
    private static final class WriterLock extends FileLock {
        private boolean isReleased;

        WriterLock(FileChannel channel, long from, long length) {
            super(channel, from, length, false);
        }

        @Override public boolean isValid() {
            return !isReleased && channel().isOpen();
        }

        @Override public void release() {
            isReleased = true;
        }
    }
}
