package org.superstep.graph;

import java.util.StringJoiner;

/** A parameter that is a list of finite doubles, in the order in which they were given; an empty list is one too. */
public final class DoublesParameter extends Parameter {
    private DoubleRange range = DoubleRange.ALL;
    private double[] values = {};

    DoublesParameter(String name, String help) {
        super(name, help, false);
    }

    DoublesParameter(String name, String help, double[] defaultValues) {
        super(name, help, true);
        values = defaultValues.clone();
    }

    /** Restricts each value to a closed range. Returns this. */
    public DoublesParameter between(double least, double greatest) {
        range = new DoubleRange(least, greatest);
        return this;
    }

    /** Restricts each value from below, inclusive. Returns this. */
    public DoublesParameter atLeast(double least) {
        range = new DoubleRange(least, range.greatest());
        return this;
    }

    /** How many values there are. */
    public int size() {
        requirePresent();
        return values.length;
    }

    /** A value, by its place from 0. */
    public double get(int index) {
        requirePresent();
        return values[index];
    }

    /** All values, copied. */
    public double[] values() {
        requirePresent();
        return values.clone();
    }

    /** Sets the values, which are copied, before the job starts. */
    public void set(double... values) {
        double[] copy = values.clone();
        for (double value : copy) {
            if (!range.contains(value)) {
                throw refused(value);
            }
        }
        replace();
        this.values = copy;
    }

    @Override public void parse(String text) {
        // The limit keeps empty pieces at the end: "1,2," is a slip.
        String[] pieces = text.isBlank() ? new String[0] : text.split(",", -1);
        var parsed = new double[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            try {
                parsed[i] = Double.parseDouble(pieces[i].trim());
            } catch (NumberFormatException e) {
                throw refusedText(text);
            }
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "NUMBER,...";
    }

    @Override public String allowed() {
        return "numbers" + range.phrase() + ", parted by commas";
    }

    @Override String valueText() {
        var text = new StringJoiner(",");
        for (double value : values) {
            text.add(Double.toString(value));
        }
        return text.toString();
    }
}
