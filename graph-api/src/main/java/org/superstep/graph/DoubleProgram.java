package org.superstep.graph;

/** A program of one phase whose messages are {@code double} values. */
public abstract class DoubleProgram extends Program implements DoublePhase {
    /** Declares the program itself as its only phase. */
    protected DoubleProgram() {
        declarations().add("main", this);
    }
}
