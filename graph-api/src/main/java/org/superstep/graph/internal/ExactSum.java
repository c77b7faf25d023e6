package org.superstep.graph.internal;

import java.util.Arrays;

/**
 * A sum of doubles without any rounding: a fixed-point number wide enough for every finite double, rounded once when it is read, so that
 * neither order nor grouping of the terms shows. R. Neal, "Fast exact summation using small and large superaccumulators", 2015, section 2.
 *
 * <p>The number is the sum of {@code chunk[i] * 2^(32 i - 1074)}. Chunks are signed 64-bit and overlap by 32 bits, so that
 * {@value #ADDS_BETWEEN_CARRIES} terms can be added before carries must be propagated.
 */
public final class ExactSum extends Partial {
    // 2,046 exponents and 53 bits of mantissa make 2,098 bits; one chunk more holds the carries of 2^32 and more terms.
    private static final int CHUNKS = 68;
    private static final int ADDS_BETWEEN_CARRIES = 1 << 10;
    private static final long LOW_32 = 0xFFFFFFFFL;
    private static final long NAN = 1;
    private static final long POSITIVE_INFINITY = 2;
    private static final long NEGATIVE_INFINITY = 4;

    private final long[] chunk = new long[CHUNKS];
    private long special;
    private int addsLeft = ADDS_BETWEEN_CARRIES;
    private boolean added;

    @Override public void add(double value) {
        added = true;
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7FF;
        long mantissa = bits & 0xFFFFFFFFFFFFFL;
        if (exponent == 0x7FF) {
            special |= mantissa != 0 ? NAN : bits > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
            return;
        }
        if (exponent == 0) {
            exponent = 1;
        } else {
            mantissa |= 1L << 52;
        }
        int place = exponent - 1;
        int i = place >> 5;
        int shift = place & 31;
        long low = (mantissa << shift) & LOW_32;
        long high = mantissa >>> (32 - shift);
        if (bits < 0) {
            chunk[i] -= low;
            chunk[i + 1] -= high;
        } else {
            chunk[i] += low;
            chunk[i + 1] += high;
        }
        if (--addsLeft == 0) {
            carry();
        }
    }

    /** Brings all chunks but the last into 0 to 2^32 - 1; the last keeps the sign. */
    private void carry() {
        for (int i = 0; i < CHUNKS - 1; i++) {
            chunk[i + 1] += chunk[i] >> 32;
            chunk[i] &= LOW_32;
        }
        addsLeft = ADDS_BETWEEN_CARRIES;
    }

    @Override boolean isEmpty() {
        return !added;
    }

    @Override void clear() {
        if (added) {
            Arrays.fill(chunk, 0);
            special = 0;
            addsLeft = ADDS_BETWEEN_CARRIES;
            added = false;
        }
    }

    /** {@code [special values seen, chunk 0, chunk 1, ...]}, carried, so that equal sums have equal states. */
    @Override long[] state() {
        carry();
        long[] state = new long[1 + CHUNKS];
        state[0] = special;
        System.arraycopy(chunk, 0, state, 1, CHUNKS);
        return state;
    }

    @Override void merge(long[] state) {
        added = true;
        special |= state[0];
        carry();
        for (int i = 0; i < CHUNKS; i++) {
            chunk[i] += state[1 + i];
        }
        carry();
    }

    @Override void set(long bits) {
        clear();
        add(Double.longBitsToDouble(bits));
    }

    @Override long value() {
        return Double.doubleToLongBits(rounded());
    }

    /** The sum, rounded to the nearest double, ties to even; 0 of nothing. */
    public double rounded() {
        if (special != 0) {
            return special == POSITIVE_INFINITY ? Double.POSITIVE_INFINITY
                : special == NEGATIVE_INFINITY ? Double.NEGATIVE_INFINITY : Double.NaN;
        }
        carry();
        boolean negative = chunk[CHUNKS - 1] < 0;
        if (negative) {
            negate();
        }
        double magnitude = roundedMagnitude();
        if (negative) {
            negate();
        }
        return negative ? -magnitude : magnitude;
    }

    private void negate() {
        for (int i = 0; i < CHUNKS; i++) {
            chunk[i] = -chunk[i];
        }
        carry();
    }

    private double roundedMagnitude() {
        int top = CHUNKS - 1;
        while (top >= 0 && chunk[top] == 0) {
            top--;
        }
        if (top < 0) {
            return 0;
        }
        int highest = 32 * top + 63 - Long.numberOfLeadingZeros(chunk[top]);
        if (highest <= 52) {
            // Fits the 53 bits of the smallest doubles: their pattern is the number itself.
            return Double.longBitsToDouble(chunk[0] | chunk[1] << 32);
        }
        int lowest = highest - 52;
        if (lowest + 1 > Double.MAX_EXPONENT - Double.MIN_EXPONENT + 1) {
            return Double.POSITIVE_INFINITY;
        }
        long mantissa = bitsFrom(lowest);
        boolean half = (bitsFrom(lowest - 1) & 1) != 0;
        if (half && ((mantissa & 1) != 0 || anyBitBelow(lowest - 1))) {
            mantissa++;
        }
        // A mantissa that has become 2^53 carries into the exponent by itself.
        long bits = ((long) (lowest + 1) << 52) + (mantissa - (1L << 52));
        return bits >= 0x7FF0000000000000L ? Double.POSITIVE_INFINITY : Double.longBitsToDouble(bits);
    }

    /** The 53 bits from this place on. */
    private long bitsFrom(int place) {
        int i = place >> 5;
        int shift = place & 31;
        long bits = chunk[i] >>> shift;
        if (i + 1 < CHUNKS) {
            bits |= chunk[i + 1] << (32 - shift);
        }
        if (i + 2 < CHUNKS && shift > 0) {
            bits |= chunk[i + 2] << (64 - shift);
        }
        return bits & ((1L << 53) - 1);
    }

    private boolean anyBitBelow(int place) {
        for (int i = 0; i < place >> 5; i++) {
            if (chunk[i] != 0) {
                return true;
            }
        }
        return (chunk[place >> 5] & ((1L << (place & 31)) - 1)) != 0;
    }
}
