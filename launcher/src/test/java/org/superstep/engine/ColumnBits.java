package org.superstep.engine;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.superstep.graph.Codec;
import org.superstep.graph.Column;
import org.superstep.graph.ObjectColumn;

/** A column's values as longs, so that answers compare as bits: a long an element, and for an object a digest of its codec's bytes. */
final class ColumnBits {
    private ColumnBits() {
    }

    /** The bits of an array as the column makes them. */
    static long[] of(Column column, Object array) {
        if (array instanceof double[] doubles) {
            return bits(doubles.length, i -> Double.doubleToRawLongBits(doubles[i]));
        } else if (array instanceof long[] longs) {
            return longs.clone();
        } else if (array instanceof int[] ints) {
            return bits(ints.length, i -> ints[i]);
        } else if (array instanceof float[] floats) {
            return bits(floats.length, i -> Float.floatToRawIntBits(floats[i]));
        } else if (array instanceof boolean[] booleans) {
            return bits(booleans.length, i -> booleans[i] ? 1 : 0);
        } else if (array instanceof Object[] objects) {
            Codec<Object> codec = codec((ObjectColumn<?>) column);
            return bits(objects.length, i -> digest(codec, objects[i]));
        }
        throw new AssertionError("a new kind of column: " + column);
    }

    private static long[] bits(int length, IntToLongFunction bits) {
        return IntStream.range(0, length).mapToLong(bits).toArray();
    }

    @SuppressWarnings("unchecked")
    private static Codec<Object> codec(ObjectColumn<?> column) {
        return (Codec<Object>) column.codec();
    }

    private static long digest(Codec<Object> codec, Object value) {
        var bytes = new ByteArrayOutputStream();
        try {
            codec.write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        long digest = bytes.size();
        for (byte b : bytes.toByteArray()) {
            digest = TestPrograms.scramble(digest, b);
        }
        return digest;
    }
}
