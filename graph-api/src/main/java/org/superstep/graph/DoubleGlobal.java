package org.superstep.graph;

import org.superstep.graph.internal.Form;

/** A global that holds a {@code double}; see {@link Global}. */
public final class DoubleGlobal extends Global {
    private final double initial;

    DoubleGlobal(String name, int index, double initial) {
        super(name, index, Form.DOUBLE);
        this.initial = initial;
    }

    @Override public long initialBits() {
        return Double.doubleToRawLongBits(initial);
    }
}
