package org.superstep.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.superstep.Result;
import org.superstep.graph.Column;
import org.superstep.graph.io.RowFormat;

/** A result's rows on a stream: the same bytes as in an output file, for streams that no file can be renamed to. */
final class Rows {
    private static final int BLOCK_BYTES = 1 << 16;

    private Rows() {
    }

    static void write(Result result, List<Column> columns, RowFormat format, OutputStream out) throws IOException {
        var arrays = new Object[columns.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = result.array(columns.get(i));
        }
        out.write(format.header(columns));
        var row = format.encoder(columns);
        for (int position = 0; position < result.size(); position++) {
            row.begin(result.id(position));
            for (int i = 0; i < arrays.length; i++) {
                columns.get(i).encode(arrays[i], position, row);
            }
            row.end();
            if (row.size() >= BLOCK_BYTES) {
                out.write(row.buffer(), 0, row.size());
                row.clear();
            }
        }
        out.write(row.buffer(), 0, row.size());
        out.flush();
    }
}
