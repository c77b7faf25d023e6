package org.superstep.worker;

/**
 * Does a worker harm at given moments, so that what a fault costs can be tried. Called by the thread that runs the worker, at the beginning
 * of each moment.
 */
@FunctionalInterface
public interface Disturbance {
    /** Nothing happens. */
    Disturbance NONE = (moment, superstep) -> { };

    /** What a worker is about to do. */
    enum Moment {
        /** Read its share of the input. */
        LOAD,
        /** Let its vertices compute. */
        COMPUTE,
        /** Tell the other workers that all has been sent, and wait for what they say. */
        EXCHANGE,
        /** Report that the superstep is done. */
        BARRIER,
        /** Save its partitions. */
        CHECKPOINT,
        /** Make its partitions of a checkpoint. */
        RECOVER,
        /** Write its parts of the outputs. */
        WRITE
    }

    /** Something is about to be done; {@code superstep} is the one that runs or, between two, that is to run next. */
    void at(Moment moment, int superstep);
}
