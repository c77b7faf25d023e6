package org.superstep.graph;

import org.superstep.graph.internal.HistogramPartial;

/** An aggregator that counts the values that were added, by bucket; read as a {@link Histogram}. */
public final class HistogramAggregator extends Aggregator {
    static final int MOST_BOUNDS = 10_000;

    /** Keeps the array. */
    HistogramAggregator(String name, int index, double[] bounds) {
        super(name, index, Histogram.form(bounds), () -> new HistogramPartial(bounds, Histogram.form(bounds)));
        if (bounds.length < 1 || bounds.length > MOST_BOUNDS) {
            throw new IllegalArgumentException("histogram \"" + name + "\" must have 1 to " + MOST_BOUNDS + " bounds, was "
                + bounds.length);
        }
        for (int i = 0; i < bounds.length; i++) {
            if (!(Math.abs(bounds[i]) <= Double.MAX_VALUE) || i > 0 && bounds[i - 1] >= bounds[i]) {
                throw new IllegalArgumentException("the bounds of histogram \"" + name + "\" must be finite and ascend, was " + bounds[i]
                    + (i > 0 ? " after " + bounds[i - 1] : ""));
            }
        }
    }

    /** Keeps what is added over all supersteps, instead of starting anew in each. Returns this. */
    public HistogramAggregator persistent() {
        persist();
        return this;
    }
}
