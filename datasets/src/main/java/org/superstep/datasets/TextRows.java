package org.superstep.datasets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superstep.graph.Column;
import org.superstep.graph.io.RowEncoder;
import org.superstep.graph.io.RowFormat;

/**
 * Result rows as text, one line a vertex; records, one line each.
 *
 * <p>A double or float is written as the shortest decimal that reads back as the same one (R. Giulietti, "The Schubfach way to render
 * doubles", 2020, as in Jackson): the JDK's own text is not always the shortest before version 19, so files would differ between JDKs.
 * Infinities and NaN are {@code Infinity}, {@code -Infinity} and {@code NaN}; JSON has no numbers for them, so there they are strings.
 *
 * <p>A vector is one cell, its elements parted by blanks, which no format has to escape; in JSON it is an array.
 */
public enum TextRows implements RowFormat {
    /** Columns separated by tabs, names in the first line. */
    TSV {
        @Override
        public byte[] header(List<Column> columns) {
            return names(columns, "\t");
        }

        @Override
        public RowEncoder encoder(List<Column> columns) {
            return new SeparatedEncoder(this, (byte) '\t');
        }

        @Override
        public byte[] recordHeader(List<String> fields) {
            return fieldNames(fields, "\t");
        }

        @Override
        public RowEncoder recordEncoder(List<String> fields) {
            return new SeparatedEncoder(this, (byte) '\t');
        }

        @Override
        String escaped(String text) {
            return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
        }
    },
    /** Columns separated by commas, names in the first line, in quotes where they need them (RFC 4180, with line feeds). */
    CSV {
        @Override
        public byte[] header(List<Column> columns) {
            return names(columns, ",");
        }

        @Override
        public RowEncoder encoder(List<Column> columns) {
            return new SeparatedEncoder(this, (byte) ',');
        }

        @Override
        public byte[] recordHeader(List<String> fields) {
            return fieldNames(fields, ",");
        }

        @Override
        public RowEncoder recordEncoder(List<String> fields) {
            return new SeparatedEncoder(this, (byte) ',');
        }

        @Override
        String escaped(String text) {
            boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
        }
    },
    /** A JSON object a line: {@code {"id":7,"rank":0.25}}. */
    JSONL {
        @Override
        public byte[] header(List<Column> columns) {
            return new byte[0];
        }

        @Override
        public RowEncoder encoder(List<Column> columns) {
            return new JsonEncoder(columns.stream().map(column -> key(',', column.name())).toArray(byte[][]::new));
        }

        @Override
        public byte[] recordHeader(List<String> fields) {
            return new byte[0];
        }

        @Override
        public RowEncoder recordEncoder(List<String> fields) {
            return new JsonEncoder(IntStream.range(0, fields.size()).mapToObj(i -> key(i == 0 ? '{' : ',', fields.get(i)))
                .toArray(byte[][]::new));
        }

        private byte[] key(char before, String name) {
            return utf8(before + "\"" + escaped(name) + "\":");
        }

        @Override
        String escaped(String text) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(text));
        }
    };

    /** The format that the user calls so: {@code tsv}, {@code csv} or {@code jsonl}. */
    public static Optional<TextRows> named(String name) {
        return Arrays.stream(values()).filter(rows -> rows.title().equals(name)).findFirst();
    }

    @Override
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A name or a text as the format wants it. */
    abstract String escaped(String text);

    byte[] names(List<Column> columns, String separator) {
        var line = new StringBuilder("id");
        for (var column : columns) {
            line.append(separator).append(escaped(column.name()));
        }
        return utf8(line.append('\n').toString());
    }

    byte[] fieldNames(List<String> fields, String separator) {
        return utf8(String.join(separator, fields.stream().map(this::escaped).toList()) + "\n");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The growing bytes, and values as text. */
    private abstract static class TextEncoder implements RowEncoder {
        /** More than any number with what stands around it. */
        private static final int NUMBER_BYTES = 64;
        private static final byte[] TRUE = utf8("true");
        private static final byte[] FALSE = utf8("false");

        private final byte[] vectorBegin;
        private final byte elementSeparator;
        private final byte[] vectorEnd;
        private byte[] text = new byte[1 << 13];
        private int size;

        TextEncoder(String vectorBegin, char elementSeparator, String vectorEnd) {
            this.vectorBegin = utf8(vectorBegin);
            this.elementSeparator = (byte) elementSeparator;
            this.vectorEnd = utf8(vectorEnd);
        }

        /** Appends what stands before the next column's value, and makes room for a number. */
        abstract void beginCell();

        /** A text as a cell. */
        abstract String cell(String text);

        @Override
        public final void put(double value) {
            beginCell();
            append(value);
        }

        @Override
        public final void put(float value) {
            beginCell();
            append(value);
        }

        @Override
        public final void put(long value) {
            beginCell();
            append(value);
        }

        @Override
        public final void put(boolean value) {
            beginCell();
            append(value ? TRUE : FALSE);
        }

        @Override
        public final void put(double[] elements, int from, int to) {
            beginCell();
            append(vectorBegin);
            for (int i = from; i < to; i++) {
                beginElement(i == from);
                append(elements[i]);
            }
            append(vectorEnd);
        }

        @Override
        public final void put(long[] elements, int from, int to) {
            beginCell();
            append(vectorBegin);
            for (int i = from; i < to; i++) {
                beginElement(i == from);
                append(elements[i]);
            }
            append(vectorEnd);
        }

        @Override
        public final void put(String value) {
            beginCell();
            byte[] bytes = utf8(cell(value));
            reserve(bytes.length);
            append(bytes);
        }

        /** Also makes room for an element and what ends the vector. */
        private void beginElement(boolean isFirst) {
            reserve(1);
            if (!isFirst) {
                append(elementSeparator);
            }
        }

        @Override
        public final byte[] buffer() {
            return text;
        }

        @Override
        public final int size() {
            return size;
        }

        @Override
        public final void clear() {
            size = 0;
        }

        /** Makes room for so many bytes, and a number more. */
        final void reserve(int bytes) {
            if (text.length - size < bytes + NUMBER_BYTES) {
                text = Arrays.copyOf(text, Math.max(text.length * 2, size + bytes + NUMBER_BYTES));
            }
        }

        final void append(byte b) {
            text[size++] = b;
        }

        final void append(byte[] bytes) {
            System.arraycopy(bytes, 0, text, size, bytes.length);
            size += bytes.length;
        }

        final void append(long value) {
            size = NumberOutput.outputLong(value, text, size);
        }

        final void append(double value) {
            appendDecimal(DoubleToDecimal.toString(value), Math.abs(value) <= Double.MAX_VALUE);
        }

        final void append(float value) {
            appendDecimal(FloatToDecimal.toString(value), Math.abs(value) <= Float.MAX_VALUE);
        }

        /** Appends a number; one that is not finite may need quotes. */
        void appendDecimal(String decimal, boolean isFinite) {
            append(decimal);
        }

        // The method is deprecated because it drops upper bytes, of which a decimal has none; it copies without a detour.
        @SuppressWarnings("deprecation")
        private void append(String decimal) {
            int length = decimal.length();
            decimal.getBytes(0, length, text, size);
            size += length;
        }
    }

    private static final class SeparatedEncoder extends TextEncoder {
        private final TextRows rows;
        private final byte separator;
        /** Whether the next cell is a line's first, which no separator stands before. */
        private boolean isFirst;

        private SeparatedEncoder(TextRows rows, byte separator) {
            super("", ' ', "");
            this.rows = rows;
            this.separator = separator;
        }

        @Override
        public void begin(long vertexId) {
            reserve(0);
            append(vertexId);
        }

        @Override
        public void begin() {
            isFirst = true;
        }

        @Override
        void beginCell() {
            reserve(1);
            if (isFirst) {
                isFirst = false;
            } else {
                append(separator);
            }
        }

        @Override
        String cell(String text) {
            return rows.escaped(text);
        }

        @Override
        public void end() {
            reserve(1);
            append((byte) '\n');
        }
    }

    private static final class JsonEncoder extends TextEncoder {
        private static final byte[] ID = utf8("{\"id\":");
        private static final byte[] END = utf8("}\n");

        /** What stands before each column's value. */
        private final byte[][] keys;
        private int column;

        private JsonEncoder(byte[][] keys) {
            super("[", ',', "]");
            this.keys = keys;
        }

        @Override
        public void begin(long vertexId) {
            reserve(ID.length);
            append(ID);
            append(vertexId);
            column = 0;
        }

        @Override
        public void begin() {
            column = 0;
        }

        @Override
        void beginCell() {
            byte[] key = keys[column++];
            reserve(key.length);
            append(key);
        }

        @Override
        String cell(String text) {
            return '"' + JSONL.escaped(text) + '"';
        }

        @Override
        void appendDecimal(String decimal, boolean isFinite) {
            if (isFinite) {
                super.appendDecimal(decimal, true);
            } else {
                append((byte) '"');
                super.appendDecimal(decimal, false);
                append((byte) '"');
            }
        }

        @Override
        public void end() {
            reserve(END.length);
            append(END);
        }
    }
}
