package org.superstep.datasets;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.graph.io.EdgeSink;

/**
 * One thread's way from bytes to edges.
 *
 * <p>Nearly every line of a large file is digits, separator, digits, end: {@link #parse} has a straight loop for those (and for those
 * with a plain decimal weight), and hands all others, comments and faults included, to a careful method. Nothing is created per line.
 */
final class EdgeLines {
    /** Bytes that a text buffer has beyond its text: one for a last line without its end, the rest so that a look ahead stays inside. */
    static final int SLACK = 16;
    /** A positive number of so many digits fits a long, so that the fast loops need not look for overflow. */
    private static final int SAFE_DIGITS = 18;
    /** A whole number up to here is a double exactly. */
    private static final long EXACT_MANTISSA = 1L << 53;
    /** The powers of ten that are doubles exactly. */
    private static final double[] POWERS_OF_TEN = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    /** Of the columns of a line, in place of an edge column: nothing is wanted of it, or it is the weight. */
    private static final int NOTHING = -2;
    private static final int WEIGHT = -1;
    /** What a column of doubles may hold besides decimals, as it is written in an output. */
    private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");
    private static final String PASS_OVER = "pass the column over (--edge-columns names columns, with - for one to pass over)";

    /** The thread's text buffer, which a reader fills; {@link #growBuffer} replaces it. */
    byte[] buffer;

    private final EdgeSink sink;
    private final EdgeBatch batch;
    private final boolean weighted;
    private final List<EdgeColumn> columns;
    private final double minimum;
    private long delivered;
    private byte separator;
    private boolean blanks;
    private LineLayout layout;
    /** Whether the fast loops read what is wanted: weights in the third column or none, and nothing else. */
    private boolean isPlain;
    /** For each column of a line up to the last that is wanted: which edge column it is, or one of the two below. */
    private int[] wanted = {};
    /** What {@link #skipId} read last. */
    private long id;
    private String fault;

    /**
     * An empty batch on its way to the sink.
     *
     * @param weighted whether weights are read
     * @param columns the edge columns that are read
     * @param minimum the least weight that is not a fault
     */
    EdgeLines(EdgeSink sink, boolean weighted, List<EdgeColumn> columns, double minimum, int bufferBytes) {
        this.sink = sink;
        this.weighted = weighted;
        this.columns = columns;
        this.minimum = minimum;
        batch = new EdgeBatch(weighted, columns.size());
        buffer = new byte[bufferBytes + SLACK];
    }

    /** The lines that follow look like this. */
    void begin(LineLayout next) {
        layout = next;
        separator = next.separator();
        int weightColumn = weighted ? next.weightColumn(columns) : -1;
        isPlain = columns.isEmpty() && (!weighted || weightColumn == LineLayout.ENDS);
        // In a table with names between tabs two tabs are an empty cell, which must not let the next take its name.
        blanks = next.blanks() && (isPlain || !next.header() || separator != '\t');
        int last = weightColumn;
        for (EdgeColumn column : columns) {
            last = Math.max(last, next.columnOf(column));
        }
        wanted = new int[last + 1];
        Arrays.fill(wanted, NOTHING);
        if (weighted) {
            wanted[weightColumn] = WEIGHT;
        }
        for (int i = 0; i < columns.size(); i++) {
            wanted[next.columnOf(columns.get(i))] = i;
        }
    }

    /** How many edges have been read since the beginning, delivered or still in the batch. */
    long edges() {
        return delivered + batch.size;
    }

    /** What is wrong with the line at which {@link #parse} stopped. */
    String fault() {
        return fault;
    }

    /** Gives the last, partial batch to the sink. */
    void flush() {
        if (batch.size > 0) {
            deliver();
        }
    }

    /** Doubles the buffer and keeps its text. */
    void growBuffer() {
        buffer = Arrays.copyOf(buffer, (buffer.length - SLACK) * 2 + SLACK);
    }

    /** How much text the buffer has room for. */
    int capacity() {
        return buffer.length - SLACK;
    }

