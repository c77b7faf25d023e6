package org.superstep.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Strongly connected components by one depth-first search. R. Tarjan, "Depth-first search and linear graph algorithms", 1972. */
final class TarjanOracle {
    private final Map<Long, List<Arc>> outEdges;
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final Map<Long, Long> components = new HashMap<>();
    private final Deque<Long> stack = new ArrayDeque<>();

    private TarjanOracle(List<Arc> arcs) {
        outEdges = arcs.stream().collect(Collectors.groupingBy(Arc::source));
    }

    /** The greatest id of each vertex's component, by vertex position. */
    static long[] components(long[] ids, List<Arc> arcs) {
        var search = new TarjanOracle(arcs);
        for (long id : ids) {
            if (!search.numbers.containsKey(id)) {
                search.visit(id);
            }
        }
        return Arrays.stream(ids).map(search.components::get).toArray();
    }

    /** Returns the least number that can be reached from here over tree edges and one more. */
    private int visit(long id) {
        int number = numbers.size();
        numbers.put(id, number);
        stack.push(id);
        int least = number;
        for (Arc arc : outEdges.getOrDefault(id, List.of())) {
            if (!numbers.containsKey(arc.target())) {
                least = Math.min(least, visit(arc.target()));
            } else if (!components.containsKey(arc.target())) {
                least = Math.min(least, numbers.get(arc.target()));
            }
        }
        if (least == number) {
            var members = stack.stream().takeWhile(member -> member != id).collect(Collectors.toList());
            members.add(id);
            long greatest = members.stream().mapToLong(Long::longValue).max().getAsLong();
            for (long member : members) {
                stack.pop();
                components.put(member, greatest);
            }
        }
        return least;
    }
}
