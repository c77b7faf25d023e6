package org.superstep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Random walks, step by step, with the dice of the vertices; walkers at a vertex throw them in the order in which they came. */
final class RandomWalksOracle {
    /** What a vertex has seen of walkers. */
    record Seen(long visits, long ends, long origins) {
        Seen walkerGoesOn() {
            return new Seen(visits + 1, ends, origins);
        }

        Seen walkerStays(long origin) {
            return new Seen(visits + 1, ends + 1, origins + origin);
        }
    }

    private RandomWalksOracle() {
    }

    /** By vertex, in the order of their ids. */
    static List<Seen> walk(long[] ids, List<Arc> arcs, long seed, int walkers, int length) {
        var outEdges = arcs.stream().collect(Collectors.groupingBy(Arc::source));
        Map<Long, Seen> seen = new TreeMap<>();
        Map<Long, List<Long>> places = new TreeMap<>();
        for (long id : ids) {
            seen.put(id, new Seen(0, 0, 0));
            for (int i = 0; i < walkers; i++) {
                places.computeIfAbsent(id, place -> new ArrayList<>()).add(id);
            }
        }
        for (int step = 0; step <= length; step++) {
            var next = new TreeMap<Long, List<Long>>();
            for (var place : places.entrySet()) {
                var random = VertexNumbers.of(seed, step, place.getKey());
                var edges = outEdges.getOrDefault(place.getKey(), List.of());
                for (long origin : place.getValue()) {
                    if (step == length || edges.isEmpty()) {
                        seen.computeIfPresent(place.getKey(), (id, before) -> before.walkerStays(origin));
                    } else {
                        seen.computeIfPresent(place.getKey(), (id, before) -> before.walkerGoesOn());
                        long target = edges.get(random.nextInt(edges.size())).target();
                        next.computeIfAbsent(target, id -> new ArrayList<>()).add(origin);
                    }
                }
            }
            places = next;
        }
        return List.copyOf(seen.values());
    }
}
