package org.superstep.datasets;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.superstep.graph.Column;
import org.superstep.graph.io.RowEncoder;
import org.superstep.graph.io.RowFormat;

/**
 * Result rows as text, one line a vertex.
 *
 * <p>A double is written as the shortest decimal that reads back as the same double (R. Giulietti, "The Schubfach way to render
 * doubles", 2020, as in Jackson): the JDK's own text is not always the shortest before version 19, so files would differ between JDKs.
 * Infinities and NaN are {@code Infinity}, {@code -Infinity} and {@code NaN}; JSON has no numbers for them, so there they are strings.
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
            return new SeparatedEncoder((byte) '\t');
        }

        @Override
        String escaped(String name) {
            return name.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
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
            return new SeparatedEncoder((byte) ',');
        }

        @Override
        String escaped(String name) {
            boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
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
            return new JsonEncoder(columns.stream().map(column -> utf8(",\"" + escaped(column.name()) + "\":")).toArray(byte[][]::new));
        }

        @Override
        String escaped(String name) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(name));
        }
    };

    /** The format that the user calls so: {@code tsv}, {@code csv} or {@code jsonl}. */
    public static Optional<TextRows> named(String name) {
        return Arrays.stream(values()).filter(rows -> rows.title().equals(name)).findFirst();
    }

    /** The name for users. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    abstract String escaped(String name);

    byte[] names(List<Column> columns, String separator) {
        var line = new StringBuilder("id");
        for (var column : columns) {
            line.append(separator).append(escaped(column.name()));
        }
        return utf8(line.append('\n').toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The growing bytes, and numbers as text. */
    private abstract static class TextEncoder implements RowEncoder {
        /** More than any number with what stands around it. */
        private static final int NUMBER_BYTES = 64;

        private byte[] text = new byte[1 << 13];
        private int size;

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

        // The method is deprecated because it drops upper bytes, of which a decimal has none; it copies without a detour.
        @SuppressWarnings("deprecation")
        final void append(double value) {
            String decimal = DoubleToDecimal.toString(value);
            int length = decimal.length();
            decimal.getBytes(0, length, text, size);
            size += length;
        }
    }

    private static final class SeparatedEncoder extends TextEncoder {
        private final byte separator;

        private SeparatedEncoder(byte separator) {
            this.separator = separator;
        }

        @Override
        public void begin(long vertexId) {
            reserve(0);
            append(vertexId);
        }

        @Override
        public void put(double value) {
            reserve(1);
            append(separator);
            append(value);
        }

        @Override
        public void put(long value) {
            reserve(1);
            append(separator);
            append(value);
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
        public void put(double value) {
            key();
            if (NumberOutput.notFinite(value)) {
                append((byte) '"');
                append(value);
                append((byte) '"');
            } else {
                append(value);
            }
        }

        @Override
        public void put(long value) {
            key();
            append(value);
        }

        private void key() {
            byte[] key = keys[column++];
            reserve(key.length);
            append(key);
        }

        @Override
        public void end() {
            reserve(END.length);
            append(END);
        }
    }
}
