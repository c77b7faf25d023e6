package org.superstep.graph;

/** A parameter that is true or false. */
public final class BooleanParameter extends Parameter {
    private boolean value;

    BooleanParameter(String name, String help, boolean defaultValue) {
        super(name, help, true);
        value = defaultValue;
    }

    /** The value. */
    public boolean get() {
        return value;
    }

    /** Sets the value, before the job starts. */
    public void set(boolean value) {
        replace();
        this.value = value;
    }

    @Override public void parse(String text) {
        switch (text.trim()) {
            case "true" -> set(true);
            case "false" -> set(false);
            default -> throw refusedText(text);
        }
    }

    @Override public String typeName() {
        return "true|false";
    }

    @Override public String allowed() {
        return "true or false";
    }

    @Override String valueText() {
        return Boolean.toString(value);
    }
}
