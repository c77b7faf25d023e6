package org.superstep.graph;

/** The short table that answers "and?" when a job has ended: what its program finds most telling about its columns. */
public sealed interface Summary {
    /** The column that the table is about. */
    Column column();

    /** The vertices with the greatest values first; ties by id. */
    static Summary top(Column column) {
        return new Top(column, false);
    }

    /** The vertices with the least values first; ties by id. */
    static Summary bottom(Column column) {
        return new Top(column, true);
    }

    /** How many vertices hold each value, the most frequent value first; ties by value. */
    static Summary counts(Column column) {
        return new Counts(column, false);
    }

    /** How many vertices hold each value, in ascending order of the values. */
    static Summary distribution(Column column) {
        return new Counts(column, true);
    }

    /**
     * Vertices ranked by a column.
     *
     * @param column ranked by this
     * @param ascending the least first rather than the greatest
     */
    record Top(Column column, boolean ascending) implements Summary {
    }

    /**
     * Vertices counted by a column's value.
     *
     * @param column counted by this
     * @param byValue in ascending order of the values rather than the most frequent first
     */
    record Counts(Column column, boolean byValue) implements Summary {
    }
}
