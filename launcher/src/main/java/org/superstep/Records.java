package org.superstep;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.io.RowFormat;

/**
 * What a job's vertices have emitted to one output, in the order of superstep, vertex id and call. The records are held encoded, a few
 * bytes a value, and decoded when they are asked for; immutable, any thread may read.
 */
public final class Records {
    private static final int BLOCK_BYTES = 1 << 16;

    private final RecordOutput output;
    private final List<RecordList.Run> runs;

    Records(RecordOutput output, List<RecordList.Run> runs) {
        this.output = output;
        this.runs = runs;
    }

    /** The names of a record's values, in order. */
    public List<String> fields() {
        return output.fields();
    }

    /** How many records there are. */
    public long size() {
        return runs.stream().mapToLong(RecordList.Run::count).sum();
    }

    /** All records, each as the list of its values: {@code Long} for longs and ints, else what was emitted. */
    public Stream<List<Object>> stream() {
        return values().map(record -> Collections.unmodifiableList(Arrays.asList(record)));
    }

    private Stream<Object[]> values() {
        return runs.stream().flatMap(run -> StreamSupport.stream(run.records().spliterator(), false));
    }

    /** A field's values, by record, where all of them are longs or ints; {@link IllegalArgumentException} where one is not. */
    public long[] longs(String field) {
        return values(field, Long.class).mapToLong(Long::longValue).toArray();
    }

    /** A field's values, by record, where all of them are numbers; {@link IllegalArgumentException} where one is not. */
    public double[] doubles(String field) {
        return values(field, Number.class).mapToDouble(Number::doubleValue).toArray();
    }

    /**
     * A field's values, by record, where all of them are of this type: {@code String}, {@code Boolean}, {@code long[]}, say.
     * {@link IllegalArgumentException} where one is not.
     */
    public <T> List<T> objects(String field, Class<T> type) {
        return values(field, type).toList();
    }

    private <T> Stream<T> values(String field, Class<T> type) {
        int place = output.fields().indexOf(field);
        if (place < 0) {
            throw new IllegalArgumentException("record output " + output + " has no field \"" + field + "\"");
        }
        return values().map(record -> {
            if (!type.isInstance(record[place])) {
                throw new IllegalArgumentException("field \"" + field + "\" of " + output.name() + " holds no " + type.getSimpleName()
                    + "; it has a " + record[place].getClass().getSimpleName());
            }
            return type.cast(record[place]);
        });
    }

    /** Writes all records as a file of them would hold them, the format's header first; does not close the stream. */
    public void write(OutputStream out, RowFormat format) throws IOException {
        out.write(format.recordHeader(fields()));
        var row = format.recordEncoder(fields());
        for (RecordList.Run run : runs) {
            run.encode(row);
            if (row.size() >= BLOCK_BYTES) {
                out.write(row.buffer(), 0, row.size());
                row.clear();
            }
        }
        out.write(row.buffer(), 0, row.size());
        out.flush();
    }

    /** The output's name and fields, and how many records there are. */
    @Override public String toString() {
        return output + ": " + size() + " records";
    }
}
