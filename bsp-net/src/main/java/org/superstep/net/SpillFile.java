package org.superstep.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that wait on disk. One thread at a time appends or clears, one reads what was appended before. Plain files instead of channels: a
 * channel is closed when a thread that uses it is interrupted.
 */
final class SpillFile {
    /** What the operating system is given at once; Java copies it outside the heap. */
    private static final int PIECE_BYTES = 1 << 20;

    private final Place place;
    private Path file;
    private RandomAccessFile out;
    private RandomAccessFile in;
    private long end;

    /** Makes an empty file. */
    interface Place {
        Path make() throws IOException;
    }

    /** The file is made with the first bytes that are appended. */
    SpillFile(Place place) {
        this.place = place;
    }

    /** Returns where they begin. */
    long append(byte[] bytes) throws IOException {
        if (out == null) {
            open();
        }
        long at = end;
        out.seek(at);
        for (int from = 0; from < bytes.length; from += PIECE_BYTES) {
            out.write(bytes, from, Math.min(PIECE_BYTES, bytes.length - from));
        }
        end += bytes.length;
        return at;
    }

    private void open() throws IOException {
        file = place.make();
        try {
            out = new RandomAccessFile(file.toFile(), "rw");
            in = new RandomAccessFile(file.toFile(), "r");
        } catch (IOException e) {
            clear();
            throw e;
        }
        if (isDeleted()) {
            file = null;
        }
    }

    /** Where an open file can be deleted, its space is given back even if this process is killed; elsewhere it is deleted in the end. */
    private boolean isDeleted() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }

    byte[] read(long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        RandomAccessFile from = in;
        if (from == null) {
            throw new EOFException("the file is closed");
        }
        from.seek(at);
        for (int read = 0; read < count; ) {
            int part = from.read(bytes, read, Math.min(PIECE_BYTES, count - read));
            if (part < 0) {
                throw new EOFException("the file ends at " + (at + read) + ", before " + (at + count));
            }
            read += part;
        }
        return bytes;
    }

    /** Forgets all bytes, and gives back their space. */
    void clear() throws IOException {
        end = 0;
        try {
            if (in != null) {
                in.close();
            }
            if (out != null) {
                out.close();
            }
        } finally {
            in = null;
            out = null;
            if (file != null) {
                Files.deleteIfExists(file);
                file = null;
            }
        }
    }
}
