package org.superstep.graph.internal;

import java.util.Objects;
import org.superstep.graph.Aggregation;

/** Values of any type, merged as their program says. */
public final class CustomPartial<T> extends ObjectPartial<T> {
    private final Aggregation<T> aggregation;
    /** Null while nothing has been added: the identity is never merged with, so that nothing depends on how often it would be. */
    private T merged;

    /** Nothing yet. */
    public CustomPartial(Aggregation<T> aggregation, Form<T> form) {
        super(form);
        this.aggregation = aggregation;
    }

    @SuppressWarnings("unchecked")
    @Override void addObject(Object value) {
        mergeObject((T) value);
    }

    @Override void mergeObject(T value) {
        Objects.requireNonNull(value, "null is no value for an aggregator");
        merged = merged == null ? value : Objects.requireNonNull(aggregation.merge(merged, value), "merge returns null");
    }

    @Override T object() {
        return merged == null ? Objects.requireNonNull(aggregation.identity(), "identity() returns null") : merged;
    }

    @Override boolean isEmpty() {
        return merged == null;
    }

    @Override void clear() {
        merged = null;
    }
}
