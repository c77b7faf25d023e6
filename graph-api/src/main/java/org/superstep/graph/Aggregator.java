package org.superstep.graph;

import org.superstep.graph.internal.Partial;

/**
 * One value that all vertices add to in a superstep and all read in the next. Merging is associative and commutative to the bit: sums of
 * doubles are exact, rounded once when they are read, so that the value does not depend on threads, workers or partitions.
 */
public abstract sealed class Aggregator permits DoubleAggregator, LongAggregator, BooleanAggregator {
    private final String name;
    private final int index;
    private final Kind kind;

    Aggregator(String name, int index, Kind kind) {
        this.name = name;
        this.index = index;
        this.kind = kind;
    }

    /** How added values are merged. */
    public enum Kind { DOUBLE_SUM, DOUBLE_MIN, DOUBLE_MAX, LONG_SUM, LONG_MIN, LONG_MAX, AND, OR }

    /** The aggregator's name in reports; unique within the program. */
    public final String name() {
        return name;
    }

    /** The aggregator's number within its program, from 0. */
    public final int index() {
        return index;
    }

    /** How added values are merged. */
    public final Kind kind() {
        return kind;
    }

    /** For the engine: a new, empty partial value. */
    public final Partial newPartial() {
        return Partial.of(kind);
    }
}
