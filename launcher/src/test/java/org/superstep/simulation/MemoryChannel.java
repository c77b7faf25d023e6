package org.superstep.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Reads and writes a file of {@link MemoryFiles}. */
final class MemoryChannel extends FileChannel {
    private final MemoryFiles files;
    private final MemoryFiles.MemoryFile file;
    private int position;

    MemoryChannel(MemoryFiles files, MemoryFiles.MemoryFile file) {
        this.files = files;
        this.file = file;
    }

    @Override public int read(ByteBuffer into) {
        int read = read(into, position);
        position += Math.max(0, read);
        return read;
    }

    @Override public int read(ByteBuffer into, long at) {
        int count = (int) Math.min(into.remaining(), file.length - at);
        if (count <= 0) {
            return into.hasRemaining() ? -1 : 0;
        }
        into.put(file.bytes, (int) at, count);
        return count;
    }

    @Override public long read(ByteBuffer[] into, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override public int write(ByteBuffer from) throws IOException {
        int written = write(from, position);
        position += written;
        return written;
    }

    @Override public int write(ByteBuffer from, long at) throws IOException {
        files.requireRoom();
        var bytes = new byte[from.remaining()];
        from.get(bytes);
        file.write((int) at, bytes);
        return bytes.length;
    }

    @Override public long write(ByteBuffer[] from, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override public long position() {
        return position;
    }

    @Override public FileChannel position(long newPosition) {
        position = (int) newPosition;
        return this;
    }

    @Override public long size() {
        return file.length;
    }

    @Override public FileChannel truncate(long size) {
        file.length = (int) Math.min(file.length, size);
        return this;
    }

    @Override public void force(boolean metaData) {
        // Nothing is safer than here.
    }

    @Override public long transferTo(long at, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override public long transferFrom(ReadableByteChannel source, long at, long count) {
        throw new UnsupportedOperationException();
    }

    @Override public MappedByteBuffer map(MapMode mode, long at, long size) {
        throw new UnsupportedOperationException();
    }

    @Override public FileLock lock(long at, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override public FileLock tryLock(long at, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override protected void implCloseChannel() {
        // There is nothing to let go of.
    }
}
