package org.superstep;

/** Takes edges one at a time, as {@link Graph#from} hands them over; used by one thread. */
public interface EdgeCollector {
    /** An edge without a weight: of weight 1, and refused where the program needs weights. */
    void edge(long source, long target);

    /** An edge with a weight. */
    void edge(long source, long target, double weight);

    /**
     * What the edge handed over last holds in the edge column of this name; nothing happens where the program has none of that name.
     * Columns that are not set have their initial value.
     */
    void set(String column, double value);

    /** The same for a column of longs or ints; one of doubles takes whole numbers too. */
    void set(String column, long value);
}
