package org.superstep;

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
import org.superstep.graph.internal.ObjectValues;

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

    /** The vertex's value in a column of floats. */
    public float get(FloatColumn column) {
        return result.valueAt(column, position);
    }

    /** The vertex's value in a column of truth values. */
    public boolean get(BooleanColumn column) {
        return result.valueAt(column, position);
    }

    /** The vertex's value in a column of vectors of doubles, a copy. */
    public double[] get(DoubleVectorColumn column) {
        return result.valueAt(column, position);
    }

    /** The vertex's value in a column of vectors of longs, a copy. */
    public long[] get(LongVectorColumn column) {
        return result.valueAt(column, position);
    }

    /** The vertex's object in a column; the job's own and not to be changed. */
    public <T> T get(ObjectColumn<T> column) {
        return result.valueAt(column, position);
    }

    /** The vertex's value in the column of doubles with this name. */
    public double doubleOf(String column) {
        return get(result.column(column, DoubleColumn.class));
    }

    /** The vertex's value in the column of longs with this name. */
    public long longOf(String column) {
        return get(result.column(column, LongColumn.class));
    }

    /** The vertex's value in the column of ints with this name. */
    public int intOf(String column) {
        return get(result.column(column, IntColumn.class));
    }

    /** The vertex's value in the column of floats with this name. */
    public float floatOf(String column) {
        return get(result.column(column, FloatColumn.class));
    }

    /** The vertex's value in the column of truth values with this name. */
    public boolean booleanOf(String column) {
        return get(result.column(column, BooleanColumn.class));
    }

    /** The vertex's value in the column of vectors of doubles with this name, a copy. */
    public double[] doubleVectorOf(String column) {
        return get(result.column(column, DoubleVectorColumn.class));
    }

    /** The vertex's value in the column of vectors of longs with this name, a copy. */
    public long[] longVectorOf(String column) {
        return get(result.column(column, LongVectorColumn.class));
    }

    /** The vertex's object in the column with this name; {@link IllegalArgumentException} where it is not of the type. */
    public <T> T objectOf(String column, Class<T> type) {
        ObjectColumn<?> objects = result.column(column, ObjectColumn.class);
        return cast(objects, get(objects), type);
    }

    /** A column's object as one of a type. */
    static <T> T cast(Column column, Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("column \"" + column + "\" holds no " + type.getName() + "; it has a "
                + value.getClass().getName());
        }
        return type.cast(value);
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
            return Float.toString(get(floats));
        }
        if (column instanceof BooleanColumn booleans) {
            return Boolean.toString(get(booleans));
        }
        if (column instanceof DoubleVectorColumn vectors) {
            return ObjectValues.text(get(vectors));
        }
        if (column instanceof LongVectorColumn vectors) {
            return ObjectValues.text(get(vectors));
        }
        if (column instanceof ObjectColumn<?> objects) {
            return ObjectValues.text(get(objects));
        }
        throw new AssertionError("a column of a kind that nobody knows: " + column.getClass());
    }
}
