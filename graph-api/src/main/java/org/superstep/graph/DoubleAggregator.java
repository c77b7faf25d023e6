package org.superstep.graph;

/** An aggregator of {@code double} values; see {@link Aggregator}. */
public final class DoubleAggregator extends Aggregator {
    DoubleAggregator(String name, int index, Kind kind) {
        super(name, index, kind);
    }
}
