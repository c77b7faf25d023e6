package org.superstep.worker;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Blocks of one length on a local disk, each at an extent of the file that is its own until it is freed. Extents that have been freed are
 * written over first, so the file grows to what is needed at a time, and stays: the disk's space is allotted once. One thread writes, any
 * may read, free and close. A plain file instead of a channel: a channel is closed when a thread that uses it is interrupted.
 *
 * <p>Checksums stay in memory: nobody reads the file but who has written it, and so a block that has come to stand in another one's place
 * is found as well. There is one for each piece of a block, so that a part of a block is read without the rest.
 */
final class LogFile implements AutoCloseable {
    /** What the operating system is given at once, and what has a checksum. Java copies it outside the heap: small pieces stay cached. */
    private static final int PIECE_BYTES = 1 << 16;

    private final Place place;
    private final int blockBytes;
    private final int pieces;
    /** Guards the position in the file, so that nothing is read or written after it has been closed. */
    private final Object access = new Object();
    private RandomAccessFile file;
    /** The file's name, where it still has one. */
    private Path named;
    private boolean isClosed;

    // Guarded by this.
    private int extents;
    private int[] free = new int[0];
    private int freeCount;
    /** By extent, then piece. */
    private int[] checksums = new int[0];

    /** Makes an empty file. */
    interface Place {
        Path make() throws IOException;
    }

    /** The file is made with the first block. */
    LogFile(Place place, int blockBytes) {
        this.place = place;
        this.blockBytes = blockBytes;
        pieces = (blockBytes + PIECE_BYTES - 1) / PIECE_BYTES;
    }

    /** Writes a block, and returns its extent; if that fails, it has none. */
    int write(byte[] block) throws IOException {
        int extent = allotted();
        try {
            var checksum = new CRC32C();
            for (int piece = 0; piece < pieces; piece++) {
                int from = piece * PIECE_BYTES;
                int count = Math.min(PIECE_BYTES, blockBytes - from);
                checksum.reset();
                checksum.update(block, from, count);
                synchronized (this) {
                    checksums[extent * pieces + piece] = (int) checksum.getValue();
                }
                synchronized (access) {
                    open();
                    file.seek((long) extent * blockBytes + from);
                    file.write(block, from, count);
                }
            }
            return extent;
        } catch (IOException e) {
            free(extent);
            throw e;
        }
    }

    private synchronized int allotted() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if ((extents + 1) * pieces > checksums.length) {
            checksums = Arrays.copyOf(checksums, Math.multiplyExact(2 * (extents + 1), pieces));
        }
        return extents++;
    }

    /** Lets an extent be written over. */
    synchronized void free(int extent) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * freeCount + 1);
        }
        free[freeCount++] = extent;
    }

    /** How many extents the file has, free ones among them. */
    synchronized int extents() {
        return extents;
    }

    private void open() throws IOException {
        if (isClosed) {
            throw new IOException("it is closed");
        }
        if (file == null) {
            named = place.make();
            file = new RandomAccessFile(named.toFile(), "rw");
            if (isDeleted()) {
                named = null;
            }
        }
    }

    /** Where an open file can be deleted, its space is given back even if this process is killed; elsewhere it is deleted in the end. */
    private boolean isDeleted() {
        try {
            return Files.deleteIfExists(named);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads a part of a block.
     *
     * @param from where it begins in the block
     * @throws IOException if it is not there, or not what was written; the message says what is wrong with the block
     */
    void read(int extent, int from, byte[] into, int at, int count) throws IOException {
        var checksum = new CRC32C();
        var bytes = new byte[Math.min(PIECE_BYTES, blockBytes)];
        for (int read = 0; read < count; ) {
            int piece = (from + read) / PIECE_BYTES;
            int begin = piece * PIECE_BYTES;
            int length = Math.min(PIECE_BYTES, blockBytes - begin);
            fill(bytes, (long) extent * blockBytes + begin, length);
            checksum.reset();
            checksum.update(bytes, 0, length);
            int expected;
            synchronized (this) {
                expected = checksums[extent * pieces + piece];
            }
            if ((int) checksum.getValue() != expected) {
                throw new IOException("its bytes from " + begin + " on are not those that were written");
            }
            int skipped = from + read - begin;
            int part = Math.min(length - skipped, count - read);
            System.arraycopy(bytes, skipped, into, at + read, part);
            read += part;
        }
    }

    private void fill(byte[] bytes, long position, int count) throws IOException {
        synchronized (access) {
            if (file == null) {
                throw new IOException("the file is closed");
            }
            file.seek(position);
            for (int read = 0; read < count; ) {
                int part = file.read(bytes, read, count - read);
                if (part < 0) {
                    throw new EOFException("the file ends at byte " + (position + read) + ", within it");
                }
                read += part;
            }
        }
    }

    /** Forgets all blocks, and gives back the file's space; nothing is written any more. */
    @Override public void close() {
        synchronized (access) {
            isClosed = true;
            try {
                if (file != null) {
                    file.close();
                }
                if (named != null) {
                    Files.deleteIfExists(named);
                }
            } catch (IOException e) {
                // Nobody misses what was in it, and there is nobody to be told.
                return;
            } finally {
                file = null;
                named = null;
            }
        }
    }
}
