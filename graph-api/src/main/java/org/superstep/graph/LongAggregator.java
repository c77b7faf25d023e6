package org.superstep.graph;

/** An aggregator of {@code long} values; see {@link Aggregator}. */
public final class LongAggregator extends Aggregator {
    LongAggregator(String name, int index, Kind kind) {
        super(name, index, kind);
    }
}