    /**
     * Reads whole lines.
     *
     * @param bytes text with at least {@link #SLACK} bytes behind {@code end}
     * @param from where the first line begins
     * @param end where the last line has ended: the byte before is a line feed
     * @return {@code end}, or where the first faulty line begins; {@link #fault} then tells what is wrong
     */
    int parse(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            if (isPlain) {
                at = weighted ? parseWeighted(bytes, at, end) : parsePlain(bytes, at, end);
            }
            if (at < end) {
                // The loop stopped at a full batch, or at a line that it leaves to the careful method.
                if (batch.isFull()) {
                    deliver();
                } else {
                    int next = parseCarefully(bytes, at);
                    if (next < 0) {
                        return at;
                    }
                    at = next;
                }
            }
        }
        return end;
    }

    private void deliver() {
        delivered += batch.size;
        sink.accept(batch);
        batch.size = 0;
    }

    /** Reads lines that begin with two plain numbers; stops before any other line, or when the batch is full. */
    private int parsePlain(byte[] bytes, int from, int end) {
        long[] sources = batch.sources;
        long[] targets = batch.targets;
        byte between = separator;
        int n = batch.size;
        int line = from;
        while (line < end && n < EdgeBatch.CAPACITY) {
            int at = line;
            long source = 0;
            int digit = bytes[at] - '0';
            while (digit >= 0 && digit <= 9) {
                source = source * 10 + digit;
                digit = bytes[++at] - '0';
            }
            int split = at;
            if (bytes[at] != between || at == line || at - line > SAFE_DIGITS) {
                break;
            }
            long target = 0;
            digit = bytes[++at] - '0';
            while (digit >= 0 && digit <= 9) {
                target = target * 10 + digit;
                digit = bytes[++at] - '0';
            }
            int digits = at - split - 1;
            if (bytes[at] == between) {
                do {
                    at++;
                } while (bytes[at] != '\n');
            } else if (bytes[at] == '\r') {
                at++;
            }
            if (bytes[at] != '\n' || digits == 0 || digits > SAFE_DIGITS) {
                break;
            }
            sources[n] = source;
            targets[n++] = target;
            line = at + 1;
        }
        batch.size = n;
        return line;
    }

    /** As {@link #parsePlain}, with a weight such as 12 or 0.125 (W. Clinger, "How to read floating point numbers accurately", 1990). */
    private int parseWeighted(byte[] bytes, int from, int end) {
        long[] sources = batch.sources;
        long[] targets = batch.targets;
        double[] weights = batch.weights;
        byte between = separator;
        double least = minimum;
        int n = batch.size;
        int line = from;
        while (line < end && n < EdgeBatch.CAPACITY) {
            int at = line;
            long source = 0;
            int digit = bytes[at] - '0';
            while (digit >= 0 && digit <= 9) {
                source = source * 10 + digit;
                digit = bytes[++at] - '0';
            }
            int split = at;
            if (bytes[at] != between || at == line || at - line > SAFE_DIGITS) {
                break;
            }
            long target = 0;
            digit = bytes[++at] - '0';
            while (digit >= 0 && digit <= 9) {
                target = target * 10 + digit;
                digit = bytes[++at] - '0';
            }
            int digits = at - split - 1;
            if (bytes[at] != between || digits == 0 || digits > SAFE_DIGITS) {
                break;
            }
            int start = at + 1;
            long mantissa = 0;
            digit = bytes[++at] - '0';
            while (digit >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
                digit = bytes[++at] - '0';
            }
            digits = at - start;
            double weight;
            if (bytes[at] == '.') {
                int point = at;
                digit = bytes[++at] - '0';
                while (digit >= 0 && digit <= 9) {
                    mantissa = mantissa * 10 + digit;
                    digit = bytes[++at] - '0';
                }
                int fraction = at - point - 1;
                digits += fraction;
                if (digits == 0 || digits > SAFE_DIGITS || mantissa > EXACT_MANTISSA) {
                    break;
                }
                // Both are exact, so the quotient is rounded once, as Double.parseDouble would.
                weight = mantissa / POWERS_OF_TEN[fraction];
            } else {
                if (digits == 0 || digits > SAFE_DIGITS) {
                    break;
                }
                weight = mantissa;
            }
            if (bytes[at] == between) {
                do {
                    at++;
                } while (bytes[at] != '\n');
            } else if (bytes[at] == '\r') {
                at++;
            }
            if (bytes[at] != '\n' || weight < least) {
                break;
            }
            sources[n] = source;
            targets[n] = target;
            weights[n++] = weight;
            line = at + 1;
        }
        batch.size = n;
        return line;
    }

    /** Reads one line of any form into a batch that is not full; returns where the next begins, or -1 where the line is faulty. */
    private int parseCarefully(byte[] bytes, int from) {
        int at = skipBlanks(bytes, from);
        if (isLineEnd(bytes, at) || bytes[at] == '#' || bytes[at] == '%' || bytes[at] == '/' && bytes[at + 1] == '/') {
            return nextLine(bytes, at);
        }
        int first = at;
        at = skipId(bytes, first);
        int second = at < 0 ? -1 : skipSeparator(bytes, at);
        if (second < 0) {
            fault = idFault(bytes, from, first);
            return -1;
        }
        long source = id;
        at = skipId(bytes, second);
        int third = at < 0 ? -1 : isLineEnd(bytes, skipBlanks(bytes, at)) ? skipBlanks(bytes, at) : skipSeparator(bytes, at);
        if (third < 0) {
            fault = idFault(bytes, from, second);
            return -1;
        }
        long target = id;
        if (!parseColumns(bytes, from, third)) {
            return -1;
        }
        batch.sources[batch.size] = source;
        batch.targets[batch.size++] = target;
        return nextLine(bytes, third);
    }

    /** Reads what is wanted of the columns after source and target, the first of which begins here; false where that is faulty. */
    private boolean parseColumns(byte[] bytes, int line, int third) {
        int at = third;
        fault = null;
        for (int column = LineLayout.ENDS; column < wanted.length && fault == null; column++) {
            int end = fieldEnd(bytes, at);
            if (wanted[column] != NOTHING && end == at) {
                fault = missing(bytes, line, column);
            } else if (wanted[column] == WEIGHT) {
                batch.weights[batch.size] = weight(bytes, at, end);
            } else if (wanted[column] != NOTHING) {
                batch.columns[wanted[column]][batch.size] = bits(columns.get(wanted[column]), bytes, at, end);
            }
            int blanksEnd = skipBlanks(bytes, end);
            at = isLineEnd(bytes, blanksEnd) ? blanksEnd : skipSeparator(bytes, end);
        }
        return fault == null;
    }

    private String missing(byte[] bytes, int line, int column) {
        String text = quote(bytes, line, lineEnd(bytes, line));
        return wanted[column] == WEIGHT
            ? text + " has no weight in column " + (column + 1) + ", which other lines have; add it, or leave weights out (--weights none)"
            : text + " has nothing in column " + (column + 1) + ", \"" + columns.get(wanted[column]) + "\"; add it, or " + PASS_OVER;
    }

    /** Reads a signed number into {@link #id}; returns where it ends, or -1 where there is none that fits 64 bits. */
    private int skipId(byte[] bytes, int from) {
        int at = from;
        boolean negative = bytes[at] == '-';
        if (negative || bytes[at] == '+') {
            at++;
        }
        int digits = at;
        // Counted downwards, because the least long has no positive counterpart.
        long value = 0;
        for (int digit = bytes[at] - '0'; digit >= 0 && digit <= 9; digit = bytes[++at] - '0') {
            if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                return -1;
            }
            value = value * 10 - digit;
        }
        if (at == digits || !negative && value == Long.MIN_VALUE) {
            return -1;
        }
        id = negative ? value : -value;
        return at;
    }

    /** Where the next column begins, or -1 where no separator stands here. */
    private int skipSeparator(byte[] bytes, int from) {
        int at = skipBlanks(bytes, from);
        if (blanks) {
            return at == from ? -1 : at;
        }
        return bytes[at] == separator ? skipBlanks(bytes, at + 1) : -1;
    }

    private int skipBlanks(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] == ' ' || bytes[at] == '\t' && (blanks || separator != '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isLineEnd(byte[] bytes, int at) {
        return bytes[at] == '\n' || bytes[at] == '\r' && bytes[at + 1] == '\n';
    }

    private static int lineEnd(byte[] bytes, int from) {
        int at = from;
        while (!isLineEnd(bytes, at)) {
            at++;
        }
        return at;
    }

    private static int nextLine(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    /** Where the column that begins here ends, without blanks before the separator. */
    private int fieldEnd(byte[] bytes, int from) {
        int at = from;
        int end = from;
        while (!isLineEnd(bytes, at) && (blanks ? bytes[at] != ' ' && bytes[at] != '\t' : bytes[at] != separator)) {
            byte b = bytes[at++];
            if (b != ' ' && b != '\t') {
                end = at;
            }
        }
        return end;
    }

    /** The weight in these bytes; sets {@link #fault} where it is none that the program takes. */
    private double weight(byte[] bytes, int from, int end) {
        double weight = isDecimal(bytes, from, end) ? decimal(bytes, from, end) : Double.NaN;
        if (weight >= minimum && Math.abs(weight) <= Double.MAX_VALUE) {
            return weight;
        }
        String text = quote(bytes, from, end);
        String plain = text.substring(1, text.length() - 1);
        if (Double.isInfinite(weight) || Double.isNaN(weight)) {
            boolean meant = plain.matches("(?i)[+-]?(nan|inf|infinity)") || Double.isInfinite(weight);
            fault = "weight " + text + (meant ? " is not finite; " : " is no number; ")
                + "correct it, or leave weights out (--weights none)";
        } else if (weight < minimum) {
            fault = "weight " + plain + (minimum == 0 ? " is negative" : " is too small") + "; the program takes weights of at least "
                + (minimum == Math.rint(minimum) && Math.abs(minimum) < EXACT_MANTISSA ? Long.toString((long) minimum)
                    : Double.toString(minimum));
        }
        return weight;
    }

    /** The value of an edge column in these bytes; sets {@link #fault} where it is none. */
    private long bits(EdgeColumn column, byte[] bytes, int from, int end) {
        String kind = "numbers";
        if (column.type() == double.class) {
            if (isDecimal(bytes, from, end)) {
                return Double.doubleToLongBits(decimal(bytes, from, end));
            }
            String text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
            if (NOT_FINITE.contains(text)) {
                return Double.doubleToLongBits(Double.parseDouble(text));
            }
        } else {
            boolean isInt = column.type() == int.class;
            if (skipId(bytes, from) == end && (!isInt || id == (int) id)) {
                return id;
            }
            kind = isInt ? "whole numbers of 32 bits" : "whole numbers of 64 bits";
        }
        fault = "column \"" + column + "\" holds " + kind + ", was " + quote(bytes, from, end) + "; correct it, or " + PASS_OVER;
        return 0;
    }

    /** The decimal number that these bytes are; short ones without an exponent as the fast loop reads them. */
    private static double decimal(byte[] bytes, int from, int end) {
        boolean isSigned = bytes[from] == '-' || bytes[from] == '+';
        int digits = 0;
        int fraction = 0;
        boolean isFraction = false;
        long mantissa = 0;
        for (int at = isSigned ? from + 1 : from; at < end && digits <= SAFE_DIGITS; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                mantissa = mantissa * 10 + digit;
                digits++;
                fraction += isFraction ? 1 : 0;
            } else {
                isFraction = true;
                digits += bytes[at] == '.' ? 0 : SAFE_DIGITS + 1;
            }
        }
        if (digits > SAFE_DIGITS || mantissa > EXACT_MANTISSA) {
            return Double.parseDouble(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
        }
        double magnitude = mantissa / POWERS_OF_TEN[fraction];
        return bytes[from] == '-' ? -magnitude : magnitude;
    }

    /** Whether these bytes are a decimal number: Double.parseDouble alone would also take "NaN", "1d" and "0x1p3". */
    private static boolean isDecimal(byte[] bytes, int from, int end) {
        int at = from;
        if (bytes[at] == '-' || bytes[at] == '+') {
            at++;
        }
        int whole = skipDigits(bytes, at);
        int digits = whole - at;
        at = whole;
        if (bytes[at] == '.') {
            int fraction = skipDigits(bytes, at + 1);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            at++;
            if (bytes[at] == '-' || bytes[at] == '+') {
                at++;
            }
            int exponent = skipDigits(bytes, at);
            if (exponent == at) {
                return false;
            }
            at = exponent;
        }
        return at == end;
    }

    private static int skipDigits(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** Why the column that begins here is no vertex id, or the line has one column only. */
    private String idFault(byte[] bytes, int line, int field) {
        int end = fieldEnd(bytes, field);
        int lineEnd = lineEnd(bytes, field);
        boolean first = field == skipBlanks(bytes, line);
        if (first && skipSeparator(bytes, end) < 0 || end == lineEnd && field == end) {
            return quote(bytes, line, lineEnd) + " has one column; an edge needs two, source and target, separated by "
                + layout.separatorName() + " (or name the separator: --separator)";
        }
        int digits = bytes[field] == '-' || bytes[field] == '+' ? field + 1 : field;
        if (digits < end && skipDigits(bytes, digits) == end) {
            return "vertex id " + quote(bytes, field, end) + " is out of range; ids are 64-bit numbers, " + Long.MIN_VALUE + " to "
                + Long.MAX_VALUE;
        }
        return quote(bytes, field, end) + " is no vertex id; ids are whole numbers";
    }

    /** These bytes as they are shown to the user: in quotes, on one line, the end cut off where they are many. */
    static String quote(byte[] bytes, int from, int end) {
        int shown = Math.min(end, from + 40);
        while (shown < end && shown > from && (bytes[shown] & 0xc0) == 0x80) {
            shown--;
        }
        var text = new StringBuilder("\"");
        new String(bytes, from, shown - from, StandardCharsets.UTF_8).codePoints().forEach(c -> {
            switch (c) {
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c);
            }
        });
        return text.append(shown < end ? "...\"" : "\"").toString();
    }
}
