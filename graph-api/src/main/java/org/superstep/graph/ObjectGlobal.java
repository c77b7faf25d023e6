package org.superstep.graph;

import java.util.Objects;
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
        this.initial = Objects.requireNonNull(initial, () -> "global \"" + name + "\" must begin with an object, was null");
    }

    @Override public long initialBits() {
        return 0;
    }

    @Override public T initialObject() {
        return initial;
    }
}
