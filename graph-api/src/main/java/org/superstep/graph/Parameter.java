package org.superstep.graph;

import java.util.Optional;

/**
 * One parameter of a program: name, type, default, range and help in one place, read by the command line, the facade and the help text.
 * One declared without a default is needed: a job without it is refused before its first superstep. The value is fixed before the job
 * starts.
 */
public abstract sealed class Parameter permits BooleanParameter, DoubleParameter, DoublesParameter, EnumParameter, FileParameter,
        LongParameter, LongsParameter, TextParameter, VertexParameter, VerticesParameter {
    private final String name;
    private final String help;
    private boolean present;
    private boolean frozen;

    Parameter(String name, String help, boolean hasDefault) {
        if (!isWord(name)) {
            throw new IllegalArgumentException("a parameter's name must be letters, digits, - and _, was \"" + name + "\"");
        }
        this.name = name;
        this.help = help;
        present = hasDefault;
    }

    /** Said without a regular expression, whose classes a run would load for this alone. */
    private static boolean isWord(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return !name.isEmpty();
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

    /** The range or kind of values allowed, a phrase for help and errors. */
    public abstract String allowed();

    /** Whether there is a value: the default, or one that was set. */
    public final boolean isPresent() {
        return present;
    }

    /** The value as text, which {@link #parse} reads back, or empty where a parameter without default has none yet. */
    public final Optional<String> text() {
        return present ? Optional.of(valueText()) : Optional.empty();
    }

    /** The value, which is there, as text. */
    abstract String valueText();

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

    /** There is a value from now on: a subclass says so before it keeps one that it has found good. */
    final void replace() {
        if (frozen) {
            throw new IllegalStateException("parameter " + name + " cannot change once its job has started; set it before");
        }
        present = true;
    }

    final void requirePresent() {
        if (!present) {
            throw new IllegalStateException(name + " is missing: it must be " + allowed());
        }
    }

    final IllegalArgumentException refused(Object value) {
        return new IllegalArgumentException(name + " must be " + allowed() + ", was " + value);
    }

    /** Refuses text that is no value at all. */
    final IllegalArgumentException refusedText(String text) {
        return refused('"' + text + '"');
    }
}
