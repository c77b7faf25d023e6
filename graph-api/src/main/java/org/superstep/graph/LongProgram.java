package org.superstep.graph;

/** A program of one phase whose messages are {@code long} values. */
public abstract class LongProgram extends Program implements LongPhase {
    /** Declares the program itself as its only phase. */
    protected LongProgram() {
        declarations().add("main", this);
    }
}
