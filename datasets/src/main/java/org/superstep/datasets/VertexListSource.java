package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.io.InputException;
import org.superstep.graph.io.VertexSink;
import org.superstep.graph.io.VertexSource;

/**
 * Text tables of vertices, one a line: an id, then what the program's columns hold of it at first. A file that a run has written as TSV or
 * CSV is one.
 *
 * <p>The columns are those that a header line names, {@code id<TAB>rank<TAB>label}; or those that the caller names; else the program's in
 * the order of their declaration. A first line that does not begin with a whole number is a header. Columns are parted by tabs, commas or
 * semicolons, whichever the first line holds, or by blanks. Comments, blank lines, line ends and gzip are as in an
 * {@linkplain EdgeListSource edge list}. Plain files are read by all shares, each a piece; a compressed one belongs to one share.
 */
public final class VertexListSource implements VertexSource {
    /** In place of a column's name: the column is passed over. */
    public static final String PASSED_OVER = "-";

    private final List<Origin> origins;
    private final Optional<List<String>> names;

    /** The vertices of these files, taken together, with the columns that each file's header names. */
    public VertexListSource(List<Path> files) {
        this(Origin.of(files), Optional.empty());
    }

    /** The same, where the columns after the id have these names; {@value #PASSED_OVER} for one that is passed over. */
    public VertexListSource(List<Path> files, List<String> columns) {
        this(Origin.of(files), Optional.of(List.copyOf(columns)));
    }

    private VertexListSource(List<Origin> origins, Optional<List<String>> names) {
        if (origins.isEmpty()) {
            throw new IllegalArgumentException("a list of vertices needs at least one file");
        }
        this.origins = origins;
        this.names = names;
    }

    @Override
    public void read(int share, int shares, List<Column> columns, VertexSink sink) throws IOException {
        for (int i = 0; i < origins.size(); i++) {
            try (var table = new Table(origins.get(i))) {
                boolean ours = !table.gzip || i % shares == share;
                long piece = table.bytes.size() / shares;
                long end = table.gzip || share == shares - 1 ? Long.MAX_VALUE : piece * (share + 1);
                table.read(ours ? table.lines(table.gzip ? 0 : piece * share) : Optional.empty(), end, table.fields(columns), sink);
            }
        }
    }

    /** Looks for the two lines, which reading did not keep. */
    @Override
    public InputException duplicate(long vertexId) {
        String first = "";
        for (var origin : origins) {
            try (var table = new Table(origin)) {
                var lines = table.lines(0).orElseThrow();
                while (lines.next()) {
                    if (lines.start() != table.header && lines.columns(table.separator).get(0).equals(Long.toString(vertexId))) {
                        if (!first.isEmpty()) {
                            return table.fault(lines.start(), "vertex " + vertexId + " has a line already, " + first
                                + "; keep one of them");
                        }
                        first = origin.name() + ":" + table.line(lines.start());
                    }
                }
            } catch (IOException e) {
                // It could be read a moment ago; what is known without it will do.
                break;
            }
        }
        return VertexSource.super.duplicate(vertexId);
    }

    /** One opened file, and how its lines look. */
    private final class Table implements AutoCloseable {
        private final Origin origin;
        private final PositionedBytes bytes;
        private final boolean gzip;
        private final List<InputStream> texts = new ArrayList<>();
        private final char separator;
        /** Where the header line begins; -1 where there is none. */
        private final long header;
        /** Where the first line that counts begins, header or not. */
        private final long first;
        /** The columns of that line. */
        private final List<String> firstColumns;

        Table(Origin origin) throws IOException {
            this.origin = origin;
            bytes = origin.open();
            boolean opened = false;
            try {
                gzip = origin.isGzip(bytes);
                var lines = lines(0).orElseThrow();
                if (!lines.next()) {
                    throw new InputException(origin.name() + ": names no vertex; it needs at least one line with an id");
                }
                lines.refuseOtherEncodings(origin.name());
                separator = lines.separator();
                firstColumns = lines.columns(separator);
                first = lines.start();
                header = isWholeNumber(firstColumns.get(0)) ? -1 : first;
                opened = true;
            } finally {
                if (!opened) {
                    close();
                }
            }
        }

        private static boolean isWholeNumber(String text) {
            int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
            return text.length() > digits && Character.isDigit(text.charAt(digits));
        }

        private InputStream text(long from) {
            InputStream text = gzip ? new GzipText(origin.name(), bytes) : new SequentialBytes(bytes, from);
            texts.add(text);
            return text;
        }

        /** The lines that begin at this offset of the file or behind it. */
        private Optional<TextLines> lines(long from) throws IOException {
            if (from == 0) {
                return Optional.of(new TextLines(text(0), 0));
            }
            // The line that begins before is another share's, whether or not it ends just there.
            var lines = new TextLines(text(from - 1), from - 1);
            return lines.read() ? Optional.of(lines) : Optional.empty();
        }

