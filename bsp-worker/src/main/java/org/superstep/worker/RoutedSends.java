package org.superstep.worker;

import java.util.Arrays;
import org.superstep.graph.internal.SendList;

/** Which sends of a partition go to which worker's vertices, each worker's in call order. Used by one thread, superstep by superstep. */
final class RoutedSends {
    /** By worker: where its run in {@link #order} begins, and behind the last where that ends. */
    private final int[] bounds;
    private int[] owners = {};
    private int[] order = {};

    RoutedSends(int workers) {
        bounds = new int[workers + 1];
    }

    /** Looks at every send once. */
    void route(SendList sends, LocalGraph graph) {
        Arrays.fill(bounds, 0);
        if (sends.size == 0) {
            return;
        }
        if (order.length < sends.size) {
            owners = new int[sends.senders.length];
            order = new int[owners.length];
        }
        for (int i = 0; i < sends.size; i++) {
            owners[i] = graph.ownerOf(sends.targets[i]);
            bounds[owners[i]]++;
        }
        for (int worker = 1; worker < bounds.length; worker++) {
            bounds[worker] += bounds[worker - 1];
        }
        // From behind, each run's end becomes its beginning.
        for (int i = sends.size - 1; i >= 0; i--) {
            order[--bounds[owners[i]]] = i;
        }
    }

    /** How many sends go to a worker's vertices. */
    int count(int worker) {
        return bounds[worker + 1] - bounds[worker];
    }

    /** The number of the {@code i}-th send to a worker's vertices. */
    int send(int worker, int i) {
        return order[bounds[worker] + i];
    }

    /** Drops from the list what does not go to this worker's vertices. */
    void keepOnly(int worker, SendList sends) {
        for (int i = 0; i < count(worker); i++) {
            sends.set(i, sends, send(worker, i));
        }
        sends.shorten(count(worker));
    }
}
