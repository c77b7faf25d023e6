package org.superstep.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.superstep.graph.Column;
import org.superstep.graph.io.RowEncoder;
import org.superstep.graph.io.RowFormat;

/** Writes the rows of a worker's vertices to a file, encoded by all threads, in id order. */
final class RowsFile {
    /** Rows in one piece of work. */
    private static final int ROWS = 1 << 14;

    private final RowFormat format;
    private final List<Column> columns;
    private final Crew crew;

    /** Some neighbouring rows of a partition. */
    private record Piece(Partition partition, int from, int to) {
    }

    RowsFile(RowFormat format, List<Column> columns, Crew crew) {
        this.format = format;
        this.columns = columns;
        this.crew = crew;
    }

    /** Writes all rows, with the format's header if asked, and returns how many bytes that takes. */
    long write(Path file, Partition[] partitions, boolean withHeader) throws IOException {
        var pieces = new ArrayList<Piece>();
        for (Partition partition : partitions) {
            for (int from = 0; from < partition.size; from += ROWS) {
                pieces.add(new Piece(partition, from, Math.min(partition.size, from + ROWS)));
            }
        }
        long length = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            if (withHeader) {
                byte[] header = format.header(columns);
                out.write(header);
                length += header.length;
            }
            for (long bytes : write(pieces, () -> format.encoder(columns), this::encode, crew, out)) {
                length += bytes;
            }
        }
        return length;
    }

    /** Writes pieces one behind another, encoded by all threads; returns how many bytes each takes. */
    static <P> long[] write(List<P> pieces, Supplier<RowEncoder> maker, BiConsumer<P, RowEncoder> encode, Crew crew, OutputStream out)
            throws IOException {
        var bytes = new long[pieces.size()];
        // A few pieces a thread at a time: enough to keep all busy, few enough to bound the memory.
        var encoders = new RowEncoder[4 * crew.threads()];
        for (int first = 0; first < bytes.length; first += encoders.length) {
            int begin = first;
            int count = Math.min(encoders.length, bytes.length - first);
            crew.run(count, (task, thread) -> {
                if (encoders[task] == null) {
                    encoders[task] = maker.get();
                }
                encoders[task].clear();
                encode.accept(pieces.get(begin + task), encoders[task]);
            });
            for (int i = 0; i < count; i++) {
                out.write(encoders[i].buffer(), 0, encoders[i].size());
                bytes[first + i] = encoders[i].size();
            }
        }
        return bytes;
    }

    private void encode(Piece piece, RowEncoder encoder) {
        Partition partition = piece.partition();
        Column[] shown = columns.toArray(Column[]::new);
        Object[] arrays = columns.stream().map(partition.columns::array).toArray();
        for (int i = piece.from(); i < piece.to(); i++) {
            encoder.begin(partition.ids[i]);
            for (int column = 0; column < shown.length; column++) {
                shown[column].encode(arrays[column], i, encoder);
            }
            encoder.end();
        }
    }
}
