package org.superstep.graph.io;

import java.util.List;
import java.util.Locale;
import org.superstep.graph.Column;

/**
 * How result rows look as bytes: one row a vertex, its id and then its columns. Immutable and thread-safe.
 *
 * <p>The command finds a format by its name: {@code --output-format NAME}. A jar brings one by naming the class, which has a public
 * constructor without arguments, in {@code META-INF/services/org.superstep.graph.io.RowFormat}.
 */
public interface RowFormat {
    /** The name for users; by default the class's simple name in lower case. */
    default String title() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The bytes before the first row, empty where the format has none. */
    byte[] header(List<Column> columns);

    /** An encoder for one thread. */
    RowEncoder encoder(List<Column> columns);

    /**
     * The bytes before the first record of an output with these fields. By default the format is for vertices' rows alone.
     *
     * @throws UnsupportedOperationException if records cannot be had in this format
     */
    default byte[] recordHeader(List<String> fields) {
        throw new UnsupportedOperationException("the format " + title() + " is for rows of vertices and has none for records");
    }

    /** An encoder of records for one thread: {@link RowEncoder#begin()}, then a value for each field, then {@link RowEncoder#end()}. */
    default RowEncoder recordEncoder(List<String> fields) {
        throw new UnsupportedOperationException("the format " + title() + " is for rows of vertices and has none for records");
    }
}
