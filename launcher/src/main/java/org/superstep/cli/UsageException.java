package org.superstep.cli;

/** The command line asks for something that cannot be. The message is one line that says what would do; the command ends with status 2. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
