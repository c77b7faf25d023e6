package org.superstep.engine;

import java.util.Arrays;
import java.util.List;

/** Weakly connected components by union and find, the smaller id always the root. */
final class UnionFindOracle {
    private final long[] ids;
    private final int[] parents;

    private UnionFindOracle(long[] ids) {
        this.ids = ids;
        parents = new int[ids.length];
        Arrays.setAll(parents, v -> v);
    }

    /** The smallest id of each vertex's component, by vertex position. */
    static long[] components(long[] ids, List<Arc> arcs) {
        var sets = new UnionFindOracle(ids);
        for (Arc arc : arcs) {
            sets.union(sets.find(Arrays.binarySearch(ids, arc.source())), sets.find(Arrays.binarySearch(ids, arc.target())));
        }
        long[] components = new long[ids.length];
        Arrays.setAll(components, v -> ids[sets.find(v)]);
        return components;
    }

    private int find(int v) {
        while (parents[v] != v) {
            parents[v] = parents[parents[v]];
            v = parents[v];
        }
        return v;
    }

    private void union(int a, int b) {
        parents[Math.max(a, b)] = Math.min(a, b);
    }
}
