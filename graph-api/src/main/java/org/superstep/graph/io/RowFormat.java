package org.superstep.graph.io;

import java.util.List;
import org.superstep.graph.Column;

/** How result rows look as bytes: one row a vertex, its id and then its columns. Immutable and thread-safe. */
public interface RowFormat {
    /** The bytes before the first row, empty where the format has none. */
    byte[] header(List<Column> columns);

    /** An encoder for one thread. */
    RowEncoder encoder(List<Column> columns);
}
