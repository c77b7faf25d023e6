package org.superstep.worker;

/** Longs as raw bits and back: the counterpart of {@link DoubleBits}. */
final class LongBits {
    private LongBits() {
    }

    static long of(long value) {
        return value;
    }

    static long value(long bits) {
        return bits;
    }
}
