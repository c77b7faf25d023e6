package org.superstep.worker;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/**
 * The edges from one vertex to another while requests are applied to them: ascending by weight all along, those of one weight in the order
 * in
 * which they came.
 */
final class ParallelEdges {
    private final DoubleArrayList weights;
    /** Parallel to the weights: where each edge stood in its source's list, -1 for one that is new. */
    private final IntArrayList entries = new IntArrayList();
    private final int first;

    /** Edges of these weights, which stand in a list from entry {@code first} on. */
    ParallelEdges(double[] weights, int first) {
        this.weights = new DoubleArrayList(weights);
        this.first = first;
        for (int i = 0; i < weights.length; i++) {
            entries.add(first + i);
        }
    }

    double[] weights() {
        return weights.toDoubleArray();
    }

    int[] entries() {
        return entries.toIntArray();
    }

    /** Takes an edge away for each of these weights, ascending, that there is; of those of one weight the first goes. */
    void removeAll(double[] removed) {
        int next = 0;
        int kept = 0;
        for (int at = 0; at < weights.size(); at++) {
            double weight = weights.getDouble(at);
            while (next < removed.length && Double.compare(removed[next], weight) < 0) {
                next++;
            }
            if (next < removed.length && Double.compare(removed[next], weight) == 0) {
                next++;
            } else {
                weights.set(kept, weight);
                entries.set(kept++, entries.getInt(at));
            }
        }
        weights.size(kept);
        entries.size(kept);
    }

    /** Adds new edges of these weights, ascending, each behind those of its weight; from the end, so that each edge moves once. */
    void addAll(double[] added) {
        int last = weights.size() - 1;
        weights.size(weights.size() + added.length);
        entries.size(weights.size());
        int next = added.length - 1;
        for (int to = weights.size() - 1; next >= 0; to--) {
            if (last >= 0 && Double.compare(weights.getDouble(last), added[next]) > 0) {
                weights.set(to, weights.getDouble(last));
                entries.set(to, entries.getInt(last--));
            } else {
                weights.set(to, added[next--]);
                entries.set(to, -1);
            }
        }
    }

    /** Lets one edge of this weight, the first, have another, behind those that have that already; where there is none, nothing happens. */
    void setWeight(double weight, double newWeight) {
        int from = weights.indexOf(weight);
        if (from < 0) {
            return;
        }
        weights.removeDouble(from);
        int entry = entries.removeInt(from);
        int at = weights.size();
        while (at > 0 && Double.compare(weights.getDouble(at - 1), newWeight) > 0) {
            at--;
        }
        weights.add(at, newWeight);
        entries.add(at, entry);
    }

    void clear() {
        weights.clear();
        entries.clear();
    }

    /** Whether the edges that are left are those that stood first, as they stood. */
    boolean areWhereTheyWere() {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.getInt(i) != first + i) {
                return false;
            }
        }
        return true;
    }
}
