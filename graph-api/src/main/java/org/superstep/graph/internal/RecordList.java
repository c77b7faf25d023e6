package org.superstep.graph.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.io.RowEncoder;
import org.superstep.graph.io.RowValues;

/**
 * What the vertices of one partition have emitted to one output in all supersteps so far, in order: vertices compute by id, one thread at
 * a time in a partition. Records are encoded at once, so that nothing of the program's is kept, into runs of about a megabyte at most, each
 * of one superstep. A value is a tag and what follows:
 *
 * <pre>
 *   tag      bytes that follow
 *   FALSE    none
 *   TRUE     none
 *   LONG     a varint: 7 bits a byte, the lowest first; the sign in the lowest bit (zigzag), so that small numbers of either sign are short
 *   DOUBLE   8, little-endian
 *   FLOAT    4, little-endian
 *   TEXT     varint n, then n of UTF-8
 *   LONGS    varint n, then n varints
 *   DOUBLES  varint n, then 8n
 * </pre>
 */
public final class RecordList {
    private static final byte FALSE = 0;
    private static final byte TRUE = 1;
    private static final byte LONG = 2;
    private static final byte DOUBLE = 3;
    private static final byte FLOAT = 4;
    private static final byte TEXT = 5;
    private static final byte LONGS = 6;
    private static final byte DOUBLES = 7;

    /** A run that is as long as this is not appended to. */
    private static final int RUN_BYTES = 1 << 20;
    private static final int LONGEST_VARINT = 10;
    private static final byte[] NOTHING = {};

    private final RecordOutput output;
    private final List<Run> runs = new ArrayList<>();
    // The run that is being written.
    private int superstep;
    private int count;
    private byte[] bytes = NOTHING;
    private int size;

    /** No records yet of this output. */
    public RecordList(RecordOutput output) {
        this.output = output;
    }

    /** An empty list for each of these outputs. */
    public static RecordList[] of(List<RecordOutput> outputs) {
        return outputs.stream().map(RecordList::new).toArray(RecordList[]::new);
    }

    /**
     * Appends a record, whose values are copied.
     *
     * @param emittedIn the superstep that runs
     * @param values one for each field
     * @throws IllegalArgumentException if these are no values for the output's fields; then nothing is appended
     */
    public void add(int emittedIn, Object[] values) {
        if (values.length != output.fields().size()) {
            throw new IllegalArgumentException("a record of \"" + output.name() + "\" has " + output.fields().size() + " values ("
                + String.join(", ", output.fields()) + "), was given " + values.length);
        }
        if (emittedIn != superstep || size >= RUN_BYTES) {
            endRun();
            superstep = emittedIn;
        }
        int before = size;
        try {
            for (int field = 0; field < values.length; field++) {
                put(values[field], field);
            }
        } catch (IllegalArgumentException e) {
            size = before;
            throw e;
        }
        count++;
    }

    /** Appends a run of a list of the same output, which is later than all that is here. */
    public void add(Run run) {
        endRun();
        runs.add(run);
    }

    private void put(Object value, int field) {
        if (value instanceof Long || value instanceof Integer) {
            tag(LONG, LONGEST_VARINT);
            zigzag(((Number) value).longValue());
        } else if (value instanceof Double number) {
            tag(DOUBLE, Double.BYTES);
            fixed(Double.doubleToLongBits(number), Double.BYTES);
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            tag(TEXT, LONGEST_VARINT + utf8.length);
            varint(utf8.length);
            System.arraycopy(utf8, 0, bytes, size, utf8.length);
            size += utf8.length;
        } else if (value instanceof Boolean truth) {
            tag(truth ? TRUE : FALSE, 0);
        } else if (value instanceof Float number) {
            tag(FLOAT, Float.BYTES);
            fixed(Float.floatToIntBits(number), Float.BYTES);
        } else if (value instanceof long[] longs) {
            tag(LONGS, Math.multiplyExact(LONGEST_VARINT, Math.addExact(longs.length, 1)));
            varint(longs.length);
            for (long number : longs) {
                zigzag(number);
            }
        } else if (value instanceof double[] doubles) {
            tag(DOUBLES, Math.addExact(LONGEST_VARINT, Math.multiplyExact(Double.BYTES, doubles.length)));
            varint(doubles.length);
            for (double number : doubles) {
                fixed(Double.doubleToLongBits(number), Double.BYTES);
            }
        } else {
            throw new IllegalArgumentException("field \"" + output.fields().get(field) + "\" of \"" + output.name() + "\" takes no "
                + (value == null ? "null" : value.getClass().getTypeName()) + "; a value is a long, int, double, float, boolean, String,"
                + " long[] or double[]");
        }
    }

