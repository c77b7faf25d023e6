package org.superstep.master;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How fast the threads of workers are that have computed, compared with the mean of those with whom they did. Known by name, because the
 * same worker has another number where others come or go. The latest measurement counts as much as all before it: one is of some seconds,
 * in which a worker may have been held up by something that is over.
 */
final class Speeds {
    /** Nobody is taken to be slower, or faster, than by so much: who got nothing to do would never be measured again. */
    private static final double MOST = 10;

    private final Map<String, Double> byName = new HashMap<>();

    /** How fast a worker's threads are; 1: as fast as the mean, or nobody knows. */
    double of(String name) {
        return byName.getOrDefault(name, 1.0);
    }

    /** How much each thread of these workers has done in the same time; 0 of one of which that cannot be told. */
    void measured(List<String> names, double[] done) {
        double sum = 0;
        int count = 0;
        for (double one : done) {
            sum += one;
            count += one > 0 ? 1 : 0;
        }
        for (int worker = 0; worker < done.length; worker++) {
            if (done[worker] > 0) {
                double speed = Math.min(MOST, Math.max(1 / MOST, done[worker] * count / sum));
                byName.merge(names.get(worker), speed, (before, now) -> (before + now) / 2);
            }
        }
    }
}
