package org.superstep.graph.io;

import java.util.Arrays;

/** Turns rows into bytes, appended to a buffer that grows; used by one thread. Values come in the columns' order. */
public interface RowEncoder {
    /** Begins the row of this vertex. */
    void begin(long vertexId);

    /** Begins a record, which has no id; a format that has none of the {@linkplain RowFormat#recordEncoder records} is not asked. */
    default void begin() {
        throw new UnsupportedOperationException("no records");
    }

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

    /** Ends the row. */
    void end();

    /** The bytes so far; the first {@link #size()} count. Owned by the encoder, valid until the next call. */
    byte[] buffer();

    /** How many bytes have been appended since the last {@link #clear()}. */
    int size();

    /** Forgets all bytes. */
    void clear();
}
