package org.superstep.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * The laws of merging, tried on values that have occurred and on some of what they merge to.
 *
 * @param call what merging is called, "combine"
 * @param samples values that have occurred
 * @param identity the neutral value
 * @param merge merges two values
 * @param bits what tells two values apart
 */
record Laws<T>(String call, List<T> samples, T identity, BinaryOperator<T> merge, Function<T, Object> bits) {
    /** The values that occurred first, and what some of them merge to. */
    static <T> Laws<T> of(String call, List<T> occurred, T identity, BinaryOperator<T> merge, Function<T, Object> bits) {
        var samples = new ArrayList<>(occurred);
        for (int i = 0; i + 1 < Math.min(12, occurred.size()); i++) {
            samples.add(merge.apply(occurred.get(i), occurred.get(i + 1)));
        }
        return new Laws<>(call, samples, identity, merge, bits);
    }

    /** Where merging with the identity, on the left or on either side, changes a value. */
    Optional<String> notNeutral(boolean onEitherSide) {
        for (T sample : samples) {
            T merged = merge.apply(identity, sample);
            if (!isSame(merged, sample)) {
                return Optional.of(said(identity, sample, merged) + ", not " + text(sample) + ": the identity is not neutral");
            }
            merged = merge.apply(sample, identity);
            if (onEitherSide && !isSame(merged, sample)) {
                return Optional.of(said(sample, identity, merged) + ", not " + text(sample) + ": the identity is not neutral");
            }
        }
        return Optional.empty();
    }

    /** Where the order of two values makes a difference. */
    Optional<String> notCommutative() {
        for (T left : samples) {
            for (T right : samples) {
                T one = merge.apply(left, right);
                T other = merge.apply(right, left);
                if (!isSame(one, other)) {
                    return Optional.of(said(left, right, one) + ", and " + said(right, left, other) + ": the order matters");
                }
            }
        }
        return Optional.empty();
    }

    /** Where the grouping of three values makes a difference. */
    Optional<String> notAssociative() {
        for (T a : samples) {
            for (T b : samples) {
                for (T c : samples) {
                    T one = merge.apply(merge.apply(a, b), c);
                    T other = merge.apply(a, merge.apply(b, c));
                    if (!isSame(one, other)) {
                        return Optional.of(call + "(" + call + "(" + text(a) + ", " + text(b) + "), " + text(c) + ") is " + text(one)
                            + ", and " + call + "(" + text(a) + ", " + call + "(" + text(b) + ", " + text(c) + ")) is " + text(other)
                            + ": the grouping matters");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Where a value merged with itself is another. */
    Optional<String> notIdempotent() {
        for (T sample : samples) {
            T merged = merge.apply(sample, sample);
            if (!isSame(merged, sample)) {
                return Optional.of(said(sample, sample, merged) + ": hearing a value twice matters");
            }
        }
        return Optional.empty();
    }

    /** Where merging changes one of the two values, or the same two merge to something else the next time. */
    Optional<String> notPure() {
        for (T left : samples) {
            for (T right : samples) {
                Object leftBefore = bits.apply(left);
                Object rightBefore = bits.apply(right);
                String call = this.call + "(" + text(left) + ", " + text(right) + ")";
                T one = merge.apply(left, right);
                String is = text(one);
                Object oneBits = bits.apply(one);
                if (!leftBefore.equals(bits.apply(left))) {
                    return Optional.of(call + " changes its first argument to " + text(left));
                }
                if (!rightBefore.equals(bits.apply(right))) {
                    return Optional.of(call + " changes its second argument to " + text(right));
                }
                T other = merge.apply(left, right);
                if (!oneBits.equals(bits.apply(other))) {
                    return Optional.of(call + " is " + is + " once, and " + text(other) + " the next time");
                }
            }
        }
        return Optional.empty();
    }

    private boolean isSame(T left, T right) {
        return bits.apply(left).equals(bits.apply(right));
    }

    private String said(T left, T right, T merged) {
        return call + "(" + text(left) + ", " + text(right) + ") is " + text(merged);
    }

    private String text(T value) {
        return FieldState.abridged(ColumnValue.text(value));
    }
}
