package org.superstep.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.superstep.JobReport;
import org.superstep.Result;
import org.superstep.graph.Column;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;

/**
 * All that a job has to say, in bits: what two runs must have in common.
 *
 * @param ids vertex ids, ascending
 * @param columns every column's raw bits, by name; a vector's elements one behind another
 * @param figures what each superstep counted, and what its aggregators and globals came to
 * @param dropped sends that were to be delivered to vertices that do not exist or have halted for good
 * @param records what was emitted to each output, by name: each record's values, numbers as their raw bits, in words
 */
record Answer(long[] ids, Map<String, long[]> columns, List<Figures> figures, long dropped, Map<String, List<String>> records) {
    /** The answer of a program that emits nothing. */
    Answer(long[] ids, Map<String, long[]> columns, List<Figures> figures, long dropped) {
        this(ids, columns, figures, dropped, Map.of());
    }

    /** What a superstep counted, as far as it must not depend on how the job runs. */
    record Figures(int superstep, String phase, long computed, long awake, long messages, List<Object> aggregates,
            List<Object> globals) {
        static Figures of(JobReport.Superstep superstep) {
            return new Figures(superstep.number(), superstep.phase(), superstep.computed(), superstep.awake(), superstep.messages(),
                List.copyOf(superstep.aggregates().values()), List.copyOf(superstep.globals().values()));
        }
    }

    /** What the engine found. */
    static Answer of(Program program, Result result) {
        long[] ids = new long[result.size()];
        Arrays.setAll(ids, result::id);
        var columns = new LinkedHashMap<String, long[]>();
        for (Column column : program.declarations().columns()) {
            columns.put(column.name(), bits(result, column));
        }
        var records = new LinkedHashMap<String, List<String>>();
        for (RecordOutput output : program.declarations().recordOutputs()) {
            records.put(output.name(), result.records(output.name()).stream().map(record -> recordBits(record.toArray())).toList());
        }
        return new Answer(ids, columns, result.report().supersteps().stream().map(Figures::of).toList(),
            result.report().droppedMessages(), records);
    }

    /** A record in words that differ wherever a bit does. */
    static String recordBits(Object[] values) {
        return Arrays.stream(values).map(value -> value.getClass().getSimpleName() + " " + (value instanceof Double number
            ? Double.doubleToRawLongBits(number) : value instanceof Float number ? Float.floatToRawIntBits(number)
            : value instanceof long[] longs ? Arrays.toString(longs) : value instanceof double[] doubles
            ? Arrays.toString(Arrays.stream(doubles).mapToLong(Double::doubleToRawLongBits).toArray()) : value))
            .collect(Collectors.joining(", "));
    }

    private static long[] bits(Result result, Column column) {
        return ColumnBits.of(column, result.array(column));
    }

    /** Ids and columns as bytes. */
    byte[] bytes() {
        int size = ids.length + columns.values().stream().mapToInt(values -> values.length).sum();
        var buffer = ByteBuffer.allocate(Long.BYTES * size);
        buffer.asLongBuffer().put(ids);
        buffer.position(Long.BYTES * ids.length);
        for (long[] values : columns.values()) {
            buffer.asLongBuffer().put(values);
            buffer.position(buffer.position() + Long.BYTES * values.length);
        }
        return buffer.array();
    }

    /** Where another answer is not this one: the first such vertex or superstep, in words. */
    Optional<String> difference(Answer other) {
        for (int i = 0; i < Math.min(figures.size(), other.figures.size()); i++) {
            if (!figures.get(i).equals(other.figures.get(i))) {
                return Optional.of("expected " + figures.get(i) + ", was " + other.figures.get(i) + columnsToo(other));
            }
        }
        if (figures.size() != other.figures.size()) {
            return Optional.of("expected " + figures.size() + " supersteps, was " + other.figures.size() + columnsToo(other));
        }
        if (dropped != other.dropped) {
            return Optional.of("expected " + dropped + " messages dropped, was " + other.dropped + columnsToo(other));
        }
        return columnDifference(other).or(() -> recordDifference(other));
    }

    private Optional<String> recordDifference(Answer other) {
        for (var output : records.entrySet()) {
            List<String> expected = output.getValue();
            List<String> found = other.records.get(output.getKey());
            for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
                if (!expected.get(i).equals(found.get(i))) {
                    return Optional.of("record " + i + " of " + output.getKey() + ": expected " + expected.get(i) + ", was "
                        + found.get(i));
                }
            }
            if (expected.size() != found.size()) {
                return Optional.of("expected " + expected.size() + " records of " + output.getKey() + ", was " + found.size());
            }
        }
        return Optional.empty();
    }

    private String columnsToo(Answer other) {
        return columnDifference(other).map(difference -> "; " + difference).orElse("; columns agree");
    }

    private Optional<String> columnDifference(Answer other) {
        if (!Arrays.equals(ids, other.ids)) {
            return Optional.of("expected vertices " + abridged(ids) + ", was " + abridged(other.ids));
        }
        for (var column : columns.entrySet()) {
            long[] values = other.columns.get(column.getKey());
            int i = Arrays.mismatch(column.getValue(), values);
            if (i >= 0) {
                int position = i / Math.max(1, column.getValue().length / ids.length);
                return Optional.of("vertex " + ids[position] + " (position " + position + "): expected " + column.getKey() + " "
                    + shown(column.getValue()[i]) + ", was " + shown(values[i]));
            }
        }
        return Arrays.equals(bytes(), other.bytes()) ? Optional.empty() : Optional.of("bytes differ");
    }

    private static String shown(long bits) {
        return bits + " (as a double " + Double.longBitsToDouble(bits) + ")";
    }

    private static String abridged(long[] ids) {
        return ids.length + " " + Arrays.toString(Arrays.copyOf(ids, Math.min(8, ids.length)));
    }
}
