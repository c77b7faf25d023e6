package org.superstep.graph;

import java.util.Optional;

/** A parameter that is a finite double. */
public final class DoubleParameter extends Parameter {
    private double least = -Double.MAX_VALUE;
    private double greatest = Double.MAX_VALUE;
    private double value;

    DoubleParameter(String name, String help, double defaultValue) {
        super(name, help);
        value = defaultValue;
    }

    /** Restricts the value to a closed range. Returns this. */
    public DoubleParameter between(double least, double greatest) {
        this.least = least;
        this.greatest = greatest;
        return this;
    }

    /** Restricts the value from below, inclusive. Returns this. */
    public DoubleParameter atLeast(double least) {
        this.least = least;
        return this;
    }

    /** The value. */
    public double get() {
        return value;
    }

    /** Sets the value, before the job starts. */
    public void set(double value) {
        requireOpen();
        if (!(value >= least && value <= greatest)) {
            throw refused(value);
        }
        this.value = value;
    }

    @Override public void parse(String text) {
        double parsed;
        try {
            parsed = Double.parseDouble(text.trim());
        } catch (NumberFormatException e) {
            throw refused("\"" + text + "\"");
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "NUMBER";
    }

    @Override public String allowed() {
        if (least == -Double.MAX_VALUE && greatest == Double.MAX_VALUE) {
            return "a number";
        }
        return greatest == Double.MAX_VALUE ? "a number of at least " + least : "a number from " + least + " to " + greatest;
    }

    @Override public Optional<String> text() {
        return Optional.of(Double.toString(value));
    }
}
