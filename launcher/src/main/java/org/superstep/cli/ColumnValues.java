package org.superstep.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.superstep.Result;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.internal.ObjectValues;
import org.superstep.graph.io.RowValues;

/** One column of a result, whatever its type; any can be ranked and counted. */
abstract sealed class ColumnValues {
    /** The column's values, copied. */
    static ColumnValues of(Result result, Column column) {
        if (column instanceof DoubleColumn doubles) {
            return new Doubles(result.values(doubles));
        }
        if (column instanceof LongColumn longs) {
            return new Longs(result.values(longs));
        }
        if (column instanceof IntColumn ints) {
            return new Ints(result.values(ints));
        }
        if (column instanceof FloatColumn floats) {
            return new Floats(result.values(floats));
        }
        if (column instanceof BooleanColumn booleans) {
            return new Booleans(result.values(booleans));
        }
        if (column instanceof DoubleVectorColumn vectors) {
            return new Others(List.of(result.values(vectors)));
        }
        if (column instanceof LongVectorColumn vectors) {
            return new Others(List.of(result.values(vectors)));
        }
        if (column instanceof ObjectColumn<?> objects) {
            return new Others(result.values(objects));
        }
        throw new IllegalArgumentException("no form for columns of " + column.getClass());
    }

    /** Compares the values at two positions; NaN is greater than all else. */
    abstract int compare(int a, int b);

    /** The value as 64 bits: equal for equal values, and in the values' order where they are whole numbers. */
    abstract long bits(int position);

    /** Appends the value to a row. */
    abstract void encode(int position, RowValues row);

    /** The values at these positions as a person reads them, in one form for all. */
    String[] texts(int[] positions) {
        return Arrays.stream(positions).mapToObj(this::text).toArray(String[]::new);
    }

    /** The value as a person reads it. */
    abstract String text(int position);

    private static final class Doubles extends ColumnValues {
        private final double[] values;

        private Doubles(double[] values) {
            this.values = values;
        }

        @Override int compare(int a, int b) {
            return Double.compare(values[a], values[b]);
        }

        @Override long bits(int position) {
            return Double.doubleToLongBits(values[position]);
        }

        @Override void encode(int position, RowValues row) {
            row.put(values[position]);
        }

        @Override String text(int position) {
            return Figures.sixDigits(values[position]);
        }

        @Override String[] texts(int[] positions) {
            var selected = new double[positions.length];
            for (int i = 0; i < selected.length; i++) {
                selected[i] = values[positions[i]];
            }
            return Figures.column(selected);
        }
    }

    private static final class Longs extends ColumnValues {
        private final long[] values;

        private Longs(long[] values) {
            this.values = values;
        }

        @Override int compare(int a, int b) {
            return Long.compare(values[a], values[b]);
        }

        @Override long bits(int position) {
            return values[position];
        }

        @Override void encode(int position, RowValues row) {
            row.put(values[position]);
        }

        @Override String text(int position) {
            return Long.toString(values[position]);
        }
    }

    private static final class Ints extends ColumnValues {
        private final int[] values;

        private Ints(int[] values) {
            this.values = values;
        }

        @Override int compare(int a, int b) {
            return Integer.compare(values[a], values[b]);
        }

        @Override long bits(int position) {
            return values[position];
        }

        @Override void encode(int position, RowValues row) {
            row.put((long) values[position]);
        }

        @Override String text(int position) {
            return Integer.toString(values[position]);
        }
    }

    private static final class Floats extends ColumnValues {
        private final float[] values;

        private Floats(float[] values) {
            this.values = values;
        }

        @Override int compare(int a, int b) {
            return Float.compare(values[a], values[b]);
        }

        @Override long bits(int position) {
            return Float.floatToIntBits(values[position]);
        }

        @Override void encode(int position, RowValues row) {
            row.put(values[position]);
        }

        @Override String text(int position) {
            return Figures.sixDigits(values[position]);
        }

        @Override String[] texts(int[] positions) {
            return Figures.column(Arrays.stream(positions).mapToDouble(position -> values[position]).toArray());
        }
    }

    private static final class Booleans extends ColumnValues {
        private final boolean[] values;

        private Booleans(boolean[] values) {
            this.values = values;
        }

        @Override int compare(int a, int b) {
            return Boolean.compare(values[a], values[b]);
        }

        @Override long bits(int position) {
            return values[position] ? 1 : 0;
        }

        @Override void encode(int position, RowValues row) {
            row.put(values[position]);
        }

        @Override String text(int position) {
            return Boolean.toString(values[position]);
        }
    }

    /** Vectors and other objects. Vectors compare element by element, other objects as they do by nature, and the rest by their texts. */
    private static final class Others extends ColumnValues {
        private static final int MOST_CHARACTERS = 60;

        private final List<?> values;
        /** Each text's number, in the order in which they were asked for. */
        private final Map<String, Integer> numbers = new HashMap<>();

        private Others(List<?> values) {
            this.values = values;
        }

        @Override int compare(int a, int b) {
            return ObjectValues.compare(values.get(a), values.get(b));
        }

        @Override long bits(int position) {
            Integer number = numbers.putIfAbsent(ObjectValues.text(values.get(position)), numbers.size());
            return number == null ? numbers.size() - 1 : number;
        }

        @Override void encode(int position, RowValues row) {
            row.putObject(values.get(position));
        }

        @Override String text(int position) {
            String text = ObjectValues.text(values.get(position)).replaceAll("\\p{Cntrl}", " ");
            return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 3) + "...";
        }
    }
}
