package org.superstep.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;

/** Levels by a queue. */
final class BreadthFirstOracle {
    private BreadthFirstOracle() {
    }

    /** The levels, by vertex position; -1 where there is no path. */
    static long[] levels(long[] ids, List<Arc> arcs, long source) {
        var outEdges = arcs.stream().collect(Collectors.groupingBy(Arc::source));
        var levels = new HashMap<Long, Long>();
        var queue = new ArrayDeque<Long>();
        levels.put(source, 0L);
        queue.add(source);
        while (!queue.isEmpty()) {
            long vertex = queue.remove();
            for (Arc arc : outEdges.getOrDefault(vertex, List.of())) {
                if (levels.putIfAbsent(arc.target(), levels.get(vertex) + 1) == null) {
                    queue.add(arc.target());
                }
            }
        }
        return Arrays.stream(ids).map(id -> levels.getOrDefault(id, -1L)).toArray();
    }
}
