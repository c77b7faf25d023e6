package org.superstep.master;

import java.util.List;
import org.superstep.graph.Program;
import org.superstep.graph.internal.SharedObjects;
import org.superstep.graph.internal.Thrown;
import org.superstep.graph.io.InputException;
import org.superstep.net.Fault;

/** What a program's code has failed of on the master, as the user hears it. */
final class MasterFault {
    private MasterFault() {
    }

    /** The fault that lies in what was thrown while the {@link Coordinator} called this program, there. */
    static Fault of(Program program, String where, Throwable thrown) {
        if (thrown instanceof InputException) {
            return new Fault(Fault.Kind.INPUT, thrown.getMessage(), List.of(), thrown);
        }
        if (thrown instanceof OutOfMemoryError error) {
            return Fault.outOfMemory(error);
        }
        boolean isHooks = thrown instanceof StackOverflowError || Thrown.isFrom(thrown, Coordinator.class);
        List<String> details = isHooks ? Thrown.lines(thrown, Coordinator.class) : List.of();
        String message = thrown instanceof SharedObjects.Fault ? thrown.getMessage()
            : program.name() + " failed " + where + ": " + Thrown.line(thrown);
        return new Fault(Fault.Kind.FAILURE, message, details, thrown);
    }
}
