package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.InputException;

/**
 * Text edge lists as they are found in the wild: one edge a line, {@code source target} and perhaps a weight.
 *
 * <p>Columns are separated by tabs, blanks, commas or semicolons, found out from each file's first edge. A program's edge columns are those
 * of their names, which the header line gives, or the caller. The weight is the column named so, else the third; other columns are
 * ignored. Lines that begin with {@code #}, {@code %} or {@code //} are comments, blank lines are passed over, and so is a first line
 * with names where the separator is no blank. Line ends are LF or CRLF, the last may be missing; a UTF-8 byte order mark is passed over.
 * Ids are signed 64-bit numbers. Weights are finite doubles. Files are plain, or compressed by gzip (told by their first bytes), and
 * each may have its own form; either all have weights or none, and the same edge columns.
 *
 * <p>Plain files are cut into chunks, which the shares take in turn; a compressed file belongs to one share as a whole.
 */
public final class EdgeListSource implements EdgeSource {
    private static final int CHUNK_BYTES = 1 << 20;
    /** A thread's piece of text in memory: with the kernel's copy and the batch it stays in a second-level cache of 1 MB. */
    private static final int BUFFER_BYTES = 1 << 18;

    private final List<Origin> origins;
    private final EdgeListOptions options;
    private final int chunkBytes;
    private final int bufferBytes;

    /** The edges of these files, taken together. */
    public EdgeListSource(List<Path> files, EdgeListOptions options) {
        this(files, options, CHUNK_BYTES, BUFFER_BYTES);
    }

    /** For tests: chunks and buffers of a few bytes put a boundary into every line. */
    EdgeListSource(List<Path> files, EdgeListOptions options, int chunkBytes, int bufferBytes) {
        this(options, Origin.of(files), chunkBytes, bufferBytes);
    }

