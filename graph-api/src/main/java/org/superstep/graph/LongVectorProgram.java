package org.superstep.graph;

/** A program of one phase whose messages are vectors of {@code long} values. */
public abstract class LongVectorProgram extends Program implements LongVectorPhase {
    /** Declares the program itself as its only phase. */
    protected LongVectorProgram() {
        declarations().add("main", this);
    }
}
