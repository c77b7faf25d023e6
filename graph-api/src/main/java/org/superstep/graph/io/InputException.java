package org.superstep.graph.io;

/**
 * The input is wrong, and its owner can mend it. The message is one line that names the thing, the place and the remedy; it is
 * shown as it stands, without a stack trace, and the command ends with status 2.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A fault told in one line. */
    public InputException(String message) {
        super(message);
    }

    /** A fault told in one line, with what led to it. */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