    /** Appends a tag, and makes room for so many bytes more. */
    private void tag(byte tag, int more) {
        int needed = Math.addExact(size, Math.addExact(more, 1));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(64, Math.max(needed, 2L * bytes.length)), Integer.MAX_VALUE - 8));
        }
        bytes[size++] = tag;
    }

    private void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    private void fixed(long bits, int width) {
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (bits >>> 8 * i);
        }
    }

    private void endRun() {
        if (count > 0) {
            runs.add(new Run(superstep, count, output.fields().size(), Arrays.copyOf(bytes, size)));
        }
        count = 0;
        size = 0;
        // Grown anew for the next run, so that a partition that has fallen silent keeps no room for what it emitted once.
        bytes = NOTHING;
    }

    /** All records, supersteps ascending. */
    public List<Run> runs() {
        endRun();
        return Collections.unmodifiableList(runs);
    }

    /**
     * Neighbouring records of one superstep and partition.
     *
     * @param superstep when they were emitted
     * @param count how many they are
     * @param fields how many values each has
     * @param bytes their values, encoded
     */
    public record Run(int superstep, int count, int fields, byte[] bytes) {
        /** Appends all records as rows. */
        public void encode(RowEncoder row) {
            for (Object[] values : records()) {
                row.begin();
                for (Object value : values) {
                    put(value, row);
                }
                row.end();
            }
        }

        private static void put(Object value, RowValues row) {
            if (value instanceof Long number) {
                row.put((long) number);
            } else if (value instanceof Double number) {
                row.put((double) number);
            } else if (value instanceof Float number) {
                row.put((float) number);
            } else if (value instanceof Boolean truth) {
                row.put((boolean) truth);
            } else {
                row.putObject(value);
            }
        }

        /** All records: a {@code Long} where a long or an int was emitted, else what was, in new objects. */
        public Iterable<Object[]> records() {
            return () -> new Reader(this);
        }
    }

    /** Reads a run's records one by one. */
    private static final class Reader implements Iterator<Object[]> {
        private final Run run;
        private int read;
        private int at;

        Reader(Run run) {
            this.run = run;
        }

        @Override public boolean hasNext() {
            return read < run.count;
        }

        @Override public Object[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException("a run of " + run.count + " records");
            }
            read++;
            var values = new Object[run.fields];
            Arrays.setAll(values, field -> value());
            return values;
        }

        private Object value() {
            byte tag = run.bytes[at++];
            return switch (tag) {
                case FALSE -> Boolean.FALSE;
                case TRUE -> Boolean.TRUE;
                case LONG -> zigzag();
                case DOUBLE -> number();
                case FLOAT -> Float.intBitsToFloat((int) fixed(Float.BYTES));
                case TEXT -> {
                    int length = (int) varint();
                    at += length;
                    yield new String(run.bytes, at - length, length, StandardCharsets.UTF_8);
                }
                case LONGS -> {
                    var longs = new long[(int) varint()];
                    Arrays.setAll(longs, i -> zigzag());
                    yield longs;
                }
                case DOUBLES -> {
                    var doubles = new double[(int) varint()];
                    Arrays.setAll(doubles, i -> number());
                    yield doubles;
                }
                default -> throw new AssertionError("a value with tag " + tag);
            };
        }

        private long zigzag() {
            long bits = varint();
            return bits >>> 1 ^ -(bits & 1);
        }

        private long varint() {
            long value = 0;
            for (int shift = 0;; shift += 7) {
                byte next = run.bytes[at++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        private double number() {
            return Double.longBitsToDouble(fixed(Double.BYTES));
        }

        private long fixed(int width) {
            long bits = 0;
            for (int i = 0; i < width; i++) {
                bits |= (run.bytes[at++] & 0xffL) << 8 * i;
            }
            return bits;
        }
    }
}
