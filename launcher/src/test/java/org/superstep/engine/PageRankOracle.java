package org.superstep.engine;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** PageRank by plain loops over edges that are ordered by their sources, so that each sum is taken in the order of the senders' ids. */
final class PageRankOracle {
    private PageRankOracle() {
    }

    /** The ranks, by vertex position; the rank of sinks is added without rounding. */
    static double[] ranks(long[] ids, List<Arc> arcs, double damping, long iterations) {
        int n = ids.length;
        int[] sources = arcs.stream().mapToInt(arc -> Arrays.binarySearch(ids, arc.source())).toArray();
        int[] targets = arcs.stream().mapToInt(arc -> Arrays.binarySearch(ids, arc.target())).toArray();
        int[] outDegrees = new int[n];
        for (int source : sources) {
            outDegrees[source]++;
        }
        double[] ranks = new double[n];
        Arrays.fill(ranks, 1.0 / n);
        for (long iteration = 0; iteration < iterations; iteration++) {
            var heldBySinks = BigDecimal.ZERO;
            for (int v = 0; v < n; v++) {
                if (outDegrees[v] == 0) {
                    heldBySinks = heldBySinks.add(new BigDecimal(ranks[v]));
                }
            }
            double sinks = heldBySinks.doubleValue();
            double[] heard = new double[n];
            for (int i = 0; i < sources.length; i++) {
                heard[targets[i]] += ranks[sources[i]] / outDegrees[sources[i]];
            }
            for (int v = 0; v < n; v++) {
                ranks[v] = (1 - damping) / n + damping * (heard[v] + sinks / n);
            }
        }
        return ranks;
    }
}
