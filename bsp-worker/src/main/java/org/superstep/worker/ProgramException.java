package org.superstep.worker;

import org.superstep.graph.Program;

/** A program's code has failed. The message is one line that names program, vertex and superstep; the cause is what was thrown. */
public final class ProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProgramException(Program program, long vertexId, int superstep, Throwable cause) {
        super(program.name() + " failed at vertex " + vertexId + " in superstep " + superstep + ": "
            + cause.toString().lines().findFirst().orElse(""), cause);
    }
}
