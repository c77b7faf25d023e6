package org.superstep;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
 * What a job has computed: a row for each vertex, in ascending order of ids, and the report. Holds the columns in memory; immutable, any
 * thread may read.
 */
public interface Result {
    /** The figures. */
    JobReport report();

    /** How many vertices there are. */
    int size();

    /** The id of the vertex at a position, 0 to {@code size() - 1}; ids ascend. */
    long id(int position);

    /** The position of the vertex with this id, or -1 where there is none. */
    int position(long vertexId);

    /** The program's columns in the order of their declaration, hidden ones too. */
    List<Column> columns();

    /** The column with this name; {@link IllegalArgumentException} where the program declares none. */
    Column column(String name);

    /** The column with this name and of this type; {@link IllegalArgumentException} where the program declares none. */
    default <C extends Column> C column(String name, Class<C> type) {
        Column column = column(name);
        if (!type.isInstance(column)) {
            throw new IllegalArgumentException("column \"" + name + "\" is of type " + column.getClass().getSimpleName() + ", not "
                + type.getSimpleName());
        }
        return type.cast(column);
    }

    /** What vertices emitted to the output with this name; {@link IllegalArgumentException} where the program declares none. */
    default Records records(String name) {
        throw new IllegalArgumentException("this result has no records");
    }

    /** A column of doubles, by position; a copy. */
    double[] values(DoubleColumn column);

    /** A column of longs, by position; a copy. */
    long[] values(LongColumn column);

    /** A column of ints, by position; a copy. */
    int[] values(IntColumn column);

    /** A column of floats, by position; a copy. */
    float[] values(FloatColumn column);

    /** A column of truth values, by position; a copy. */
    boolean[] values(BooleanColumn column);

    /** A column of vectors of doubles, by position and element; a copy. */
    double[][] values(DoubleVectorColumn column);

    /** A column of vectors of longs, by position and element; a copy. */
    long[][] values(LongVectorColumn column);

    /** A column of objects, by position; the list is a copy, the objects are the job's own and not to be changed. */
    <T> List<T> values(ObjectColumn<T> column);

    /** The doubles of the column with this name, by position; a copy. */
    default double[] doubles(String name) {
        return values(column(name, DoubleColumn.class));
    }

    /** The longs of the column with this name, by position; a copy. */
    default long[] longs(String name) {
        return values(column(name, LongColumn.class));
    }

    /** The ints of the column with this name, by position; a copy. */
    default int[] ints(String name) {
        return values(column(name, IntColumn.class));
    }

    /** The floats of the column with this name, by position; a copy. */
    default float[] floats(String name) {
        return values(column(name, FloatColumn.class));
    }

    /** The truth values of the column with this name, by position; a copy. */
    default boolean[] booleans(String name) {
        return values(column(name, BooleanColumn.class));
    }

    /** The vectors of doubles of the column with this name, by position and element; a copy. */
    default double[][] doubleVectors(String name) {
        return values(column(name, DoubleVectorColumn.class));
    }

    /** The vectors of longs of the column with this name, by position and element; a copy. */
    default long[][] longVectors(String name) {
        return values(column(name, LongVectorColumn.class));
    }

    /**
     * The objects of the column with this name, by position; the list is a copy, the objects are the job's own and not to be changed.
     * {@link IllegalArgumentException} where one is not of the type.
     */
    default <T> List<T> objects(String name, Class<T> type) {
        ObjectColumn<?> column = column(name, ObjectColumn.class);
        return values(column).stream().map(value -> Row.cast(column, value, type)).toList();
    }

    /** A column of doubles at a position. */
    default double valueAt(DoubleColumn column, int position) {
        return values(column)[position];
    }

    /** A column of longs at a position. */
    default long valueAt(LongColumn column, int position) {
        return values(column)[position];
    }

    /** A column of ints at a position. */
    default int valueAt(IntColumn column, int position) {
        return values(column)[position];
    }

    /** A column of floats at a position. */
    default float valueAt(FloatColumn column, int position) {
        return values(column)[position];
    }

    /** A column of truth values at a position. */
    default boolean valueAt(BooleanColumn column, int position) {
        return values(column)[position];
    }

    /** A column of vectors of doubles at a position; a copy. */
    default double[] valueAt(DoubleVectorColumn column, int position) {
        return values(column)[position];
    }

    /** A column of vectors of longs at a position; a copy. */
    default long[] valueAt(LongVectorColumn column, int position) {
        return values(column)[position];
    }

    /** A column of objects at a position; the object is the job's own and not to be changed. */
    default <T> T valueAt(ObjectColumn<T> column, int position) {
        return values(column).get(position);
    }

    /** What a column of doubles holds of this vertex; {@link IllegalArgumentException} where there is no such vertex. */
    default double get(DoubleColumn column, long vertexId) {
        return valueAt(column, requirePosition(vertexId));
    }

    /** What a column of longs holds of this vertex; {@link IllegalArgumentException} where there is no such vertex. */
    default long get(LongColumn column, long vertexId) {
        return valueAt(column, requirePosition(vertexId));
    }

    /** What a column of ints holds of this vertex; {@link IllegalArgumentException} where there is no such vertex. */
    default int get(IntColumn column, long vertexId) {
        return valueAt(column, requirePosition(vertexId));
    }

    /** What a column of floats holds of this vertex; {@link IllegalArgumentException} where there is no such vertex. */
    default float get(FloatColumn column, long vertexId) {
        return valueAt(column, requirePosition(vertexId));
    }

    /** What a column of truth values holds of this vertex; {@link IllegalArgumentException} where there is no such vertex. */
    default boolean get(BooleanColumn column, long vertexId) {
        return valueAt(column, requirePosition(vertexId));
    }

