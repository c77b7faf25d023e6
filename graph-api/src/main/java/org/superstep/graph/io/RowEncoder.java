package org.superstep.graph.io;

/** Turns rows into bytes, appended to a buffer that grows; used by one thread. Values come in the columns' order. */
public interface RowEncoder extends RowValues {
    /** Begins the row of this vertex. */
    void begin(long vertexId);

    /** Begins a record, which has no id; a format that has none of the {@linkplain RowFormat#recordEncoder records} is not asked. */
    default void begin() {
        throw new UnsupportedOperationException("no records");
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
