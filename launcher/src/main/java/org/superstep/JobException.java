package org.superstep;

/** A job has failed for a reason that is not its input. The message is one line for the user; nothing was written. */
public final class JobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure told in one line, with what led to it (null where nothing else did). */
    public JobException(String message, Throwable cause) {
        super(message, cause);
    }
}
