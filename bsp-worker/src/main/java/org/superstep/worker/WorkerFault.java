package org.superstep.worker;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.Program;
import org.superstep.graph.internal.Thrown;
import org.superstep.graph.io.InputException;
import org.superstep.net.Fault;

/** What a worker has failed of, as the master and the user hear it. */
final class WorkerFault {
    private WorkerFault() {
    }

    /** The fault that lies in what was thrown while this program ran. */
    static Fault of(Program program, Throwable thrown) {
        Throwable cause = thrown instanceof UncheckedIOException wrapped ? wrapped.getCause() : thrown;
        if (cause instanceof OutOfMemoryError error) {
            return Fault.outOfMemory(error);
        }
        if (cause instanceof InputException) {
            return new Fault(Fault.Kind.INPUT, message(cause), List.of(), cause);
        }
        Optional<String> place = cause instanceof RuntimeException ? Thrown.place(cause) : Optional.empty();
        String message = place.isPresent() ? program.name() + " failed in " + place.get() + ": " + Thrown.line(cause) : message(cause);
        return new Fault(Fault.Kind.FAILURE, message, cause instanceof ProgramException failure ? failure.details() : List.of(), cause);
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
