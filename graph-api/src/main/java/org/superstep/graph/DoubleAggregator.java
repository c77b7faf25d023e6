package org.superstep.graph;

import org.superstep.graph.internal.Form;
import org.superstep.graph.internal.Partial;

/** An aggregator of {@code double} values; see {@link Aggregator}. */
public final class DoubleAggregator extends Aggregator {
    DoubleAggregator(String name, int index, Kind kind) {
        super(name, index, Form.DOUBLE, () -> Partial.of(kind));
    }

    /** Keeps what is added over all supersteps, instead of starting anew in each. Returns this. */
    public DoubleAggregator persistent() {
        persist();
        return this;
    }
}
