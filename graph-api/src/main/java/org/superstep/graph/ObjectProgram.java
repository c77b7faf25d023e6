package org.superstep.graph;

/**
 * A program of one phase whose messages are objects.
 *
 * @param <M> the messages' type
 */
public abstract class ObjectProgram<M> extends Program implements ObjectPhase<M> {
    /** Declares the program itself as its only phase. */
    protected ObjectProgram() {
        declarations().add("main", this);
    }
}
