package org.superstep.net;

import java.util.List;
import java.util.Objects;

/**
 * Why a job failed, told so that it can cross a network.
 *
 * @param kind whose fault it is
 * @param message one line for the user
 * @param details what the program's author wants to know besides, line by line; empty where there is nothing
 * @param cause what was thrown, for callers in the same process; null where nothing was, or it was thrown in another process
 */
public record Fault(Kind kind, String message, List<String> details, Throwable cause) {
    /** Whose fault a failure is. */
    public enum Kind {
        /** The input or a parameter is wrong, and the user can mend it. */
        INPUT,
        /** The program, or the machine, failed. */
        FAILURE,
        /** Nobody's: the user has cancelled the job. */
        CANCELLED,
        /** Nobody's: the user has suspended the job, which can go on from its checkpoint. */
        SUSPENDED
    }

    /** Checks what must be there. */
    public Fault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        details = List.copyOf(details);
    }

    /** A fault that is told in one line. */
    public Fault(Kind kind, String message) {
        this(kind, message, List.of(), null);
    }

    /** This process's heap is full. */
    public static Fault outOfMemory(OutOfMemoryError error) {
        return new Fault(Kind.FAILURE, "the heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MB is too small for this job; give it"
            + " more (SUPERSTEP_HEAP=4g, superstep worker --memory 4g, or java -Xmx4g)", List.of(), error);
    }

    /** The same, as it is known where its cause was not thrown. */
    public Fault withoutCause() {
        return new Fault(kind, message, details, null);
    }
}
