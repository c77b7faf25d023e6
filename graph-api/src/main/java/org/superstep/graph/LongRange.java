package org.superstep.graph;

/** The longs from one to another, both included. */
record LongRange(long least, long greatest) {
    /** No restriction. */
    static final LongRange ALL = new LongRange(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean contains(long value) {
        return value >= least && value <= greatest;
    }

    /** What follows a noun: nothing, {@code " of at least ..."} or {@code " from ... to ..."}. */
    String phrase() {
        if (greatest == ALL.greatest) {
            return least == ALL.least ? "" : " of at least " + least;
        }
        return " from " + least + " to " + greatest;
    }
}
