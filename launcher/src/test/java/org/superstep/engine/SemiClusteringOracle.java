package org.superstep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Semi-clusters that grow over neighbours in rounds, as sets of ids; each is scored from the definition, by adding all edges that it has.
 * Weights must be integers, so that sums are exact in any order.
 */
final class SemiClusteringOracle {
    /** The best group that a vertex is in. */
    record Best(double score, int size, long smallest) {
    }

    private final Map<Long, Map<Long, Double>> weights = new TreeMap<>();
    private final double boundaryFactor;
    private final Comparator<SortedSet<Long>> bestFirst;

    private SemiClusteringOracle(long[] ids, List<Arc> arcs, double boundaryFactor) {
        this.boundaryFactor = boundaryFactor;
        for (long id : ids) {
            weights.put(id, new HashMap<>());
        }
        for (Arc arc : arcs) {
            weights.get(arc.source()).merge(arc.target(), arc.weight(), Double::sum);
        }
        bestFirst = Comparator.<SortedSet<Long>>comparingDouble(this::score).reversed()
            .thenComparing(set -> set.stream().mapToLong(Long::longValue).toArray(), Arrays::compare);
    }

    /** By vertex, in the order of their ids. */
    static List<Best> best(long[] ids, List<Arc> arcs, int iterations, int clusterCount, int clusterSize, double boundaryFactor) {
        return new SemiClusteringOracle(ids, arcs, boundaryFactor).grow(iterations, clusterCount, clusterSize);
    }

    private List<Best> grow(int iterations, int clusterCount, int clusterSize) {
        var told = new HashMap<Long, List<SortedSet<Long>>>();
        var best = new TreeMap<Long, Best>();
        for (long id : weights.keySet()) {
            told.put(id, List.of(new TreeSet<>(List.of(id))));
            best.put(id, new Best(1, 1, id));
        }
        for (int round = 0; round < iterations; round++) {
            var before = new HashMap<>(told);
            for (long id : weights.keySet()) {
                var groups = new LinkedHashSet<SortedSet<Long>>();
                for (long neighbour : weights.get(id).keySet()) {
                    for (var group : before.get(neighbour)) {
                        groups.add(group);
                        var joined = new TreeSet<>(group);
                        if (joined.size() < clusterSize && joined.add(id)) {
                            groups.add(joined);
                        }
                    }
                }
                var ordered = new ArrayList<>(groups);
                ordered.sort(bestFirst);
                told.put(id, List.copyOf(ordered.subList(0, Math.min(clusterCount, ordered.size()))));
                ordered.stream().filter(group -> group.contains(id)).findFirst().filter(group -> score(group) > best.get(id).score())
                    .ifPresent(group -> best.put(id, new Best(score(group), group.size(), group.first())));
            }
        }
        return List.copyOf(best.values());
    }

    private double score(SortedSet<Long> group) {
        double inner = 0;
        double boundary = 0;
        for (long member : group) {
            for (var edge : weights.get(member).entrySet()) {
                if (!group.contains(edge.getKey())) {
                    boundary += edge.getValue();
                } else if (edge.getKey() > member) {
                    inner += edge.getValue();
                }
            }
        }
        return group.size() == 1 ? 1 : (inner - boundaryFactor * boundary) / (group.size() * (group.size() - 1) / 2.0);
    }
}
