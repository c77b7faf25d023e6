package org.superstep.datasets;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.superstep.graph.io.EdgeReader.ReadProgress;
import org.superstep.graph.io.InputException;

/** One opened file of an input; pieces of it are claimed by several threads at once. */
abstract sealed class EdgeFile implements Closeable permits PlainEdgeFile, GzipEdgeFile {
    /** A line longer than this is no line of an edge list, but the end of memory for a file without line ends. */
    static final int LONGEST_LINE = 1 << 24;

    private final String name;
    private final int index;
    private final LineLayout layout;

    EdgeFile(String name, int index, LineLayout layout) {
        this.name = name;
        this.index = index;
        this.layout = layout;
    }

    /** The name that the user gave. */
    final String name() {
        return name;
    }

    /** Where the file stands among the input's files. */
    final int index() {
        return index;
    }

    final LineLayout layout() {
        return layout;
    }

    /** Bytes of this share, as stored. */
    abstract long shareBytes();

    /** The uncompressed text from its beginning, apart from what the threads read. */
    abstract InputStream text() throws IOException;

    /**
     * Claims the next piece of this share and reads it; reports what is wrong with it to {@code faults}.
     *
     * @param patient whether to wait where another thread is just about to claim
     * @return false where nothing was claimed: all is claimed, lies behind a fault, or another thread is in the way
     */
    abstract boolean readPiece(EdgeLines lines, EarliestFault faults, ReadProgress progress, boolean patient) throws IOException;

    /** The fault in the line that begins at this offset of the text. */
    final InputException faultAt(long offset, String what) throws IOException {
        try (var text = text()) {
            return new InputException(name + ":" + lineAt(text, offset) + ": " + what);
        }
    }

    /** The number of the line that begins at this offset of a text, from 1. */
    static long lineAt(InputStream text, long offset) throws IOException {
        // Lines are counted only now: counting them while reading would cost every run what only a failing one needs.
        long line = 1;
        var bytes = new byte[1 << 16];
        long left = offset;
        while (left > 0) {
            int count = text.read(bytes, 0, (int) Math.min(bytes.length, left));
            if (count <= 0) {
                break;
            }
            for (int i = 0; i < count; i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            left -= count;
        }
        return line;
    }

    final InputException tooLong(long offset) throws IOException {
        return faultAt(offset, "the line is longer than " + (LONGEST_LINE >> 20) + " MB; an edge list has one edge a line");
    }
}
