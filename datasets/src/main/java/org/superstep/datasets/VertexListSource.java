package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Codecs;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
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
 * {@linkplain EdgeListSource edge list}.
 *
 * <p>A column of any type can be read but for objects other than text, those with {@code Codecs.STRING}. A vector is its elements parted by
 * blanks. Text is taken as it stands: between tabs {@code \t}, {@code \n}, {@code \r} and {@code \\} are what {@link TextRows} has escaped,
 * between commas or semicolons a text in quotes may hold anything, line ends too.
 *
 * <p>Plain files are read by all shares, each a piece. A compressed one belongs to one share, and so does one whose quotes may hold line
 * ends, because nobody can begin to read in its middle.
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
                List<Optional<Column>> fields = table.fields(columns);
                boolean isWhole = table.gzip || table.hasQuotedLines(fields);
                boolean ours = !isWhole || i % shares == share;
                long piece = table.bytes.size() / shares;
                long end = isWhole || share == shares - 1 ? Long.MAX_VALUE : piece * (share + 1);
                table.read(ours ? table.lines(isWhole ? 0 : piece * share) : Optional.empty(), end, fields, sink);
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
                    String id = lines.cells(table.separator, table.isQuoted()).get(0).strip();
                    if (lines.start() != table.header && id.equals(Long.toString(vertexId))) {
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
                firstColumns = lines.cells(separator, isQuoted()).stream().map(String::strip).toList();
                first = lines.start();
                header = isWholeNumber(firstColumns.get(0)) ? -1 : first;
                opened = true;
            } finally {
                if (!opened) {
                    close();
                }
            }
        }

        /** Whether a cell may stand in quotes. */
        private boolean isQuoted() {
            return separator == ',' || separator == ';';
        }

        /** Whether lines may end in quotes: where there are texts, or columns of which nobody knows what they hold. */
        private boolean hasQuotedLines(List<Optional<Column>> fields) {
            return isQuoted() && fields.stream().anyMatch(field -> field.isEmpty() || field.get() instanceof ObjectColumn);
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
                fields.add(names.isPresent() && name.equals(PASSED_OVER) ? Optional.empty() : Optional.of(readable(named(name, columns))));
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

        private Column readable(Column column) throws IOException {
            if (column instanceof ObjectColumn<?> objects && objects.codec() != Codecs.STRING) {
                throw fault(first, "column " + quote(column.name()) + " holds objects that no text tells; of objects only those with"
                    + " Codecs.STRING can be read (--vertex-columns names a file's columns, with - for one to pass over)");
            }
            if (separator == ' ' && column.width() > 1) {
                throw fault(first, "column " + quote(column.name()) + " holds vectors, whose elements are parted by blanks; part the"
                    + " columns by tabs, commas or semicolons");
            }
            return column;
        }

        /** Hands over the vertices of the lines that begin before the end. */
        private void read(Optional<TextLines> from, long end, List<Optional<Column>> fields, VertexSink sink) throws IOException {
            if (from.isEmpty()) {
                return;
            }
            var lines = from.get();
            while (lines.next() && lines.start() < end) {
                if (lines.start() != header) {
                    List<String> cells = lines.cells(separator, hasQuotedLines(fields));
                    if (lines.isOpen()) {
                        throw fault(lines.start(), "a quote is opened and not closed");
                    }
                    vertex(cells, lines.start(), fields, sink);
                }
            }
            if (lines.isTooLong() && lines.start() < end) {
                throw fault(lines.start(), "the line is longer than " + (EdgeFile.LONGEST_LINE >> 20)
                    + " MB; a vertex has a line of its own");
            }
        }

        private void vertex(List<String> cells, long start, List<Optional<Column>> fields, VertexSink sink) throws IOException {
            if (cells.size() != fields.size() + 1) {
                throw fault(start, "has " + count(cells.size()) + ", and the first line has " + (fields.size() + 1));
            }
            try {
                sink.vertex(Long.parseLong(cells.get(0).strip()));
            } catch (NumberFormatException e) {
                throw fault(start, quote(cells.get(0).strip()) + " is no vertex id; ids are whole numbers of 64 bits");
            }
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).isPresent()) {
                    Column column = fields.get(i).get();
                    try {
                        set(column, cells.get(i + 1), sink);
                    } catch (NumberFormatException e) {
                        throw fault(start, "column \"" + column + "\" holds " + content(column) + ", was "
                            + quote(cells.get(i + 1).strip()));
                    }
                }
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

    @SuppressWarnings("unchecked")
    private static void set(Column column, String cell, VertexSink sink) {
        String text = cell.strip();
        if (column instanceof DoubleColumn doubles) {
            sink.set(doubles, Double.parseDouble(decimal(text)));
        } else if (column instanceof LongColumn longs) {
            sink.set(longs, Long.parseLong(text));
        } else if (column instanceof IntColumn ints) {
            sink.set(ints, Integer.parseInt(text));
        } else if (column instanceof FloatColumn floats) {
            sink.set(floats, Float.parseFloat(decimal(text)));
        } else if (column instanceof BooleanColumn booleans) {
            sink.set(booleans, truth(text));
        } else if (column instanceof DoubleVectorColumn vectors) {
            sink.set(vectors, Arrays.stream(elements(column, text)).mapToDouble(x -> Double.parseDouble(decimal(x))).toArray());
        } else if (column instanceof LongVectorColumn vectors) {
            sink.set(vectors, Arrays.stream(elements(column, text)).mapToLong(Long::parseLong).toArray());
        } else if (column instanceof ObjectColumn<?> objects) {
            sink.set((ObjectColumn<String>) objects, cell);
        } else {
            throw new AssertionError("a column of a new type: " + column);
        }
    }

    /** What a column's cells are, in words. */
    private static String content(Column column) {
        return column instanceof DoubleColumn || column instanceof FloatColumn ? "numbers"
            : column instanceof LongColumn ? "whole numbers of 64 bits"
            : column instanceof IntColumn ? "whole numbers of 32 bits"
            : column instanceof BooleanColumn ? "true or false"
            : column instanceof DoubleVectorColumn ? "vectors of " + column.width() + " numbers, parted by blanks"
            : "vectors of " + column.width() + " whole numbers of 64 bits, parted by blanks";
    }

    /** A decimal, or an infinity or NaN as {@link TextRows} writes them, but none of what else Java takes for a double. */
    private static String decimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '9' && c != 'e' && c != 'E' && !text.endsWith("Infinity") && !text.equals("NaN")) {
                throw new NumberFormatException(text);
            }
        }
        return text;
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new NumberFormatException(text);
        }
        return text.equals("true");
    }

    private static String[] elements(Column column, String text) {
        String[] elements = text.split(" +");
        if (elements.length != column.width()) {
            throw new NumberFormatException(text);
        }
        return elements;
    }

    private static String quote(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return EdgeLines.quote(bytes, 0, bytes.length);
    }
}
