package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.io.InputException;

/**
 * How the lines of one file look, found out from its beginning.
 *
 * @param separator what stands between columns; for runs of blanks and tabs the one that the first edge has
 * @param blanks whether any run of blanks and tabs separates columns
 * @param header whether the first line holds column names
 * @param thirdColumn whether one of the first edges has a third column
 * @param ragged whether the first edges' lines differ in their number of columns as those of another format would
 * @param names the columns' names as the user says them, or else the header line; empty without either
 * @param dataStart offset of the first edge's line, in the uncompressed text
 */
record LineLayout(byte separator, boolean blanks, boolean header, boolean thirdColumn, boolean ragged, List<String> names, long dataStart) {
    /** Columns that every edge has: source and target. */
    static final int ENDS = 2;
    /** Lines with edges that are looked at: a weight that the very first edge lacks is still noticed. */
    private static final int EDGES_SEEN = 10;
    /** The beginning of a line that is looked at; the rest is skipped. */
    private static final int LINE_BYTES = 4096;
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /**
     * Reads as far as the first few edges.
     *
     * @param name the file's name as the user gave it
     * @throws InputException where there is no edge, or the text cannot be an edge list
     */
    static LineLayout of(String name, InputStream text, EdgeListOptions options) throws IOException {
        var lines = new Beginning(text);
        byte separator = 0;
        boolean blanks = false;
        boolean header = false;
        var names = new ArrayList<String>();
        boolean third = false;
        // Numbers of columns that occur, a bit each: of the first edge, and of those behind it.
        long first = 0;
        long later = 0;
        long dataStart = -1;
        int seen = 0;
        try {
            while (seen < EDGES_SEEN && lines.next()) {
                if (lines.first) {
                    refuseOtherEncodings(name, lines.bytes, lines.length);
                    refuseMatrixMarket(name, lines);
                }
                if (lines.isBlankOrComment()) {
                    continue;
                }
                refuseCarriageReturns(name, lines);
                if (seen == 0) {
                    separator = (byte) (options.separator().isPresent() ? options.separator().get() : lines.separator());
                    blanks = separator == ' ' || separator == '\t' && options.separator().isEmpty();
                    if (!header && separator != ' ' && lines.hasNames(separator)) {
                        header = true;
                        names.addAll(lines.columnTexts(separator));
                        continue;
                    }
                    // Names may hold blanks ("from id,to id"): the first edge has the last word about the separator.
                    dataStart = lines.start;
                }
                seen++;
                third |= lines.hasThirdColumn(separator, blanks);
                long columns = 1L << Math.min(63, lines.columns(separator, blanks));
                first = seen == 1 ? columns : first;
                later |= seen == 1 ? 0 : columns;
            }
        } catch (InputException e) {
            // Damage past the first edge is for reading to report, which knows whether another fault comes before it.
            if (seen == 0) {
                throw e;
            }
        }
        if (seen == 0) {
            throw new InputException(name + (lines.isEmpty() ? ": is empty; "
                : header ? ": holds a header line but no edges; " : ": holds only comments and blank lines; ")
                + "an edge list needs at least one line \"source target\"");
        }
        // Adjacency lists differ from line to line; a line with sizes differs from all behind it.
        boolean ragged = Long.bitCount(first | later) > 2 || seen > 3 && (first & later) == 0;
        if (!options.columns().isEmpty()) {
            names.clear();
            names.addAll(List.of("source", "target"));
            names.addAll(options.columns());
        }
        return new LineLayout(separator, blanks, header, third, ragged, List.copyOf(names), dataStart);
    }

    /** Which column has this name, from 0; -1 where none after source and target has. */
    int columnOf(EdgeColumn sought) {
        for (int column = ENDS; column < names.size(); column++) {
            if (names.get(column).equals(sought.name())) {
                return column;
            }
        }
        return -1;
    }

