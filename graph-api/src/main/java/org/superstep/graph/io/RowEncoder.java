package org.superstep.graph.io;

/** Turns rows into bytes, appended to a buffer that grows; used by one thread. Values come in the columns' order. */
public interface RowEncoder {
    /** Begins the row of this vertex. */
    void begin(long vertexId);

    /** The next column's value, where that column holds doubles. */
    void put(double value);

    /** The next column's value, where that column holds longs or ints. */
    void put(long value);

    /** Ends the row. */
    void end();

    /** The bytes so far; the first {@link #size()} count. Owned by the encoder, valid until the next call. */
    byte[] buffer();

    /** How many bytes have been appended since the last {@link #clear()}. */
    int size();

    /** Forgets all bytes. */
    void clear();
}
