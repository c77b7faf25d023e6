package org.superstep.engine;

import java.util.ArrayDeque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The k-core of an undirected graph by peeling: a queue of vertices that have too few edges. */
final class CoreOracle {
    private CoreOracle() {
    }

    /** The vertices that remain, with their degrees among each other; parallel edges count, self-loops do not. */
    static SortedMap<Long, Long> degrees(long[] ids, List<Arc> arcs, long k) {
        var degrees = new TreeMap<Long, Long>();
        var queue = new ArrayDeque<Long>();
        for (long id : ids) {
            degrees.put(id, arcs.stream().filter(arc -> arc.source() == id && arc.target() != id).count());
            if (degrees.get(id) < k) {
                queue.add(id);
            }
        }
        while (!queue.isEmpty()) {
            long peeled = queue.remove();
            degrees.remove(peeled);
            for (Arc arc : arcs) {
                if (arc.source() == peeled && degrees.containsKey(arc.target()) && degrees.merge(arc.target(), -1L, Long::sum) == k - 1) {
                    queue.add(arc.target());
                }
            }
        }
        return degrees;
    }
}
