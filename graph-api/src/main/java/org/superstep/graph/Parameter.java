package org.superstep.graph;

import java.util.Optional;

/**
 * One parameter of a program: name, type, default, range and help in one place, read by the command line, the facade and the help text.
 * Its value is fixed before the job starts.
 */
public abstract sealed class Parameter permits DoubleParameter, LongParameter, VertexParameter {
    private final String name;
    private final String help;
    private boolean frozen;

    Parameter(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /** The name, as on the command line without its two dashes; unique within the program. */
    public final String name() {
        return name;
    }

    /** What the parameter means, a phrase. */
    public final String help() {
        return help;
    }

    /** What a value looks like in help texts: {@code NUMBER}, {@code INTEGER}, {@code VERTEX}. */
    public abstract String typeName();

    /** The range or kind of values allowed, a phrase for help and errors; empty where the type says it all. */
    public abstract String allowed();

    /** The value as text, or empty where a parameter without default has none yet. */
    public abstract Optional<String> text();

    /**
     * Sets the value from text.
     *
     * @throws IllegalArgumentException with a message for the user, if the text is no value that the parameter takes
     */
    public abstract void parse(String text);

    /** For the engine: the job starts, and the value stays as it is. */
    public final void freeze() {
        frozen = true;
    }

    final void requireOpen() {
        if (frozen) {
            throw new IllegalStateException("parameter " + name + " cannot change once its job has started; set it before");
        }
    }

    final IllegalArgumentException refused(Object value) {
        return new IllegalArgumentException(name + " must be " + allowed() + ", was " + value);
    }
}
