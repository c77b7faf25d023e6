package org.superstep.graph;

import java.util.Objects;

/** A parameter that is text, taken as it is, blanks and all. */
public final class TextParameter extends Parameter {
    private String value;

    TextParameter(String name, String help) {
        super(name, help, false);
    }

    TextParameter(String name, String help, String defaultValue) {
        super(name, help, true);
        value = Objects.requireNonNull(defaultValue, "the default of a parameter");
    }

    /** The value. */
    public String get() {
        requirePresent();
        return value;
    }

    /** Sets the value, before the job starts. */
    public void set(String value) {
        Objects.requireNonNull(value, name());
        replace();
        this.value = value;
    }

    @Override public void parse(String text) {
        set(text);
    }

    @Override public String typeName() {
        return "TEXT";
    }

    @Override public String allowed() {
        return "any text";
    }

    @Override String valueText() {
        return value;
    }
}
