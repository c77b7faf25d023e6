package org.superstep.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where the command speaks.
 *
 * @param out answers, and nothing else; unbuffered, so every caller hands over whole blocks
 * @param err everything else: progress, summaries, faults
 * @param isLive whether {@code err} is a terminal on which a line can be painted anew
 */
record Console(OutputStream out, PrintStream err, boolean isLive) {
    /** Set by the start script, which can ask; the JDK only knows whether input and output both are terminals. */
    private static final String TERMINAL = "superstep.terminal";

    /** The streams of this process. */
    static Console ofProcess() {
        var err = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)), true, StandardCharsets.UTF_8);
        return new Console(new FileOutputStream(FileDescriptor.out), err, Boolean.getBoolean(TERMINAL));
    }

    /** Writes text to standard output. */
    void print(CharSequence text) throws StandardOutputException {
        write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes to standard output. */
    void write(byte[] bytes) throws StandardOutputException {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new StandardOutputException(e);
        }
    }

    /** Nobody takes what is written to standard output: a reader such as {@code head} has left, or a disk is full. */
    static final class StandardOutputException extends IOException {
        private static final long serialVersionUID = 1L;

        StandardOutputException(IOException cause) {
            super("standard output cannot be written: " + cause.getMessage(), cause);
        }

        /** Whether the reader has simply seen enough, which is no fault worth a word. */
        boolean readerHasLeft() {
            return "Broken pipe".equals(getCause().getMessage());
        }
    }
}
