package org.superstep;

/** Takes edges one at a time, as {@link Graph#from} hands them over; used by one thread. */
public interface EdgeCollector {
    /** An edge without a weight: of weight 1, and refused where the program needs weights. */
    void edge(long source, long target);

    /** An edge with a weight. */
    void edge(long source, long target, double weight);
}
