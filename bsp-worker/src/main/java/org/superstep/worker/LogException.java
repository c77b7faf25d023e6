package org.superstep.worker;

import java.io.IOException;

/** A log does not tell what was said; the message is one line. */
final class LogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LogException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
