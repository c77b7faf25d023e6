package org.superstep.cli;

import org.superstep.Result;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.io.RowEncoder;

/** One column of a result, whatever its type. */
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
        throw new IllegalArgumentException("no form for columns of " + column.getClass());
    }

    /** Compares the values at two positions; NaN is greater than all else. */
    abstract int compare(int a, int b);

    /** Whether there is a number at the position; NaN is none. */
    boolean isNumber(int position) {
        return true;
    }

    /** The value as 64 bits: equal for equal values, and in the values' order where they are whole numbers. */
    abstract long bits(int position);

    /** Appends the value to a row. */
    abstract void encode(int position, RowEncoder row);

    /** The values at these positions as a person reads them, in one form for all. */
    abstract String[] texts(int[] positions);

    private static final class Doubles extends ColumnValues {
        private final double[] values;

        private Doubles(double[] values) {
            this.values = values;
        }

        @Override int compare(int a, int b) {
            return Double.compare(values[a], values[b]);
        }

        @Override boolean isNumber(int position) {
            return !Double.isNaN(values[position]);
        }

        @Override long bits(int position) {
            return Double.doubleToLongBits(values[position]);
        }

        @Override void encode(int position, RowEncoder row) {
            row.put(values[position]);
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

        @Override void encode(int position, RowEncoder row) {
            row.put(values[position]);
        }

        @Override String[] texts(int[] positions) {
            var texts = new String[positions.length];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = Long.toString(values[positions[i]]);
            }
            return texts;
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

        @Override void encode(int position, RowEncoder row) {
            row.put((long) values[position]);
        }

        @Override String[] texts(int[] positions) {
            var texts = new String[positions.length];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = Integer.toString(values[positions[i]]);
            }
            return texts;
        }
    }
}
