package org.superstep.testkit;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.superstep.graph.Codec;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.internal.RoundTrip;

/** What a column holds of one vertex: a number, a truth value, an array of a vector's elements, or an object. */
final class ColumnValue {
    /** More differences than this help nobody. */
    private static final int SHOWN = 20;

    private ColumnValue() {
    }

    /** What an array, as the column makes it, holds of the vertex at this index. */
    static Object of(Column column, Object array, int vertex) {
        if (column instanceof DoubleVectorColumn || column instanceof LongVectorColumn) {
            Object vector = Array.newInstance(array.getClass().getComponentType(), column.width());
            System.arraycopy(array, vertex * column.width(), vector, 0, column.width());
            return vector;
        }
        return Array.get(array, vertex);
    }

    /** Lets such an array hold this. */
    static void set(Column column, Object array, int vertex, Object value) {
        if (column instanceof DoubleVectorColumn || column instanceof LongVectorColumn) {
            System.arraycopy(value, 0, array, vertex * column.width(), column.width());
        } else if (value instanceof Number number && !(column instanceof ObjectColumn)) {
            Array.set(array, vertex, column instanceof DoubleColumn ? (Object) number.doubleValue() : column instanceof FloatColumn
                ? (Object) number.floatValue() : column instanceof IntColumn ? (Object) number.intValue()
                : column instanceof LongColumn ? (Object) number.longValue() : number);
        } else {
            Array.set(array, vertex, Objects.requireNonNull(value, "a column takes no null"));
        }
    }

    static Object copy(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    /** Whether two values are one, to the bit; objects by their codec's bytes. */
    static boolean isSame(Column column, Object left, Object right) {
        return column instanceof ObjectColumn<?> objects ? Arrays.equals(bytes(objects.codec(), left), bytes(objects.codec(), right))
            : Objects.deepEquals(left, right);
    }

    static byte[] bytes(Codec<?> codec, Object value) {
        return new RoundTrip(codec).written(value);
    }

    /** A value for people to read; arrays by their elements. */
    static String text(Object value) {
        String text = Arrays.deepToString(new Object[] {value});
        return text.substring(1, text.length() - 1);
    }

    /**
     * Compares a column with what it should hold.
     *
     * @throws AssertionError if they differ anywhere; it lists where
     */
    static void requireEqual(String column, Map<Long, ?> expected, Map<Long, Object> found, double tolerance) {
        var ids = new TreeSet<>(expected.keySet());
        ids.addAll(found.keySet());
        List<String> differences = new ArrayList<>();
        for (long id : ids) {
            if (!found.containsKey(id)) {
                differences.add("vertex " + id + ": expected " + text(expected.get(id)) + ", but there is no such vertex");
            } else if (!expected.containsKey(id)) {
                differences.add("vertex " + id + ": not expected, was " + text(found.get(id)));
            } else if (!isNear(expected.get(id), found.get(id), tolerance)) {
                differences.add("vertex " + id + ": expected " + text(expected.get(id)) + ", was " + text(found.get(id)));
            }
        }
        if (!differences.isEmpty()) {
            var text = new StringBuilder("column \"" + column + "\" is not as expected at " + differences.size() + " of " + ids.size()
                + " vertices" + (tolerance > 0 ? ", by more than " + tolerance : "") + ":");
            differences.stream().limit(SHOWN).forEach(difference -> text.append("\n  ").append(difference));
            if (differences.size() > SHOWN) {
                text.append("\n  ... and at ").append(differences.size() - SHOWN).append(" more");
            }
            throw new AssertionError(text.toString());
        }
    }

    /** Numbers by their value, whatever their types, both zeros alike; vectors element by element; all else as it says itself. */
    static boolean isNear(Object expected, Object found, double tolerance) {
        if (expected instanceof Number left && found instanceof Number right) {
            boolean isIntegral = !isFloating(left) && !isFloating(right);
            double x = left.doubleValue();
            double y = right.doubleValue();
            return isIntegral && tolerance == 0 ? left.longValue() == right.longValue()
                : x == y || Double.isNaN(x) && Double.isNaN(y) || Math.abs(x - y) <= tolerance;
        }
        if (expected != null && found != null && expected.getClass().isArray() && found.getClass().isArray()) {
            int length = Array.getLength(expected);
            boolean isEqual = length == Array.getLength(found);
            for (int i = 0; i < length && isEqual; i++) {
                isEqual = isNear(Array.get(expected, i), Array.get(found, i), tolerance);
            }
            return isEqual;
        }
        return Objects.equals(expected, found);
    }

    private static boolean isFloating(Number number) {
        return number instanceof Double || number instanceof Float;
    }
}
