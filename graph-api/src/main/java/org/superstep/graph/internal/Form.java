package org.superstep.graph.internal;

import org.superstep.graph.Codec;

/**
 * How the value of an aggregator or a global becomes longs, to be sent, and a value again. What fits one long, as raw bits, is kept that
 * way wherever vertices read it; the rest are objects.
 *
 * @param <T> the values' type; what is no number or truth value is immutable
 */
public interface Form<T> {
    /** A double, by its bits. */
    Form<Double> DOUBLE = new OneWord<>() {
        @Override public long[] words(Double value) {
            return new long[] {Double.doubleToLongBits(value)};
        }

        @Override public Double value(long[] words) {
            return Double.longBitsToDouble(words[0]);
        }
    };

    /** A long. */
    Form<Long> LONG = new OneWord<>() {
        @Override public long[] words(Long value) {
            return new long[] {value};
        }

        @Override public Long value(long[] words) {
            return words[0];
        }
    };

    /** A truth value, as 0 or 1. */
    Form<Boolean> BOOLEAN = new OneWord<>() {
        @Override public long[] words(Boolean value) {
            return new long[] {value ? 1 : 0};
        }

        @Override public Boolean value(long[] words) {
            return words[0] != 0;
        }
    };

    /** An object by way of its codec; {@code what} names in errors what it is the value of. */
    static <T> Form<T> of(Codec<T> codec, String what) {
        return new CodecForm<>(codec, what);
    }

    /** The value as longs. */
    long[] words(T value);

    /** The value that {@link #words} has given these for. */
    T value(long[] words);

    /** Whether it is always one long. */
    default boolean isOneWord() {
        return false;
    }

    /** A form of one long. */
    interface OneWord<T> extends Form<T> {
        @Override default boolean isOneWord() {
            return true;
        }
    }
}
