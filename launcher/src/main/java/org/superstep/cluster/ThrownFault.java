package org.superstep.cluster;

import java.util.List;
import org.superstep.JobException;
import org.superstep.graph.io.InputException;
import org.superstep.job.SuspendedException;
import org.superstep.net.Fault;

/** What was thrown while a job was made or run, told so that it can cross a network. */
final class ThrownFault {
    private ThrownFault() {
    }

    /** The fault that lies in it. */
    static Fault of(Throwable thrown) {
        if (thrown instanceof OutOfMemoryError error) {
            return Fault.outOfMemory(error);
        }
        if (thrown instanceof InputException || thrown instanceof IllegalArgumentException && thrown.getMessage() != null) {
            // What was asked for, or the program, is not as it must be: the message says how.
            return new Fault(Fault.Kind.INPUT, thrown.getMessage(), List.of(), thrown);
        }
        if (thrown instanceof SuspendedException) {
            return new Fault(Fault.Kind.SUSPENDED, thrown.getMessage());
        }
        if (thrown instanceof JobException failure) {
            return new Fault(Fault.Kind.FAILURE, failure.getMessage(), failure.details(), failure);
        }
        // Nobody has foreseen it: its class tells more than its message alone.
        return new Fault(Fault.Kind.FAILURE, thrown.toString(), List.of(), thrown);
    }
}
