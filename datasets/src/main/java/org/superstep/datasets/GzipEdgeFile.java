package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.superstep.graph.io.EdgeReader.ReadProgress;
import org.superstep.graph.io.InputException;

/**
 * A file compressed by gzip, which can only be inflated from front to back. Threads take turns: one inflates the next piece into its own
 * buffer, cut at the end of a line, while those before it parse theirs.
 */
final class GzipEdgeFile extends EdgeFile {
    private final PositionedBytes bytes;
    private final boolean ours;

    private final ReentrantLock turn = new ReentrantLock();
    // The rest belongs to the thread whose turn it is.
    private final GzipText text;
    private byte[] rest = new byte[0];
    /** Offset in the text at which the next piece begins. */
    private long offset;
    private long reported;
    private volatile boolean exhausted;

    /** A file belongs wholly to one share. */
    GzipEdgeFile(String name, int index, LineLayout layout, PositionedBytes bytes, int share, int shares) {
        super(name, index, layout);
        this.bytes = bytes;
        ours = index % shares == share;
        text = new GzipText(name, bytes);
        exhausted = !ours;
    }

    @Override
    long shareBytes() {
        return ours ? bytes.size() : 0;
    }

    @Override
    InputStream text() {
        return new GzipText(name(), bytes);
    }

    @Override
    boolean readPiece(EdgeLines lines, EarliestFault faults, ReadProgress progress, boolean patient) throws IOException {
        if (exhausted) {
            return false;
        }
        int end;
        long from;
        long compressed;
        if (patient) {
            turn.lock();
        } else if (!turn.tryLock()) {
            return false;
        }
        try {
            if (exhausted || !faults.worthReading(index(), offset)) {
                return false;
            }
            if (offset == 0) {
                skip(layout().dataStart());
            }
            from = offset;
            end = inflate(lines, faults);
            offset += end;
            compressed = text.compressedBytes() - reported;
            reported += compressed;
        } finally {
            turn.unlock();
        }
        long edges = lines.edges();
        lines.begin(layout());
        int stopped = lines.parse(lines.buffer, 0, end);
        if (stopped < end) {
            faults.met(index(), from + stopped, faultAt(from + stopped, lines.fault()));
        }
        progress.advanced(compressed, lines.edges() - edges);
        return true;
    }

    /** Fills the thread's buffer and returns where its last whole line ends. A fault in the data counts as behind all text before it. */
    private int inflate(EdgeLines lines, EarliestFault faults) throws IOException {
        while (lines.capacity() < rest.length) {
            lines.growBuffer();
        }
        System.arraycopy(rest, 0, lines.buffer, 0, rest.length);
        int held = rest.length;
        int end = 0;
        while (end == 0) {
            if (held == lines.capacity()) {
                if (held >= LONGEST_LINE) {
                    exhausted = true;
                    faults.met(index(), offset, tooLong(offset));
                    return 0;
                }
                lines.growBuffer();
            }
            try {
                int count = 0;
                while (held < lines.capacity() && (count = text.read(lines.buffer, held, lines.capacity() - held)) >= 0) {
                    held += count;
                }
                if (count < 0) {
                    exhausted = true;
                    if (held > 0 && lines.buffer[held - 1] != '\n') {
                        lines.buffer[held++] = '\n';
                    }
                    rest = new byte[0];
                    return held;
                }
            } catch (InputException e) {
                exhausted = true;
                faults.met(index(), offset + held, e);
            }
            end = held;
            while (end > 0 && lines.buffer[end - 1] != '\n') {
                end--;
            }
            if (exhausted) {
                return end;
            }
        }
        rest = Arrays.copyOfRange(lines.buffer, end, held);
        return end;
    }

    private void skip(long count) throws IOException {
        var skipped = new byte[1 << 16];
        while (offset < count) {
            offset += text.read(skipped, 0, (int) Math.min(skipped.length, count - offset));
        }
    }

    @Override
    public void close() throws IOException {
        text.close();
        bytes.close();
    }
}
