package org.superstep.graph;

/** The finite doubles from one to another, both included. */
record DoubleRange(double least, double greatest) {
    /** No restriction. */
    static final DoubleRange ALL = new DoubleRange(-Double.MAX_VALUE, Double.MAX_VALUE);

    boolean contains(double value) {
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
