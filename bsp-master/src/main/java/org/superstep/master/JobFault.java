package org.superstep.master;

/**
 * Why a job failed.
 *
 * @param kind whose fault it is
 * @param message one line for the user
 * @param cause what led to it; null where nothing else did
 */
public record JobFault(Kind kind, String message, Throwable cause) {
    /** Whose fault a failure is. */
    public enum Kind {
        /** The input or a parameter is wrong, and the user can mend it. */
        INPUT,
        /** The program, or the machine, failed. */
        FAILURE
    }
}
