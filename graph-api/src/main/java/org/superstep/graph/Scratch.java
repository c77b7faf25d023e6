package org.superstep.graph;

import java.util.function.Supplier;

/**
 * An object that each compute thread has one of, so that {@code compute} need not allocate. What it holds is undefined when a vertex
 * begins to compute.
 *
 * @param <T> the object's type
 */
public final class Scratch<T> {
    private final int index;
    private final Supplier<T> supplier;

    Scratch(int index, Supplier<T> supplier) {
        this.index = index;
        this.supplier = supplier;
    }

    /** The handle's number within its program, from 0. */
    public int index() {
        return index;
    }

    /** For the engine: a new object, for one thread. */
    public T newObject() {
        return supplier.get();
    }
}
