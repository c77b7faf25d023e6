package org.superstep.graph.io;

import java.util.Arrays;

/** Takes the values of a row, in the order of the columns, whatever becomes of them; used by one thread. */
public interface RowValues {
    /** The next column's value, where that column holds doubles. */
    void put(double value);

    /** The next column's value, where that column holds floats. */
    void put(float value);

    /** The next column's value, where that column holds longs or ints. */
    void put(long value);

    /** The next column's value, where that column holds truth values. */
    void put(boolean value);

    /** The next column's value, where that column holds vectors of doubles: the elements from one place to before another. */
    void put(double[] elements, int from, int to);

    /** The next column's value, where that column holds vectors of longs: the elements from one place to before another. */
    void put(long[] elements, int from, int to);

    /** The next column's value, where it is text. */
    void put(String text);

    /** The next column's value, where that column holds objects: arrays of numbers are vectors, all else is text. */
    default void putObject(Object value) {
        if (value instanceof double[] doubles) {
            put(doubles, 0, doubles.length);
        } else if (value instanceof long[] longs) {
            put(longs, 0, longs.length);
        } else if (value instanceof byte[] bytes) {
            var longs = new long[bytes.length];
            Arrays.setAll(longs, i -> bytes[i]);
            put(longs, 0, longs.length);
        } else {
            put(value.toString());
        }
    }
}
