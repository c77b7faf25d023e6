package org.superstep.graph;

import org.superstep.graph.internal.Form;

/** A global that holds a {@code long}; see {@link Global}. */
public final class LongGlobal extends Global {
    private final long initial;

    LongGlobal(String name, int index, long initial) {
        super(name, index, Form.LONG);
        this.initial = initial;
    }

    @Override public long initialBits() {
        return initial;
    }
}
