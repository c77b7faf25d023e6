package org.superstep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A maximal bipartite matching by rounds of requests, grants and acceptances, with the dice of the vertices. */
final class BipartiteMatchingOracle {
    private BipartiteMatchingOracle() {
    }

    /** Whom each vertex is matched to, by vertex position; itself if to nobody. */
    static long[] matches(long[] ids, List<Arc> arcs, long seed) {
        Map<Long, Long> matches = new HashMap<>();
        for (int superstep = 0;; superstep += 4) {
            var requests = new TreeMap<Long, List<Long>>();
            for (Arc arc : arcs) {
                if (!matches.containsKey(arc.source()) && !matches.containsKey(arc.target())) {
                    requests.computeIfAbsent(arc.target(), id -> new ArrayList<>()).add(arc.source());
                }
            }
            if (requests.isEmpty()) {
                return Arrays.stream(ids).map(id -> matches.getOrDefault(id, id)).toArray();
            }
            var grants = new TreeMap<Long, List<Long>>();
            for (var request : requests.entrySet()) {
                long left = any(request.getValue(), seed, superstep + 1, request.getKey());
                grants.computeIfAbsent(left, id -> new ArrayList<>()).add(request.getKey());
            }
            for (var grant : grants.entrySet()) {
                long right = any(grant.getValue(), seed, superstep + 2, grant.getKey());
                matches.put(grant.getKey(), right);
                matches.put(right, grant.getKey());
            }
        }
    }

    private static long any(List<Long> ids, long seed, int superstep, long chooser) {
        return ids.get(VertexNumbers.of(seed, superstep, chooser).nextInt(ids.size()));
    }
}
