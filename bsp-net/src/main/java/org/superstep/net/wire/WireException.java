package org.superstep.net.wire;

/** Bytes that no Superstep of this version has written. The message is one line that says what was read, and where. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public WireException(String message) {
        super(message);
    }

    /** What was wrong, and what led to it. */
    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
