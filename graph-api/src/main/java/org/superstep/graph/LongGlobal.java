package org.superstep.graph;

/** A global that holds a {@code long}; see {@link Global}. */
public final class LongGlobal extends Global {
    private final long initial;

    LongGlobal(String name, int index, long initial) {
        super(name, index);
        this.initial = initial;
    }

    @Override public long initialBits() {
        return initial;
    }
}
