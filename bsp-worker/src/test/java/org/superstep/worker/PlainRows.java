package org.superstep.worker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.superstep.graph.Column;
import org.superstep.graph.io.RowEncoder;
import org.superstep.graph.io.RowFormat;

/** Rows as plain words: the id and then the values, separated by spaces. */
final class PlainRows implements RowFormat {
    @Override public byte[] header(List<Column> columns) {
        return ("id " + columns.stream().map(Column::name).collect(Collectors.joining(" ")) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override public RowEncoder encoder(List<Column> columns) {
        return new Encoder();
    }

    private static final class Encoder implements RowEncoder {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private void append(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override public void begin(long vertexId) {
            append(Long.toString(vertexId));
        }

        @Override public void put(double value) {
            append(" " + value);
        }

        @Override public void put(long value) {
            append(" " + value);
        }

        @Override public void put(float value) {
            append(" " + value);
        }

        @Override public void put(boolean value) {
            append(" " + value);
        }

        @Override public void put(double[] elements, int from, int to) {
            append(" " + Arrays.toString(Arrays.copyOfRange(elements, from, to)).replace(" ", ""));
        }

        @Override public void put(long[] elements, int from, int to) {
            append(" " + Arrays.toString(Arrays.copyOfRange(elements, from, to)).replace(" ", ""));
        }

        @Override public void put(String text) {
            append(" " + text);
        }

        @Override public void end() {
            append("\n");
        }

        @Override public byte[] buffer() {
            // One byte more than counts, to catch who writes the whole buffer.
            return Arrays.copyOf(bytes.toByteArray(), bytes.size() + 1);
        }

        @Override public int size() {
            return bytes.size();
        }

        @Override public void clear() {
            bytes.reset();
        }
    }
}