    /** What a column of vectors of doubles holds of this vertex, a copy; {@link IllegalArgumentException} where there is no such vertex. */
    default double[] get(DoubleVectorColumn column, long vertexId) {
        return valueAt(column, requirePosition(vertexId));
    }

    /** What a column of vectors of longs holds of this vertex, a copy; {@link IllegalArgumentException} where there is no such vertex. */
    default long[] get(LongVectorColumn column, long vertexId) {
        return valueAt(column, requirePosition(vertexId));
    }

    /** The object that a column holds of this vertex; {@link IllegalArgumentException} where there is no such vertex. */
    default <T> T get(ObjectColumn<T> column, long vertexId) {
        return valueAt(column, requirePosition(vertexId));
    }

    /** What the column of doubles with this name holds of this vertex; {@link IllegalArgumentException} where either is missing. */
    default double doubleOf(String name, long vertexId) {
        return get(column(name, DoubleColumn.class), vertexId);
    }

    /** What the column of longs with this name holds of this vertex; {@link IllegalArgumentException} where either is missing. */
    default long longOf(String name, long vertexId) {
        return get(column(name, LongColumn.class), vertexId);
    }

    /** What the column of ints with this name holds of this vertex; {@link IllegalArgumentException} where either is missing. */
    default int intOf(String name, long vertexId) {
        return get(column(name, IntColumn.class), vertexId);
    }

    /** What the column of floats with this name holds of this vertex; {@link IllegalArgumentException} where either is missing. */
    default float floatOf(String name, long vertexId) {
        return get(column(name, FloatColumn.class), vertexId);
    }

    /** What the column of truth values with this name holds of this vertex; {@link IllegalArgumentException} where either is missing. */
    default boolean booleanOf(String name, long vertexId) {
        return get(column(name, BooleanColumn.class), vertexId);
    }

    /** What the column of vectors of doubles with this name holds of this vertex, a copy; {@link IllegalArgumentException} as above. */
    default double[] doubleVectorOf(String name, long vertexId) {
        return get(column(name, DoubleVectorColumn.class), vertexId);
    }

    /** What the column of vectors of longs with this name holds of this vertex, a copy; {@link IllegalArgumentException} as above. */
    default long[] longVectorOf(String name, long vertexId) {
        return get(column(name, LongVectorColumn.class), vertexId);
    }

    /** The object of this type that the column with this name holds of this vertex; {@link IllegalArgumentException} as for the others. */
    default <T> T objectOf(String name, Class<T> type, long vertexId) {
        ObjectColumn<?> column = column(name, ObjectColumn.class);
        return Row.cast(column, get(column, vertexId), type);
    }

    /** The vertices with the greatest values in this column, so many at most, the greatest first; ties by id, NaN after all numbers. */
    default List<Row> top(Column column, int rows) {
        return Ranking.of(this, column, false, rows);
    }

    /** The vertices with the greatest values in the column with this name, as {@link #top(Column, int)} has them. */
    default List<Row> top(String name, int rows) {
        return top(column(name), rows);
    }

    /** The vertices with the least values in this column, so many at most, the least first; ties by id, NaN after all numbers. */
    default List<Row> least(Column column, int rows) {
        return Ranking.of(this, column, true, rows);
    }

    /** The vertices with the least values in the column with this name, as {@link #least(Column, int)} has them. */
    default List<Row> least(String name, int rows) {
        return least(column(name), rows);
    }

    /** All vertices, in ascending order of ids. */
    default Stream<Row> rows() {
        return IntStream.range(0, size()).mapToObj(position -> new Row(this, position));
    }

    /** All ids, ascending. */
    default LongStream ids() {
        return IntStream.range(0, size()).mapToLong(this::id);
    }

    /** The column of doubles with this name, by position. */
    default DoubleStream doubleStream(String name) {
        DoubleColumn column = column(name, DoubleColumn.class);
        return IntStream.range(0, size()).mapToDouble(position -> valueAt(column, position));
    }

    /** The column of longs with this name, by position. */
    default LongStream longStream(String name) {
        LongColumn column = column(name, LongColumn.class);
        return IntStream.range(0, size()).mapToLong(position -> valueAt(column, position));
    }

    /** The column of ints with this name, by position. */
    default IntStream intStream(String name) {
        IntColumn column = column(name, IntColumn.class);
        return IntStream.range(0, size()).map(position -> valueAt(column, position));
    }

    /**
     * A column's values by position, whatever its type: an array of its primitive type or of objects, elements of vectors one behind
     * another; a copy.
     */
    default Object array(Column column) {
        if (column instanceof DoubleColumn doubles) {
            return values(doubles);
        } else if (column instanceof LongColumn longs) {
            return values(longs);
        } else if (column instanceof IntColumn ints) {
            return values(ints);
        } else if (column instanceof FloatColumn floats) {
            return values(floats);
        } else if (column instanceof BooleanColumn booleans) {
            return values(booleans);
        } else if (column instanceof DoubleVectorColumn vectors) {
            return Arrays.stream(values(vectors)).flatMapToDouble(Arrays::stream).toArray();
        } else if (column instanceof LongVectorColumn vectors) {
            return Arrays.stream(values(vectors)).flatMapToLong(Arrays::stream).toArray();
        } else if (column instanceof ObjectColumn<?> objects) {
            return values(objects).toArray();
        }
        throw new AssertionError("a column of a kind that nobody knows: " + column.getClass());
    }

    private int requirePosition(long vertexId) {
        int position = position(vertexId);
        if (position < 0) {
            throw new IllegalArgumentException("the graph has no vertex " + vertexId + "; position(" + vertexId
                + ") tells whether there is one");
        }
        return position;
    }
}