    /** Which column weights stand in, from 0: the one named so, else the third, unless it is something else; -1 where there is none. */
    int weightColumn(List<EdgeColumn> edgeColumns) {
        for (int column = ENDS; column < names.size(); column++) {
            if (names.get(column).equalsIgnoreCase("weight")) {
                return column;
            }
        }
        boolean isTaken = names.size() > ENDS && names.get(ENDS).equals(VertexListSource.PASSED_OVER)
            || edgeColumns.stream().anyMatch(column -> columnOf(column) == ENDS);
        return thirdColumn && !isTaken ? ENDS : -1;
    }

    /** The separator's name, for messages: "a comma". */
    String separatorName() {
        return blanks ? "blanks or a tab" : switch (separator) {
            case '\t' -> "a tab";
            case ',' -> "a comma";
            case ';' -> "a semicolon";
            default -> "\"" + (char) separator + "\"";
        };
    }

    /** What the edges are separated by, for the description: "comma-separated". */
    String adjective() {
        return switch (separator) {
            case '\t' -> "tab-separated";
            case ' ' -> "blank-separated";
            case ',' -> "comma-separated";
            case ';' -> "semicolon-separated";
            default -> "\"" + (char) separator + "\"-separated";
        };
    }

    /** Refuses a text whose first line begins like nothing that we read: another encoding, or a compressed file. */
    static void refuseOtherEncodings(String name, byte[] line, int length) {
        if (startsWith(line, length, 0xff, 0xfe) || startsWith(line, length, 0xfe, 0xff)) {
            throw new InputException(name + ": is UTF-16 text; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)");
        }
        String packed = startsWith(line, length, 0x28, 0xb5, 0x2f, 0xfd) ? "zstd"
            : startsWith(line, length, 0xfd, '7', 'z', 'X', 'Z') ? "xz"
            : startsWith(line, length, 'B', 'Z', 'h') ? "bzip2"
            : startsWith(line, length, 'P', 'K', 3, 4) ? "zip" : "";
        if (!packed.isEmpty()) {
            throw new InputException(name + ": is compressed with " + packed + "; unpack it, or compress it with gzip instead");
        }
    }

    private static void refuseMatrixMarket(String name, Beginning line) {
        if (startsWith(line.bytes, line.length, '%', '%', 'M', 'a', 't', 'r', 'i', 'x', 'M')) {
            throw new InputException(name + ": is a Matrix Market file, which is not read yet; make an edge list of it"
                + " (grep -v '^%' FILE | tail -n +2 > EDGES)");
        }
    }

