package org.superstep.graph;

import org.superstep.graph.internal.Form;
import org.superstep.graph.internal.Partial;

/** An aggregator of {@code long} values; see {@link Aggregator}. */
public final class LongAggregator extends Aggregator {
    LongAggregator(String name, int index, Kind kind) {
        super(name, index, Form.LONG, () -> Partial.of(kind));
    }

    /** Keeps what is added over all supersteps, instead of starting anew in each. Returns this. */
    public LongAggregator persistent() {
        persist();
        return this;
    }
}
