package org.superstep.worker;

import java.util.ArrayList;
import java.util.List;
import org.superstep.graph.Program;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.Thrown;

/** A program's code has failed. The message is one line that names program, place and superstep; the cause is what was thrown. */
public final class ProgramException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Strings alone, as whoever hears of it may be elsewhere. */
    private final ArrayList<String> details;

    private ProgramException(Program program, String place, Throwable cause, List<String> details) {
        super(program.name() + " failed " + place + ": " + Thrown.line(cause), cause);
        this.details = new ArrayList<>(details);
    }

    /** What the program's author wants to know besides, line by line: state and messages, and the program's part of the stack. */
    public List<String> details() {
        return List.copyOf(details);
    }

    /** It failed while a vertex computed, the one at which the lane stands. */
    static ProgramException at(Lane lane, Program program, int phase, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        var about = new ArrayList<String>();
        try {
            about.add("state     " + VertexText.state(program.declarations().columns(), VertexText.values(lane)));
            about.add("messages  " + VertexText.messages(lane.view, MessageForm.of(program.declarations().phases().get(phase))));
        } catch (Throwable t) {
            // What has failed matters more than what surrounds it.
            about.add("(the rest cannot be shown: " + t.getClass().getName() + ")");
        }
        return of(program, "at vertex " + lane.view.id() + in(program, phase, superstep), about, cause, Computation.class);
    }

    /** It failed while messages were delivered. */
    static ProgramException delivering(Program program, int phase, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return of(program, "in along or its combiner, while messages were delivered for superstep " + superstep
            + phase(program, phase), List.of(), cause, Computation.class);
    }

    /** It failed while a message was delivered that has been found out. */
    static ProgramException delivering(Redelivery found, Program program, int phase, int superstep) {
        rethrowOutOfMemory(found.thrown());
        return of(program, "in " + found.place() + in(program, phase, superstep), List.of("message   " + found.message()), found.thrown(),
            Redelivery.class);
    }

    /** Its codecs failed while a checkpoint was made. */
    static ProgramException saving(Program program, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return of(program, "in a codec, while it was saved before superstep " + superstep, List.of(), cause, StateSegment.class);
    }

    /** It failed while it decided whether a vertex exists. */
    static ProgramException resolving(VertexConflict conflict, Program program, Throwable cause) {
        rethrowOutOfMemory(cause);
        return of(program, "in resolve, about vertex " + conflict.vertexId(), List.of("asked     " + conflict), cause, GraphChange.class);
    }

    /** It failed while an aggregator's values were merged or encoded. */
    static ProgramException aggregating(String aggregator, Program program, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return of(program, "in aggregator \"" + aggregator + "\" after superstep " + superstep, List.of(), cause, Computation.class);
    }

    /** It failed while the worker read what the master had announced. */
    static ProgramException hearing(Program program, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return of(program, "when its aggregators and globals were announced for superstep " + superstep, List.of(), cause,
            Computation.class);
    }

    /** It failed while combiners and scratch objects were made, before the first superstep. */
    static ProgramException preparing(Program program, Throwable cause) {
        rethrowOutOfMemory(cause);
        return of(program, "before its first superstep, when its combiners and scratch objects were made", List.of(), cause,
            Computation.class);
    }

    /** It failed in a codec, while what was said in a superstep went to another worker or came from there. */
    static ProgramException shipping(Program program, int phase, int superstep, Throwable cause) {
        rethrowOutOfMemory(cause);
        return of(program, "in a codec, while messages were exchanged" + in(program, phase, superstep), List.of(), cause,
            OutboxFrame.class);
    }

    private static ProgramException of(Program program, String place, List<String> about, Throwable cause, Class<?> engine) {
        var details = new ArrayList<>(about);
        details.addAll(Thrown.lines(cause, engine));
        return new ProgramException(program, place, cause, details);
    }

    private static String in(Program program, int phase, int superstep) {
        return " in superstep " + superstep + phase(program, phase);
    }

    private static String phase(Program program, int phase) {
        return program.declarations().phases().size() > 1 ? ", phase \"" + program.declarations().phaseName(phase) + "\"" : "";
    }

    private static void rethrowOutOfMemory(Throwable cause) {
        if (cause instanceof OutOfMemoryError full) {
            throw full;
        }
    }
}
