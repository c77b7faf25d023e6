package org.superstep.graph;

import org.superstep.graph.internal.Form;

/**
 * A global that holds an object; see {@link Global}. The object is immutable: to change it, the hook sets another.
 *
 * @param <T> the object's type
 */
public final class ObjectGlobal<T> extends Global {
    private final T initial;

    ObjectGlobal(String name, int index, Codec<T> codec, T initial) {
        super(name, index, Form.of(codec, "global \"" + name + "\""));
        if (initial == null) {
            throw new IllegalArgumentException("global \"" + name + "\" must begin with an object, was null");
        }
        this.initial = initial;
    }

    @Override public long initialBits() {
        return 0;
    }

    @Override public T initialObject() {
        return initial;
    }
}