    private EdgeListSource(EdgeListOptions options, List<Origin> origins, int chunkBytes, int bufferBytes) {
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("an edge list needs at least one file");
        }
        this.origins = origins;
        this.options = Objects.requireNonNull(options, "options");
        this.chunkBytes = chunkBytes;
        this.bufferBytes = bufferBytes;
    }

    /** The edges of a text that lies in memory; not copied. */
    static EdgeListSource of(String name, byte[] text, EdgeListOptions options) {
        return new EdgeListSource(options, List.of(new Origin.OfText(name, text)), CHUNK_BYTES, BUFFER_BYTES);
    }

    @Override
    public EdgeReader open(int share, int shares, Weights weights) throws IOException {
        return open(share, shares, weights, List.of());
    }

    @Override
    public EdgeReader open(int share, int shares, Weights weights, List<EdgeColumn> columns) throws IOException {
        Objects.checkIndex(share, shares);
        refuseUnknown(columns);
        if (options.weights() == EdgeListOptions.WeightColumn.NONE && weights.need() == Weights.Need.REQUIRED) {
            throw new InputException("the program needs weights, but they are turned off; leave out --weights none");
        }
        var files = new ArrayList<EdgeFile>();
        boolean opened = false;
        try {
            for (var origin : origins) {
                files.add(open(origin, files.size(), share, shares));
            }
            List<EdgeColumn> carried = carried(files, columns);
            boolean weighted = weighted(files, weights, carried);
            String description = describe(files, weights, weighted, carried);
            var reader = new EdgeListReader(List.copyOf(files), weighted, carried, weights.minimum(), description, bufferBytes);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                for (var file : files) {
                    file.close();
                }
            }
        }
    }

    private EdgeFile open(Origin origin, int index, int share, int shares) throws IOException {
        var bytes = origin.open();
        boolean opened = false;
        try {
            if (bytes.size() == 0) {
                throw new InputException(origin.name() + ": is empty; an edge list needs at least one line \"source target\"");
            }
            boolean gzip = origin.isGzip(bytes);
            LineLayout layout;
            try (InputStream text = gzip ? new GzipText(origin.name(), bytes) : new SequentialBytes(bytes)) {
                layout = LineLayout.of(origin.name(), text, options);
            }
            EdgeFile file = gzip ? new GzipEdgeFile(origin.name(), index, layout, bytes, share, shares)
                : new PlainEdgeFile(origin.name(), index, layout, bytes, chunkBytes, share, shares);
            opened = true;
            return file;
        } finally {
            if (!opened) {
                bytes.close();
            }
        }
    }

    private void refuseUnknown(List<EdgeColumn> columns) {
        for (String name : options.columns()) {
            if (!name.equals(VertexListSource.PASSED_OVER) && !name.equalsIgnoreCase("weight")
                    && columns.stream().noneMatch(column -> column.name().equals(name))) {
                throw new InputException("the program has no edge column \"" + name + "\"; --edge-columns may name weight"
                    + String.join("", columns.stream().map(column -> ", " + column).toList()) + ", and - for one to pass over");
            }
        }
    }

    /** Those of the columns that the files have. */
    private static List<EdgeColumn> carried(List<EdgeFile> files, List<EdgeColumn> columns) {
        var carried = new ArrayList<EdgeColumn>();
        for (var column : columns) {
            EdgeFile with = null;
            EdgeFile without = null;
            for (var file : files) {
                if (file.layout().columnOf(column) >= 0) {
                    with = with == null ? file : with;
                } else {
                    without = without == null ? file : without;
                }
            }
            if (without != null && (with != null || column.isRequired())) {
                throw new InputException(without.name() + ": has no column \"" + column + "\", but "
                    + (with != null ? with.name() + " has" : "the program needs one") + "; name its columns in a header line, or by"
                    + " --edge-columns");
            }
            if (with != null) {
                carried.add(column);
            }
        }
        return carried;
    }

    private boolean weighted(List<EdgeFile> files, Weights weights, List<EdgeColumn> columns) {
        if (!weights.wanted() || options.weights() == EdgeListOptions.WeightColumn.NONE) {
            return false;
        }
        EdgeFile with = null;
        EdgeFile without = null;
        for (var file : files) {
            if (file.layout().weightColumn(columns) >= 0) {
                with = with == null ? file : with;
            } else {
                without = without == null ? file : without;
            }
        }
        if (without != null && weights.need() == Weights.Need.REQUIRED) {
            throw new InputException(without.name() + (without.layout().thirdColumn() ? ": has no column named weight"
                : ": has no third column") + ", but the program needs weights; add them: \"source target weight\"");
        }
        if (with != null && without != null) {
            throw new InputException(without.name() + ": has no weights, but " + with.name()
                + " has; add a third column, or leave weights out (--weights none)");
        }
        return with != null;
    }

    private String describe(List<EdgeFile> files, Weights weights, boolean weighted, List<EdgeColumn> carried) {
        var text = new StringBuilder();
        if (files.size() > 1) {
            text.append(files.size()).append(" files of ");
        }
        // Loops rather than streams: the first stream in a JVM costs several milliseconds, and every run comes through here.
        var separators = new LinkedHashSet<String>();
        int gzips = 0;
        int headers = 0;
        boolean third = false;
        boolean ragged = false;
        for (var file : files) {
            separators.add(file.layout().adjective());
            gzips += file instanceof GzipEdgeFile ? 1 : 0;
            headers += file.layout().header() ? 1 : 0;
            third |= file.layout().thirdColumn();
            ragged |= file.layout().ragged();
        }
        text.append(String.join(" and ", separators)).append(" edges");
        if (gzips > 0) {
            text.append(gzips == files.size() ? ", compressed" : ", " + gzips + " of them compressed");
        }
        if (headers > 0) {
            text.append(", header line skipped").append(files.size() == 1 ? "" : " in " + headers);
        }
        if (weighted) {
            text.append(", weight from column ").append(files.get(0).layout().weightColumn(carried) + 1);
        } else if (weights.wanted()) {
            text.append(third ? carried.isEmpty() ? ", each edge weighs 1 (column 3 is ignored)"
                : ", each edge weighs 1 (no column is named weight)" : ", each edge weighs 1 (there is no column 3)");
        } else if (third && carried.isEmpty()) {
            text.append(", columns after the second ignored");
        }
        for (var column : carried) {
            text.append(", ").append(column).append(" from column ").append(files.get(0).layout().columnOf(column) + 1);
        }
        if (ragged) {
            text.append("; lines differ in their number of columns: make sure that it is an edge list");
        }
        return text.toString();
    }
}
