package org.superstep.graph.internal;

import java.util.Arrays;
import org.superstep.graph.Histogram;

/** Counts of values by bucket. */
public final class HistogramPartial extends ObjectPartial<Histogram> {
    private final double[] bounds;
    /** Empty until something is added. */
    private long[] counts = {};
    private long notNumbers;
    private boolean added;

    /** Nothing yet, in buckets between these bounds, which ascend. */
    public HistogramPartial(double[] bounds, Form<Histogram> form) {
        super(form);
        this.bounds = bounds;
    }

    @Override void add(double value) {
        begin();
        if (value != value) {
            notNumbers++;
        } else {
            counts[bucket(value)]++;
        }
    }

    private void begin() {
        added = true;
        if (counts.length == 0) {
            counts = new long[bounds.length + 1];
        }
    }

    /** How many bounds lie at or below the value. */
    private int bucket(double value) {
        int from = 0;
        int to = bounds.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (bounds[middle] <= value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    @Override void mergeObject(Histogram other) {
        begin();
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.count(i);
        }
        notNumbers += other.notNumbers();
    }

    @Override Histogram object() {
        return new Histogram(bounds, counts.length == 0 ? new long[bounds.length + 1] : counts, notNumbers);
    }

    @Override boolean isEmpty() {
        return !added;
    }

    @Override void clear() {
        if (added) {
            Arrays.fill(counts, 0);
            notNumbers = 0;
            added = false;
        }
    }
}
