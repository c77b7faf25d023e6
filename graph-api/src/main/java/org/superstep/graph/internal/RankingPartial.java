package org.superstep.graph.internal;

import java.util.Arrays;
import org.superstep.graph.Ranking;

/** The greatest, or least, values and their vertices; ties by smaller id, NaN after all numbers. */
public final class RankingPartial extends ObjectPartial<Ranking> {
    private final int places;
    private final boolean least;
    /** The best so far, the worst of them at the root of a heap. */
    private long[] ids = {};
    private double[] values = {};
    private int size;

    /** Nothing yet, with room for so many, the least first or the greatest. */
    public RankingPartial(int places, boolean least, Form<Ranking> form) {
        super(form);
        this.places = places;
        this.least = least;
    }

    @Override void add(long vertexId, double value) {
        if (size < places) {
            if (size == ids.length) {
                int capacity = (int) Math.min(places, Math.max(8, size * 2L));
                ids = Arrays.copyOf(ids, capacity);
                values = Arrays.copyOf(values, capacity);
            }
            int at = size++;
            for (; at > 0 && isBefore(ids[(at - 1) / 2], values[(at - 1) / 2], vertexId, value); at = (at - 1) / 2) {
                ids[at] = ids[(at - 1) / 2];
                values[at] = values[(at - 1) / 2];
            }
            ids[at] = vertexId;
            values[at] = value;
        } else if (isBefore(vertexId, value, ids[0], values[0])) {
            sinkFromRoot(ids, values, size, vertexId, value);
        }
    }

    /** Puts a pair at or below the root of the heap that the first {@code size} make, in place of the one at the root. */
    private void sinkFromRoot(long[] heapIds, double[] heapValues, int heapSize, long vertexId, double value) {
        int at = 0;
        for (int child = 1; child < heapSize; child = 2 * at + 1) {
            if (child + 1 < heapSize && isBefore(heapIds[child], heapValues[child], heapIds[child + 1], heapValues[child + 1])) {
                child++;
            }
            if (!isBefore(vertexId, value, heapIds[child], heapValues[child])) {
                break;
            }
            heapIds[at] = heapIds[child];
            heapValues[at] = heapValues[child];
            at = child;
        }
        heapIds[at] = vertexId;
        heapValues[at] = value;
    }

    /** Whether the first pair has the better place. */
    private boolean isBefore(long id, double value, long otherId, double otherValue) {
        int order = Double.compare(value, otherValue);
        if (order == 0) {
            return id < otherId;
        }
        // By Double.compare NaN is the greatest of all.
        return (order < 0) == (least || value != value || otherValue != otherValue);
    }

    @Override void mergeObject(Ranking other) {
        for (int i = 0; i < other.size(); i++) {
            add(other.id(i), other.value(i));
        }
    }

    @Override Ranking object() {
        long[] sortedIds = Arrays.copyOf(ids, size);
        double[] sortedValues = Arrays.copyOf(values, size);
        for (int last = size - 1; last > 0; last--) {
            long id = sortedIds[last];
            double value = sortedValues[last];
            sortedIds[last] = sortedIds[0];
            sortedValues[last] = sortedValues[0];
            sinkFromRoot(sortedIds, sortedValues, last, id, value);
        }
        return new Ranking(sortedIds, sortedValues);
    }

    @Override boolean isEmpty() {
        return size == 0;
    }

    @Override void clear() {
        size = 0;
    }
}
