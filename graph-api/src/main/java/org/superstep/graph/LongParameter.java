package org.superstep.graph;

import java.util.Optional;

/** A parameter that is a long. */
public final class LongParameter extends Parameter {
    private long least = Long.MIN_VALUE;
    private long greatest = Long.MAX_VALUE;
    private long value;

    LongParameter(String name, String help, long defaultValue) {
        super(name, help);
        value = defaultValue;
    }

    /** Restricts the value to a closed range. Returns this. */
    public LongParameter between(long least, long greatest) {
        this.least = least;
        this.greatest = greatest;
        return this;
    }

    /** Restricts the value from below, inclusive. Returns this. */
    public LongParameter atLeast(long least) {
        this.least = least;
        return this;
    }

    /** The value. */
    public long get() {
        return value;
    }

    /** Sets the value, before the job starts. */
    public void set(long value) {
        requireOpen();
        if (value < least || value > greatest) {
            throw refused(value);
        }
        this.value = value;
    }

    @Override public void parse(String text) {
        long parsed;
        try {
            parsed = Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw refused("\"" + text + "\"");
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "INTEGER";
    }

    @Override public String allowed() {
        if (least == Long.MIN_VALUE && greatest == Long.MAX_VALUE) {
            return "an integer";
        }
        return greatest == Long.MAX_VALUE ? "an integer of at least " + least : "an integer from " + least + " to " + greatest;
    }

    @Override public Optional<String> text() {
        return Optional.of(Long.toString(value));
    }
}
