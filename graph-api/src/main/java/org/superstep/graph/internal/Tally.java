package org.superstep.graph.internal;

import java.util.List;
import org.superstep.graph.Aggregator;

/**
 * What has been added to each of a program's aggregators, by one thread, one worker or all. Not thread-safe. Custom aggregators run their
 * program's code when they are merged, encoded or read; where that throws, {@link #current} tells which one it was.
 */
public final class Tally {
    private final List<Aggregator> aggregators;
    private final Partial[] partials;
    private int current;

    /** An empty tally. */
    public Tally(List<Aggregator> aggregators) {
        this.aggregators = List.copyOf(aggregators);
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

    /** Adds a vertex's value to the ranking with this index. */
    public void add(int aggregator, long vertexId, double value) {
        partials[aggregator].add(vertexId, value);
    }

    /** Adds an object to the custom aggregator with this index. */
    public void addObject(int aggregator, Object value) {
        partials[aggregator].addObject(value);
    }

    /** Merges another tally of the same program into this one. */
    public void merge(Tally other) {
        for (int i = 0; i < partials.length; i++) {
            current = i;
            if (!other.partials[i].isEmpty()) {
                partials[i].merge(other.partials[i]);
            }
        }
    }

    /** Merges what {@link #states()} of another tally gave; null entries hold nothing. */
    public void merge(long[][] states) {
        for (int i = 0; i < partials.length; i++) {
            current = i;
            if (states[i] != null) {
                partials[i].merge(states[i]);
            }
        }
    }

    /** Whether nothing has been added to the aggregator with this index. */
    public boolean isEmpty(int aggregator) {
        return partials[aggregator].isEmpty();
    }

    /** Everything added so far in a form that can be sent: one array an aggregator, null where nothing was added. */
    public long[][] states() {
        long[][] states = new long[partials.length][];
        for (int i = 0; i < partials.length; i++) {
            current = i;
            if (!partials[i].isEmpty()) {
                states[i] = partials[i].state();
            }
        }
        return states;
    }

    /** What each aggregator comes to, as raw bits; 0 where that is an object. */
    public long[] values() {
        long[] values = new long[partials.length];
        for (int i = 0; i < partials.length; i++) {
            values[i] = partials[i].value();
        }
        return values;
    }

    /** Puts what each aggregator comes to where it can be read; nothing that is added later changes it there. */
    public void read(Values values) {
        for (int i = 0; i < partials.length; i++) {
            current = i;
            values.bits[i] = partials[i].value();
            values.objects[i] = partials[i].object();
        }
    }

    /** The name of the aggregator that was last merged, encoded or read. */
    public String current() {
        return aggregators.get(current).name();
    }

    /** Makes the aggregator with this index come to a value, raw bits, as if nothing else had been added. */
    public void set(int aggregator, long bits) {
        partials[aggregator].set(bits);
    }

    /** The same where the value is an object. */
    public void setObject(int aggregator, Object value) {
        partials[aggregator].setObject(value);
    }

    /** Forgets what was added to the aggregator with this index. */
    public void clear(int aggregator) {
        partials[aggregator].clear();
    }

    /** Forgets everything added. */
    public void clear() {
        for (Partial partial : partials) {
            partial.clear();
        }
    }

    /** Forgets what was added to all but the persistent aggregators, which go on from there. */
    public void clearUnlessPersistent() {
        for (int i = 0; i < partials.length; i++) {
            if (!aggregators.get(i).isPersistent()) {
                partials[i].clear();
            }
        }
    }
}
