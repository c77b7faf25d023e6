package org.superstep;

import java.util.ArrayList;
import java.util.List;

/** A job has failed for a reason that is not its input. The message is one line for the user; nothing was written. */
public final class JobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> details;

    /** A failure told in one line, with what led to it (null where nothing else did). */
    public JobException(String message, Throwable cause) {
        this(message, List.of(), cause);
    }

    /** A failure of a program's own code, told in one line, with what its author wants to know besides. */
    public JobException(String message, List<String> details, Throwable cause) {
        super(message, cause);
        this.details = new ArrayList<>(details);
    }

    /**
     * Where the program's own code has failed, what its author wants to know besides, line by line: the vertex's state at that moment and
     * the messages to it, or the message that was being delivered, then what was thrown with the program's part of the stack. Empty for
     * other failures. The text is for people, and may change.
     */
    public List<String> details() {
        return List.copyOf(details);
    }
}
