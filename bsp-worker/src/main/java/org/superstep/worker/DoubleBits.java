package org.superstep.worker;

/** Doubles as raw bits and back; {@link LongBits} is the same for longs, so that one source serves both message types. */
final class DoubleBits {
    private DoubleBits() {
    }

    static long of(double value) {
        return Double.doubleToRawLongBits(value);
    }

    static double value(long bits) {
        return Double.longBitsToDouble(bits);
    }
}
