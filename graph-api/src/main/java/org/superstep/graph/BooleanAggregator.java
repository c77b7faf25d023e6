package org.superstep.graph;

/** An aggregator of {@code boolean} values; see {@link Aggregator}. */
public final class BooleanAggregator extends Aggregator {
    BooleanAggregator(String name, int index, Kind kind) {
        super(name, index, kind);
    }
}
