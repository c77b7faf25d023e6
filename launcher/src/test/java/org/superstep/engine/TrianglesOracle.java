package org.superstep.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Triangles by looking at every pair of neighbours of every vertex; directions, parallel edges and self-loops do not matter. */
final class TrianglesOracle {
    private TrianglesOracle() {
    }

    /** How many triangles each vertex is in, by vertex position. */
    static long[] triangles(long[] ids, List<Arc> arcs) {
        var neighbours = neighbours(ids, arcs);
        long[] triangles = new long[ids.length];
        for (int v = 0; v < ids.length; v++) {
            for (long a : neighbours.get(ids[v])) {
                triangles[v] += neighbours.get(ids[v]).stream().filter(b -> a < b && neighbours.get(a).contains(b)).count();
            }
        }
        return triangles;
    }

    /** The neighbours of each vertex. */
    static Map<Long, Set<Long>> neighbours(long[] ids, List<Arc> arcs) {
        var neighbours = new HashMap<Long, Set<Long>>();
        for (long id : ids) {
            neighbours.put(id, new HashSet<>());
        }
        for (Arc arc : arcs) {
            if (arc.source() != arc.target()) {
                neighbours.get(arc.source()).add(arc.target());
                neighbours.get(arc.target()).add(arc.source());
            }
        }
        return neighbours;
    }
}
