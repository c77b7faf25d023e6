package org.superstep.graph;

import org.superstep.graph.internal.CustomPartial;
import org.superstep.graph.internal.Form;

/**
 * An aggregator of values of any type, merged as its {@link Aggregation} says.
 *
 * @param <T> the values' type, immutable
 */
public final class CustomAggregator<T> extends Aggregator {
    private final Aggregation<T> aggregation;

    CustomAggregator(String name, int index, Aggregation<T> aggregation) {
        this(name, index, aggregation, Form.of(aggregation.codec(), "aggregator \"" + name + "\""));
    }

    private CustomAggregator(String name, int index, Aggregation<T> aggregation, Form<T> form) {
        super(name, index, form, () -> new CustomPartial<>(aggregation, form));
        this.aggregation = aggregation;
    }

    /** How its values are merged. */
    public Aggregation<T> aggregation() {
        return aggregation;
    }

    /** Keeps what is added over all supersteps, instead of starting anew in each. Returns this. */
    public CustomAggregator<T> persistent() {
        persist();
        return this;
    }
}
