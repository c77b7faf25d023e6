package org.superstep.graph;

import org.superstep.graph.internal.Form;
import org.superstep.graph.internal.Partial;

/** An aggregator of {@code boolean} values; see {@link Aggregator}. */
public final class BooleanAggregator extends Aggregator {
    BooleanAggregator(String name, int index, Kind kind) {
        super(name, index, Form.BOOLEAN, () -> Partial.of(kind));
    }

    /** Keeps what is added over all supersteps, instead of starting anew in each. Returns this. */
    public BooleanAggregator persistent() {
        persist();
        return this;
    }
}
