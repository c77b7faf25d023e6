package org.superstep.graph;

import java.util.Arrays;
import java.util.Objects;
import org.superstep.graph.io.RowValues;

/**
 * A column of objects, 4 to 8 bytes a vertex and what the objects take. They are treated as immutable: to change a vertex's value, set
 * another. A value is never null; its {@link Codec} takes it to other workers and into checkpoints.
 *
 * <p>In the output {@code double[]}, {@code long[]} and {@code byte[]} look as vectors do, and any other object is its {@code toString()},
 * which should depend on nothing but the value.
 *
 * @param <T> the objects' type
 */
public final class ObjectColumn<T> extends Column {
    private final Codec<T> codec;
    private final T initial;

    ObjectColumn(String name, int index, Codec<T> codec, T initial) {
        super(name, index);
        this.codec = Objects.requireNonNull(codec, () -> "the codec of column \"" + name + "\"");
        this.initial = value(initial);
    }

    /** How values become bytes. */
    public Codec<T> codec() {
        return codec;
    }

    /** What each vertex holds before the first superstep, the same object for all. */
    public T initial() {
        return initial;
    }

    /** The value itself, which must not be null. */
    T value(T value) {
        return Objects.requireNonNull(value, () -> "column \"" + name() + "\" takes no null");
    }

    @Override public Object newArray(int vertices) {
        var array = new Object[vertices];
        Arrays.fill(array, initial);
        return array;
    }

    @Override public void encode(Object array, int vertexIndex, RowValues row) {
        row.putObject(((Object[]) array)[vertexIndex]);
    }

    /** Leaves the column out of the output; the program still reads and writes it. Returns this. */
    public ObjectColumn<T> hidden() {
        hide();
        return this;
    }
}
