package org.superstep.graph.internal;

import java.util.Arrays;

/** What the objects of columns look like to a person and how they compare: arrays of numbers by their elements, as vectors do. */
public final class ObjectValues {
    private ObjectValues() {
    }

    /** The object's text. */
    public static String text(Object value) {
        return value instanceof double[] doubles ? Arrays.toString(doubles)
            : value instanceof long[] longs ? Arrays.toString(longs)
            : value instanceof byte[] bytes ? Arrays.toString(bytes)
            : value.toString();
    }

    /** Orders arrays by the first elements that differ, other objects of one class as they do by nature, and the rest by their texts. */
    @SuppressWarnings("unchecked")
    public static int compare(Object left, Object right) {
        if (left instanceof double[] first && right instanceof double[] second) {
            return Arrays.compare(first, second);
        }
        if (left instanceof long[] first && right instanceof long[] second) {
            return Arrays.compare(first, second);
        }
        if (left instanceof byte[] first && right instanceof byte[] second) {
            return Arrays.compare(first, second);
        }
        if (left instanceof Comparable<?> comparable && left.getClass() == right.getClass()) {
            return ((Comparable<Object>) comparable).compareTo(right);
        }
        return text(left).compareTo(text(right));
    }
}
