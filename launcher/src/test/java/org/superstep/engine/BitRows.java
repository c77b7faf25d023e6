package org.superstep.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.Column;
import org.superstep.graph.io.RowEncoder;
import org.superstep.graph.io.RowFormat;

/** Rows whose doubles are written as their raw bits in hexadecimal, so that nothing hides in a decimal. */
final class BitRows implements RowFormat {
    static final RowFormat FORMAT = new BitRows();

    private BitRows() {
    }

    @Override public byte[] header(List<Column> columns) {
        return ("id " + String.join(" ", columns.stream().map(Column::name).toList()) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override public RowEncoder encoder(List<Column> columns) {
        return new Encoder();
    }

    private static final class Encoder implements RowEncoder {
        private byte[] bytes = new byte[64];
        private int size;

        @Override public void begin(long vertexId) {
            append(Long.toString(vertexId));
        }

        @Override public void put(double value) {
            append(" " + Long.toHexString(Double.doubleToRawLongBits(value)));
        }

        @Override public void put(long value) {
            append(" " + value);
        }

        @Override public void put(float value) {
            append(" " + Integer.toHexString(Float.floatToRawIntBits(value)));
        }

        @Override public void put(boolean value) {
            append(" " + value);
        }

        @Override public void put(double[] elements, int from, int to) {
            Arrays.stream(elements, from, to).forEach(this::put);
        }

        @Override public void put(long[] elements, int from, int to) {
            Arrays.stream(elements, from, to).forEach(this::put);
        }

        @Override public void put(String text) {
            append(" " + text);
        }

        @Override public void end() {
            append("\n");
        }

        @Override public byte[] buffer() {
            return bytes;
        }

        @Override public int size() {
            return size;
        }

        @Override public void clear() {
            size = 0;
        }

        private void append(String text) {
            byte[] more = text.getBytes(StandardCharsets.UTF_8);
            if (size + more.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * (size + more.length));
            }
            System.arraycopy(more, 0, bytes, size, more.length);
            size += more.length;
        }
    }
}