    private static boolean startsWith(byte[] line, int length, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= length || (line[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static void refuseCarriageReturns(String name, Beginning line) {
        for (int i = 0; i < line.length - 1; i++) {
            if (line.bytes[i] == '\r') {
                throw new InputException(name + ": its lines end in carriage returns alone; convert them (tr '\\r' '\\n')");
            }
        }
    }

    /** The lines at a text's beginning, one at a time, without their end. */
    private static final class Beginning {
        private final InputStream text;
        private final byte[] buffer = new byte[LINE_BYTES];
        private int next;
        private int limit;
        private long position;

        private final byte[] bytes = new byte[LINE_BYTES];
        private int length;
        private long start;
        private boolean first;

        private Beginning(InputStream text) {
            this.text = text;
        }

        private boolean isEmpty() {
            return position == 0;
        }

        /** Moves to the next line; false at the end of the text. */
        private boolean next() throws IOException {
            first = position == 0;
            start = position;
            length = 0;
            int b = read();
            if (b < 0) {
                return false;
            }
            while (b >= 0 && b != '\n') {
                if (length < bytes.length) {
                    bytes[length++] = (byte) b;
                }
                b = read();
            }
            if (first && length >= UTF8_MARK.length && Arrays.equals(bytes, 0, UTF8_MARK.length, UTF8_MARK, 0, UTF8_MARK.length)) {
                start = UTF8_MARK.length;
                length -= UTF8_MARK.length;
                System.arraycopy(bytes, UTF8_MARK.length, bytes, 0, length);
            }
            return true;
        }

        private int read() throws IOException {
            if (next == limit) {
                limit = Math.max(0, text.read(buffer, 0, buffer.length));
                next = 0;
                if (limit == 0) {
                    return -1;
                }
            }
            position++;
            return buffer[next++] & 0xff;
        }

        private boolean isBlankOrComment() {
            int at = skipBlanks(0);
            return at == length || bytes[at] == '#' || bytes[at] == '%'
                || bytes[at] == '/' && at + 1 < length && bytes[at + 1] == '/';
        }

        /** What stands after the first column: a comma or semicolon counts more than the blanks around it. */
        private byte separator() {
            int at = skipBlanks(0);
            while (at < length && !isBlank(bytes[at]) && bytes[at] != ',' && bytes[at] != ';') {
                at++;
            }
            int end = skipBlanks(at);
            if (end < length && (bytes[end] == ',' || bytes[end] == ';')) {
                return bytes[end];
            }
            if (isNumber(0, at)) {
                return (byte) (at < length && bytes[at] == '\t' ? '\t' : ' ');
            }
            // A header such as "from id,to id" has blanks within its names.
            for (byte candidate : new byte[] {'\t', ',', ';'}) {
                for (int i = 0; i < length; i++) {
                    if (bytes[i] == candidate) {
                        return candidate;
                    }
                }
            }
            return ' ';
        }

        /** Whether there are two columns or more, and neither of the first two is a number. */
        private boolean hasNames(byte separator) {
            int split = indexOf(separator, 0);
            return split < length && !isNumber(0, split) && !isNumber(split + 1, indexOf(separator, split + 1));
        }

        private boolean isNumber(int from, int to) {
            int at = skipBlanks(from);
            if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
                at++;
            }
            return at >= to || bytes[at] >= '0' && bytes[at] <= '9' || bytes[at] == '.';
        }

        private boolean hasThirdColumn(byte separator, boolean blanks) {
            int at = 0;
            if (blanks) {
                at = skipBlanks(at);
                for (int column = 0; column < 2; column++) {
                    while (at < length && !isBlank(bytes[at])) {
                        at++;
                    }
                    at = skipBlanks(at);
                }
                return at < length;
            }
            int third = indexOf(separator, indexOf(separator, 0) + 1) + 1;
            int end = indexOf(separator, third);
            while (third < end && (isBlank(bytes[third]) || bytes[third] == '\t')) {
                third++;
            }
            return third < end;
        }

        /** How many columns the line has, empty ones at its end not counted. */
        private int columns(byte separator, boolean blanks) {
            int columns = 0;
            int filled = 0;
            boolean between = true;
            for (int at = 0; at < length; at++) {
                boolean gap = isBlank(bytes[at]) || bytes[at] == '\t' || bytes[at] == '\r';
                if (!blanks && bytes[at] == separator) {
                    columns++;
                    between = true;
                } else if (gap) {
                    between |= blanks;
                } else {
                    columns += blanks && between ? 1 : 0;
                    filled = blanks ? columns : columns + 1;
                    between = false;
                }
            }
            return filled;
        }

        /** The columns of a line with names, without the blanks around them. */
        private List<String> columnTexts(byte separator) {
            var texts = new ArrayList<String>();
            for (int at = 0; at <= length; at = indexOf(separator, at) + 1) {
                texts.add(new String(bytes, at, indexOf(separator, at) - at, StandardCharsets.UTF_8).trim());
            }
            return texts;
        }

        private int indexOf(byte sought, int from) {
            for (int i = from; i < length; i++) {
                if (bytes[i] == sought) {
                    return i;
                }
            }
            return length;
        }

        private int skipBlanks(int at) {
            int end = at;
            while (end < length && isBlank(bytes[end])) {
                end++;
            }
            return end;
        }

        private static boolean isBlank(byte b) {
            return b == ' ' || b == '\t' || b == '\r';
        }
    }
}
