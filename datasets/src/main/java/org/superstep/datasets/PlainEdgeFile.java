package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.superstep.graph.io.EdgeReader.ReadProgress;
import org.superstep.graph.io.InputException;

/**
 * An uncompressed file, cut into chunks of equal length behind its header; a chunk owns the lines that begin in it, and the reader of a
 * chunk reads on past the end to where the last of them ends.
 */
final class PlainEdgeFile extends EdgeFile {
    /** Read past a chunk's end at first, which is enough for nearly every last line. */
    private static final int TAIL_BYTES = 256;

    private final PositionedBytes bytes;
    private final int chunkBytes;
    private final long firstChunk;
    private final int stride;
    private final long chunks;
    private final AtomicLong claimed = new AtomicLong();

    /** The share's part of a file. Shares take chunks in turn, beginning with another one in each file, so that small files spread. */
    PlainEdgeFile(String name, int index, LineLayout layout, PositionedBytes bytes, int chunkBytes, int share, int shares) {
        super(name, index, layout);
        this.bytes = bytes;
        this.chunkBytes = chunkBytes;
        long all = (bytes.size() - layout.dataStart() + chunkBytes - 1) / chunkBytes;
        firstChunk = Math.floorMod(share - index, shares);
        stride = shares;
        chunks = Math.max(0, (all - firstChunk + shares - 1) / shares);
    }

    /** How many chunks the share has. */
    long chunks() {
        return chunks;
    }

    /** Offset at which the share's k-th chunk begins. */
    long chunkStart(long k) {
        return layout().dataStart() + (firstChunk + k * stride) * chunkBytes;
    }

    /** Offset at which the share's k-th chunk ends. */
    long chunkEnd(long k) {
        return Math.min(bytes.size(), chunkStart(k) + chunkBytes);
    }

    @Override
    long shareBytes() {
        if (chunks == 0) {
            return 0;
        }
        long last = chunks - 1;
        return last * chunkBytes + chunkEnd(last) - chunkStart(last) + (firstChunk == 0 ? layout().dataStart() : 0);
    }

    @Override
    InputStream text() {
        return new SequentialBytes(bytes);
    }

    @Override
    boolean readPiece(EdgeLines lines, EarliestFault faults, ReadProgress progress, boolean patient) throws IOException {
        if (claimed.get() >= chunks) {
            return false;
        }
        long k = claimed.getAndIncrement();
        if (k >= chunks || !faults.worthReading(index(), chunkStart(k))) {
            return false;
        }
        long edges = lines.edges();
        lines.begin(layout());
        try {
            readLines(lines, chunkStart(k), chunkEnd(k), false);
        } catch (LineFault fault) {
            faults.met(index(), fault.offset, fault.told());
        }
        long header = k == 0 && firstChunk == 0 ? layout().dataStart() : 0;
        progress.advanced(chunkEnd(k) - chunkStart(k) + header, lines.edges() - edges);
        return true;
    }

    /** Reads the lines that begin in this range, without claiming them, and passes over those that are faulty. */
    void peek(EdgeLines lines, long from, long to) throws IOException {
        lines.begin(layout());
        try {
            readLines(lines, from, to, true);
        } catch (LineFault fault) {
            // A line longer than any may be: what has been looked at before it is enough, and reading will tell.
            return;
        }
    }

    /** Reads the lines that begin at {@code from} or behind it, but before {@code to}. */
    private void readLines(EdgeLines lines, long from, long to, boolean skipFaults) throws IOException, LineFault {
        // Whether a line begins right at the start is told by the byte before.
        boolean between = from > layout().dataStart();
        long position = between ? from - 1 : from;
        int held = 0;
        long tail = TAIL_BYTES;
        while (true) {
            if (position + held >= to) {
                tail *= 2;
            }
            int wanted = (int) Math.min(lines.capacity() - held, Math.max(to - position - held, 0) + tail);
            int count = (int) Math.min(wanted, bytes.size() - position - held);
            bytes.read(position + held, lines.buffer, held, count);
            held += count;
            boolean last = position + held == bytes.size();
            int begin = 0;
            if (between) {
                int limit = (int) Math.min(held, to - position);
                begin = after(lines.buffer, 0, limit);
                if (begin < 0 || position + begin >= to) {
                    if (begin >= 0 || position + limit >= to) {
                        return;
                    }
                    position += held;
                    held = 0;
                    continue;
                }
                between = false;
            }
            int end;
            boolean done = false;
            if (position + held >= to) {
                end = after(lines.buffer, (int) Math.max(begin, to - 1 - position), held);
                done = end >= 0;
            } else {
                end = -1;
            }
            if (!done) {
                end = lastLineEnd(lines.buffer, begin, held);
                if (last) {
                    lines.buffer[held] = '\n';
                    end = held > end ? held + 1 : held;
                    done = true;
                }
            }
            parse(lines, begin, end, position, skipFaults);
            if (done) {
                return;
            }
            if (end == 0 && held == lines.capacity()) {
                if (held >= LONGEST_LINE) {
                    throw new LineFault(position, tooLong(position));
                }
                lines.growBuffer();
            }
            System.arraycopy(lines.buffer, end, lines.buffer, 0, held - end);
            position += end;
            held -= end;
        }
    }

    private void parse(EdgeLines lines, int begin, int end, long position, boolean skipFaults) throws IOException, LineFault {
        int at = begin;
        while (at < end) {
            at = lines.parse(lines.buffer, at, end);
            if (at < end) {
                if (!skipFaults) {
                    throw new LineFault(position + at, faultAt(position + at, lines.fault()));
                }
                at = after(lines.buffer, at, end);
            }
        }
    }

    /** Where the line after the next line feed begins, or -1 where there is none before {@code limit}. */
    private static int after(byte[] text, int from, int limit) {
        for (int i = from; i < limit; i++) {
            if (text[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static int lastLineEnd(byte[] text, int from, int to) {
        int end = to;
        while (end > from && text[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }

    /** Leaves the reading of a chunk; met once in a run that fails. */
    private static final class LineFault extends Exception {
        private static final long serialVersionUID = 1L;
        private final long offset;
        private final transient InputException told;

        private LineFault(long offset, InputException told) {
            super(told);
            this.offset = offset;
            this.told = told;
        }

        private InputException told() {
            return told;
        }
    }
}
