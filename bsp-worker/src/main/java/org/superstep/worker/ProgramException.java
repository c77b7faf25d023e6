package org.superstep.worker;

import org.superstep.graph.Program;

/** A program's code has failed. The message is one line that names program, place and superstep; the cause is what was thrown. */
public final class ProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ProgramException(String place, Throwable cause) {
        super(place + ": " + cause.toString().lines().findFirst().orElse(""), cause);
    }

    /** It failed while a vertex computed. A heap that is full is not the program's failure: that error is thrown again. */
    static ProgramException at(long vertexId, Program program, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return new ProgramException(program.name() + " failed at vertex " + vertexId + " in superstep " + superstep, cause);
    }

    /** It failed while messages were delivered. */
    static ProgramException delivering(Program program, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return new ProgramException(program.name() + " failed in along or its combiner, while messages were delivered for superstep "
            + superstep, cause);
    }

    /** It failed while it decided whether a vertex exists. */
    static ProgramException resolving(long vertexId, Program program, Throwable cause) {
        rethrowOutOfMemory(cause);
        return new ProgramException(program.name() + " failed in resolve, about vertex " + vertexId, cause);
    }

    /** It failed while an aggregator's values were merged or encoded. */
    static ProgramException aggregating(String aggregator, Program program, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return new ProgramException(program.name() + " failed in aggregator \"" + aggregator + "\" after superstep " + superstep, cause);
    }

    /** It failed while the worker read what the master had announced. */
    static ProgramException hearing(Program program, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return new ProgramException(program.name() + " failed when its aggregators and globals were announced for superstep " + superstep,
            cause);
    }

    private static void rethrowOutOfMemory(Throwable cause) {
        if (cause instanceof OutOfMemoryError full) {
            throw full;
        }
    }
}
