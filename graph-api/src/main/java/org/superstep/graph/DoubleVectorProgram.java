package org.superstep.graph;

/** A program of one phase whose messages are vectors of {@code double} values. */
public abstract class DoubleVectorProgram extends Program implements DoubleVectorPhase {
    /** Declares the program itself as its only phase. */
    protected DoubleVectorProgram() {
        declarations().add("main", this);
    }
}
