package org.superstep;

import java.util.Arrays;
import java.util.Objects;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;

/**
 * One vertex of a {@link Result}. Its values are read from the result's columns when they are asked for.
 *
 * @param result what the vertex belongs to
 * @param position where it stands in the result, 0 to {@code result.size() - 1}
 */
public record Row(Result result, int position) {
    /** Checks that there is such a position. */
    public Row {
        Objects.checkIndex(position, result.size());
    }

    /** The vertex's id. */
    public long id() {
        return result.id(position);
    }

    /** The vertex's value in a column of doubles. */
    public double get(DoubleColumn column) {
        return result.valueAt(column, position);
    }

    /** The vertex's value in a column of longs. */
    public long get(LongColumn column) {
        return result.valueAt(column, position);
    }

    /** The vertex's value in a column of ints. */
    public int get(IntColumn column) {
        return result.valueAt(column, position);
    }

    /** The vertex's value in the column of doubles with this name. */
    public double doubleOf(String column) {
        return get(named(result, column, DoubleColumn.class, "doubles"));
    }

    /** The vertex's value in the column of longs with this name. */
    public long longOf(String column) {
        return get(named(result, column, LongColumn.class, "longs"));
    }

    /** The vertex's value in the column of ints with this name. */
    public int intOf(String column) {
        return get(named(result, column, IntColumn.class, "ints"));
    }

    /** The column with this name and of this type, which holds {@code what}; {@link IllegalArgumentException} where there is none. */
    static <C extends Column> C named(Result result, String name, Class<C> type, String what) {
        Column column = result.column(name);
        if (!type.isInstance(column)) {
            throw new IllegalArgumentException("column \"" + name + "\" holds no " + what + "; it is a "
                + column.getClass().getSimpleName());
        }
        return type.cast(column);
    }

    /** The id and the columns that the output shows: {@code 34 rank=0.1}. */
    @Override public String toString() {
        var text = new StringBuilder(Long.toString(id()));
        for (Column column : result.columns()) {
            if (!column.isHidden()) {
                text.append(' ').append(column.name()).append('=').append(text(column));
            }
        }
        return text.toString();
    }

    private String text(Column column) {
        if (column instanceof DoubleColumn doubles) {
            return Double.toString(get(doubles));
        }
        if (column instanceof LongColumn longs) {
            return Long.toString(get(longs));
        }
        if (column instanceof IntColumn ints) {
            return Integer.toString(get(ints));
        }
        if (column instanceof FloatColumn floats) {
            return Float.toString(result.values(floats)[position]);
        }
        if (column instanceof BooleanColumn booleans) {
            return Boolean.toString(result.values(booleans)[position]);
        }
        if (column instanceof DoubleVectorColumn vectors) {
            return Arrays.toString(result.values(vectors)[position]);
        }
        if (column instanceof LongVectorColumn vectors) {
            return Arrays.toString(result.values(vectors)[position]);
        }
        if (column instanceof ObjectColumn<?> objects) {
            return result.values(objects).get(position).toString();
        }
        throw new AssertionError("a column of a kind that nobody knows: " + column.getClass());
    }
}
