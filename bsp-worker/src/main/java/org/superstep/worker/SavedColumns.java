package org.superstep.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.internal.RoundTrip;
import org.superstep.graph.io.InputException;

/**
 * The values of vertices as a checkpoint holds them, column by column; little-endian.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  columns c; of each:
 *        0      4  kind: 0 double, 1 long, 2 int, 3 float, 4 boolean, 5 vector of doubles, 6 vector of longs, 7 object
 *        4      4  width w: elements a vertex
 *        8      4  bytes of the name b
 *       12      b  name, UTF-8
 *     12+b         values of n vertices: wn elements of 8, 8, 4, 4, 1, 8, 8 bytes as they are; of each object its length (4) and its bytes
 * </pre>
 */
final class SavedColumns {
    private SavedColumns() {
    }

    private static int kind(Column column) {
        return column instanceof DoubleColumn ? 0
            : column instanceof LongColumn ? 1
            : column instanceof IntColumn ? 2
            : column instanceof FloatColumn ? 3
            : column instanceof BooleanColumn ? 4
            : column instanceof DoubleVectorColumn ? 5
            : column instanceof LongVectorColumn ? 6
            : 7;
    }

    /** Writes what these columns hold. */
    static void write(Columns values, List<Column> columns, FrameWriter out) {
        out.putInt(columns.size());
        for (Column column : columns) {
            out.putInt(kind(column)).putInt(column.width()).putCounted(column.name().getBytes(StandardCharsets.UTF_8));
            write(values.array(column), column, out);
        }
    }

    private static void write(Object array, Column column, FrameWriter out) {
        if (array instanceof double[] doubles) {
            out.room(Double.BYTES, doubles.length).asDoubleBuffer().put(doubles);
        } else if (array instanceof long[] longs) {
            out.putLongs(longs);
        } else if (array instanceof int[] ints) {
            out.room(Integer.BYTES, ints.length).asIntBuffer().put(ints);
        } else if (array instanceof float[] floats) {
            out.room(Float.BYTES, floats.length).asFloatBuffer().put(floats);
        } else if (array instanceof boolean[] booleans) {
            ByteBuffer room = out.room(1, booleans.length);
            for (boolean value : booleans) {
                room.put((byte) (value ? 1 : 0));
            }
        } else {
            var codec = new RoundTrip(((ObjectColumn<?>) column).codec());
            for (Object value : (Object[]) array) {
                out.putCounted(codec.written(value));
            }
        }
    }

    /**
     * Sets the columns of so many vertices to what the buffer holds, an array's from its beginning.
     *
     * @throws InputException if they are not the columns that were saved
     */
    static Columns read(List<Column> columns, int size, ByteBuffer in) {
        var values = new Columns(columns, size);
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            int kind = in.getInt();
            int width = in.getInt();
            var name = new byte[in.getInt()];
            in.get(name);
            Column column = i < columns.size() ? columns.get(i) : null;
            if (column == null || kind != kind(column) || width != column.width()
                    || !column.name().equals(new String(name, StandardCharsets.UTF_8))) {
                throw different(new String(name, StandardCharsets.UTF_8));
            }
            read(values.array(column), column, in);
        }
        if (count < columns.size()) {
            throw different(columns.get(count).name());
        }
        return values;
    }

    private static InputException different(String name) {
        return new InputException("the program is not the one whose checkpoint this is: they differ in column \"" + name
            + "\"; go on with the program that began the job");
    }

    private static void read(Object array, Column column, ByteBuffer in) {
        if (array instanceof double[] doubles) {
            in.asDoubleBuffer().get(doubles);
            in.position(in.position() + Double.BYTES * doubles.length);
        } else if (array instanceof long[] longs) {
            in.asLongBuffer().get(longs);
            in.position(in.position() + Long.BYTES * longs.length);
        } else if (array instanceof int[] ints) {
            in.asIntBuffer().get(ints);
            in.position(in.position() + Integer.BYTES * ints.length);
        } else if (array instanceof float[] floats) {
            in.asFloatBuffer().get(floats);
            in.position(in.position() + Float.BYTES * floats.length);
        } else if (array instanceof boolean[] booleans) {
            for (int i = 0; i < booleans.length; i++) {
                booleans[i] = in.get() != 0;
            }
        } else {
            var codec = new RoundTrip(((ObjectColumn<?>) column).codec());
            var objects = (Object[]) array;
            for (int i = 0; i < objects.length; i++) {
                int length = in.getInt();
                objects[i] = codec.read(in.array(), in.position(), length);
                in.position(in.position() + length);
            }
        }
    }
}
