package org.superstep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.superstep.JobOptions;
import org.superstep.net.Delivery;

/** One way to run a job; no way may change a bit of its answer. */
record Shape(int threads, int partitions, int workers, Delivery delivery) {
    private static final int[] THREADS = {1, 2, 3, 8};
    private static final int[] PARTITIONS = {1, 7, 64, 1000};
    private static final int[] WORKERS = {1, 2, 3, 5};

    JobOptions options() {
        return JobOptions.DEFAULT.withThreads(threads).withPartitions(partitions).withWorkers(workers).withDelivery(delivery);
    }

    /** Every way there is. */
    static List<Shape> all() {
        var all = new ArrayList<Shape>();
        for (int threads : THREADS) {
            for (int partitions : PARTITIONS) {
                for (int workers : WORKERS) {
                    for (Delivery delivery : Delivery.values()) {
                        all.add(new Shape(threads, partitions, workers, delivery));
                    }
                }
            }
        }
        return all;
    }

    /** So many ways by chance. */
    static List<Shape> some(SplittableRandom random, int count) {
        var all = all();
        var some = new ArrayList<Shape>();
        for (int i = 0; i < count; i++) {
            some.add(all.remove(random.nextInt(all.size())));
        }
        return some;
    }
}
