package org.superstep.graph;

import org.superstep.graph.internal.Form;

/** A global that holds a {@code boolean}; see {@link Global}. */
public final class BooleanGlobal extends Global {
    private final boolean initial;

    BooleanGlobal(String name, int index, boolean initial) {
        super(name, index, Form.BOOLEAN);
        this.initial = initial;
    }

    @Override public long initialBits() {
        return initial ? 1 : 0;
    }
}
