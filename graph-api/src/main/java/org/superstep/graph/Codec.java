package org.superstep.graph;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How an object becomes bytes, for messages and columns that are no primitives: when it goes to another worker or into a checkpoint.
 * Stateless and shared by all threads. {@link Codecs} has ready-made ones.
 *
 * <p>What {@link #read} makes of the bytes must be equal in every respect to what was written, and it must read exactly those bytes: the
 * engine keeps the length beside them, and refuses a codec that reads fewer or more.
 *
 * @param <T> the objects' type; treated as immutable from the moment they are handed over
 */
public interface Codec<T> {
    /** Writes the object; the same bytes for the same value, on any machine. Never called with null. */
    void write(T value, DataOutput out) throws IOException;

    /** Reads what {@link #write} has written; never returns null. */
    T read(DataInput in) throws IOException;
}
