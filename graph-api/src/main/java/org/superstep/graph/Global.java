package org.superstep.graph;

/** A typed value that the master hook sets and every vertex reads; the hook's only memory from superstep to superstep. */
public abstract sealed class Global permits DoubleGlobal, LongGlobal {
    private final String name;
    private final int index;

    Global(String name, int index) {
        this.name = name;
        this.index = index;
    }

    /** The global's name in reports; unique within the program. */
    public final String name() {
        return name;
    }

    /** The global's number within its program, from 0. */
    public final int index() {
        return index;
    }

    /** For the engine: the value before the hook has set one, as 64 raw bits. */
    public abstract long initialBits();
}
