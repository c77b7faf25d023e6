package org.superstep.graph;

/** A parameter that is a finite double. */
public final class DoubleParameter extends Parameter {
    private DoubleRange range = DoubleRange.ALL;
    private double value;

    DoubleParameter(String name, String help) {
        super(name, help, false);
    }

    DoubleParameter(String name, String help, double defaultValue) {
        super(name, help, true);
        value = defaultValue;
    }

    /** Restricts the value to a closed range. Returns this. */
    public DoubleParameter between(double least, double greatest) {
        range = new DoubleRange(least, greatest);
        return this;
    }

    /** Restricts the value from below, inclusive. Returns this. */
    public DoubleParameter atLeast(double least) {
        range = new DoubleRange(least, range.greatest());
        return this;
    }

    /** The value. */
    public double get() {
        requirePresent();
        return value;
    }

    /** Sets the value, before the job starts. */
    public void set(double value) {
        if (!range.contains(value)) {
            throw refused(value);
        }
        replace();
        this.value = value;
    }

    @Override public void parse(String text) {
        double parsed;
        try {
            parsed = Double.parseDouble(text.trim());
        } catch (NumberFormatException e) {
            throw refusedText(text);
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "NUMBER";
    }

    @Override public String allowed() {
        return "a number" + range.phrase();
    }

    @Override String valueText() {
        return Double.toString(value);
    }
}
