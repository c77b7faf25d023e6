package org.superstep.graph;

import java.util.StringJoiner;

/** A parameter that is a list of longs, in the order in which they were given; an empty list is one too. */
public final class LongsParameter extends Parameter {
    private LongRange range = LongRange.ALL;
    private long[] values = {};

    LongsParameter(String name, String help) {
        super(name, help, false);
    }

    LongsParameter(String name, String help, long[] defaultValues) {
        super(name, help, true);
        values = defaultValues.clone();
    }

    /** Restricts each value to a closed range. Returns this. */
    public LongsParameter between(long least, long greatest) {
        range = new LongRange(least, greatest);
        return this;
    }

    /** Restricts each value from below, inclusive. Returns this. */
    public LongsParameter atLeast(long least) {
        range = new LongRange(least, range.greatest());
        return this;
    }

    /** How many values there are. */
    public int size() {
        requirePresent();
        return values.length;
    }

    /** A value, by its place from 0. */
    public long get(int index) {
        requirePresent();
        return values[index];
    }

    /** All values, copied. */
    public long[] values() {
        requirePresent();
        return values.clone();
    }

    /** Sets the values, which are copied, before the job starts. */
    public void set(long... values) {
        long[] copy = values.clone();
        for (long value : copy) {
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
        var parsed = new long[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            try {
                parsed[i] = Long.parseLong(pieces[i].trim());
            } catch (NumberFormatException e) {
                throw refusedText(text);
            }
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "INTEGER,...";
    }

    @Override public String allowed() {
        return "integers" + range.phrase() + ", parted by commas";
    }

    @Override String valueText() {
        var text = new StringJoiner(",");
        for (long value : values) {
            text.add(Long.toString(value));
        }
        return text.toString();
    }
}
