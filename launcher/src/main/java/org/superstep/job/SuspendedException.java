package org.superstep.job;

/** A job has been suspended: it is over for now, and can go on from its last checkpoint. The message is one line for the user. */
public final class SuspendedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Told in this line. */
    public SuspendedException(String message) {
        super(message);
    }
}
