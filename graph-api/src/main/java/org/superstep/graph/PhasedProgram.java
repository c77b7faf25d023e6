package org.superstep.graph;

/**
 * A program of several phases that share its columns, aggregators and globals. It starts with the phase that it declares first; the master
 * hook chooses when another begins.
 */
public abstract class PhasedProgram extends Program {
    /** For subclasses. */
    protected PhasedProgram() {
    }

    /** Declares a phase and returns it. The name is shown in reports and errors. */
    protected final <P extends Phase> P phase(String name, P phase) {
        declarations().add(name, phase);
        return phase;
    }
}
