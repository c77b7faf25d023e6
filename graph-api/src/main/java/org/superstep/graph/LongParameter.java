package org.superstep.graph;

/** A parameter that is a long. */
public final class LongParameter extends Parameter {
    private LongRange range = LongRange.ALL;
    private long value;

    LongParameter(String name, String help) {
        super(name, help, false);
    }

    LongParameter(String name, String help, long defaultValue) {
        super(name, help, true);
        value = defaultValue;
    }

    /** Restricts the value to a closed range. Returns this. */
    public LongParameter between(long least, long greatest) {
        range = new LongRange(least, greatest);
        return this;
    }

    /** Restricts the value from below, inclusive. Returns this. */
    public LongParameter atLeast(long least) {
        range = new LongRange(least, range.greatest());
        return this;
    }

    /** The value. */
    public long get() {
        requirePresent();
        return value;
    }

    /** Sets the value, before the job starts. */
    public void set(long value) {
        if (!range.contains(value)) {
            throw refused(value);
        }
        replace();
        this.value = value;
    }

    @Override public void parse(String text) {
        long parsed;
        try {
            parsed = Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw refusedText(text);
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "INTEGER";
    }

    @Override public String allowed() {
        return "an integer" + range.phrase();
    }

    @Override String valueText() {
        return Long.toString(value);
    }
}
