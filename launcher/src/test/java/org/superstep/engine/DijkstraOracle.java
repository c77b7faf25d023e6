package org.superstep.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** Shortest paths by Dijkstra's algorithm. Adding a weight never makes a sum less, so any method finds the same bits. */
final class DijkstraOracle {
    private record Reached(long vertex, double distance) {
    }

    private DijkstraOracle() {
    }

    /** The distances, by vertex position; infinity where there is no path. */
    static double[] distances(long[] ids, List<Arc> arcs, long source) {
        var outEdges = arcs.stream().collect(Collectors.groupingBy(Arc::source));
        var distances = new HashMap<Long, Double>();
        var queue = new PriorityQueue<Reached>(Comparator.comparingDouble(Reached::distance));
        queue.add(new Reached(source, 0));
        while (!queue.isEmpty()) {
            var next = queue.remove();
            if (distances.putIfAbsent(next.vertex(), next.distance()) == null) {
                for (Arc arc : outEdges.getOrDefault(next.vertex(), List.of())) {
                    queue.add(new Reached(arc.target(), next.distance() + arc.weight()));
                }
            }
        }
        return Arrays.stream(ids).mapToDouble(id -> distances.getOrDefault(id, Double.POSITIVE_INFINITY)).toArray();
    }
}