        /** The program's column for each column behind the id; empty for one that is passed over. */
        private List<Optional<Column>> fields(List<Column> columns) throws IOException {
            int count = firstColumns.size() - 1;
            List<String> said = names.orElse(header < 0 ? List.of() : firstColumns.subList(1, count + 1));
            if (names.isPresent() && said.size() != count) {
                throw fault(first, "has " + count(count) + " after the id, and " + said.size() + " are named: " + said);
            }
            if (names.isEmpty() && header < 0 && count > columns.size()) {
                throw fault(first, "has " + count(count) + " after the id, and the program " + columns.size() + ", " + columns
                    + "; name them in a header line, \"id" + separator + columns.get(0) + "\"");
            }
            var taken = new HashSet<String>();
            var fields = new ArrayList<Optional<Column>>();
            for (int i = 0; i < count; i++) {
                String name = names.isEmpty() && header < 0 ? columns.get(i).name() : said.get(i);
                fields.add(names.isPresent() && name.equals(PASSED_OVER) ? Optional.empty() : Optional.of(named(name, columns)));
                if (fields.get(i).isPresent() && !taken.add(name)) {
                    throw fault(first, "column " + quote(name) + " is named twice; each may be given once");
                }
            }
            return fields;
        }

        private Column named(String name, List<Column> columns) throws IOException {
            for (var column : columns) {
                if (column.name().equals(name)) {
                    return column;
                }
            }
            throw fault(first, "the program has no column " + quote(name) + "; it has " + columns
                + " (--vertex-columns names a file's columns, with - for one to pass over)");
        }

        /** Hands over the vertices of the lines that begin before the end. */
        private void read(Optional<TextLines> from, long end, List<Optional<Column>> fields, VertexSink sink) throws IOException {
            if (from.isEmpty()) {
                return;
            }
            var lines = from.get();
            while (lines.next() && lines.start() < end) {
                if (lines.start() != header) {
                    vertex(lines.columns(separator), lines.start(), fields, sink);
                }
            }
            if (lines.isTooLong() && lines.start() < end) {
                throw fault(lines.start(), "the line is longer than " + (EdgeFile.LONGEST_LINE >> 20)
                    + " MB; a vertex has a line of its own");
            }
        }

        private void vertex(List<String> columns, long start, List<Optional<Column>> fields, VertexSink sink) throws IOException {
            if (columns.size() != fields.size() + 1) {
                throw fault(start, "has " + count(columns.size()) + ", and the first line has " + (fields.size() + 1));
            }
            try {
                sink.vertex(Long.parseLong(columns.get(0)));
            } catch (NumberFormatException e) {
                throw fault(start, quote(columns.get(0)) + " is no vertex id; ids are whole numbers of 64 bits");
            }
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).isPresent()) {
                    set(fields.get(i).get(), columns.get(i + 1), start, sink);
                }
            }
        }

        private void set(Column column, String text, long start, VertexSink sink) throws IOException {
            String kind = "";
            try {
                if (column instanceof DoubleColumn doubles) {
                    kind = "numbers";
                    sink.set(doubles, decimal(text));
                } else if (column instanceof LongColumn longs) {
                    kind = "whole numbers of 64 bits";
                    sink.set(longs, Long.parseLong(text));
                } else if (column instanceof IntColumn ints) {
                    kind = "whole numbers of 32 bits";
                    sink.set(ints, Integer.parseInt(text));
                } else {
                    throw fault(first, "column \"" + column + "\" cannot be read from text; it is a " + column.getClass().getSimpleName());
                }
            } catch (NumberFormatException e) {
                throw fault(start, "column \"" + column + "\" holds " + kind + ", was " + quote(text));
            }
        }

        private InputException fault(long start, String what) throws IOException {
            return new InputException(origin.name() + ":" + line(start) + ": " + what);
        }

        private long line(long start) throws IOException {
            return EdgeFile.lineAt(text(0), start);
        }

        @Override
        public void close() throws IOException {
            for (var text : texts) {
                text.close();
            }
            bytes.close();
        }
    }

    private static String count(int columns) {
        return columns + (columns == 1 ? " column" : " columns");
    }

    /** A decimal, or an infinity or NaN as {@link TextRows} writes them, but none of what else Java takes for a double. */
    private static double decimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '9' && c != 'e' && c != 'E' && !text.endsWith("Infinity") && !text.equals("NaN")) {
                throw new NumberFormatException(text);
            }
        }
        return Double.parseDouble(text);
    }

    private static String quote(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return EdgeLines.quote(bytes, 0, bytes.length);
    }
}
