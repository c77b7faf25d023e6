package org.superstep.graph;

import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * An object that all vertices of a worker share: a dictionary, a model, a table out of a side file. It is made once for each worker, when
 * the job's parameters are fixed and before the graph is read, and once for the master if its hook asks for it; nobody changes it. Where it
 * is {@link AutoCloseable}, it is closed when the last superstep has ended and before any output takes its name, or when the job fails.
 *
 * @param <T> the object's type
 */
public final class Shared<T> {
    private final String name;
    private final int index;
    private final Callable<? extends T> maker;

    Shared(String name, int index, Callable<? extends T> maker) {
        this.name = name;
        this.index = index;
        this.maker = Objects.requireNonNull(maker, () -> "what makes shared object \"" + name + "\"");
    }

    /** The name that errors tell. */
    public String name() {
        return name;
    }

    /** The handle's number within its program, from 0. */
    public int index() {
        return index;
    }

    /** For the engine: a new object, for one worker or the master. */
    public T newObject() throws Exception {
        return maker.call();
    }
}
