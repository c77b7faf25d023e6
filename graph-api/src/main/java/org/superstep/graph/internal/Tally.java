package org.superstep.graph.internal;

import java.util.List;
import org.superstep.graph.Aggregator;

/** What has been added to each of a program's aggregators, by one thread, one worker or all. Not thread-safe. */
public final class Tally {
    private final Partial[] partials;

    /** An empty tally. */
    public Tally(List<Aggregator> aggregators) {
        partials = aggregators.stream().map(Aggregator::newPartial).toArray(Partial[]::new);
    }

    /** Adds a double to the aggregator with this index. */
    public void add(int aggregator, double value) {
        partials[aggregator].add(value);
    }

    /** Adds a long, or a truth value as 0 or 1, to the aggregator with this index. */
    public void add(int aggregator, long value) {
        partials[aggregator].add(value);
    }

    /** Merges another tally of the same program into this one. */
    public void merge(Tally other) {
        for (int i = 0; i < partials.length; i++) {
            if (!other.partials[i].isEmpty()) {
                partials[i].merge(other.partials[i].state());
            }
        }
    }

    /** Merges what {@link #states()} of another tally gave; null entries hold nothing. */
    public void merge(long[][] states) {
        for (int i = 0; i < partials.length; i++) {
            if (states[i] != null) {
                partials[i].merge(states[i]);
            }
        }
    }

    /** Everything added so far in a form that can be sent: one array an aggregator, null where nothing was added. */
    public long[][] states() {
        long[][] states = new long[partials.length][];
        for (int i = 0; i < partials.length; i++) {
            if (!partials[i].isEmpty()) {
                states[i] = partials[i].state();
            }
        }
        return states;
    }

    /** What each aggregator comes to, as raw bits. */
    public long[] values() {
        long[] values = new long[partials.length];
        for (int i = 0; i < partials.length; i++) {
            values[i] = partials[i].value();
        }
        return values;
    }

    /** Forgets everything added. */
    public void clear() {
        for (Partial partial : partials) {
            partial.clear();
        }
    }
}
