package org.superstep.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.superstep.testkit.TestGraph.Edge;

/** The graphs on which programs are checked: small, with every oddity that an input may have. */
final class ContractGraphs {
    private ContractGraphs() {
    }

    /** By hand and by seed. */
    static List<TestGraph> of(long seed) {
        var graphs = new ArrayList<>(List.of(
            TestGraph.of(""),
            TestGraph.of("5"),
            TestGraph.of("3 -> 3 2"),
            TestGraph.of("1 -> 2"),
            TestGraph.of("1 -> 2 2, 1 -> 2 0.5, 2 -> 3, 3 -> 3, 3 -> 1 4, 9").named("parallel edges, a self-loop, an isolated vertex"),
            TestGraph.of("1 -- 2 0.1, 2 -- 3 0.2, 3 -- 1 0.3, 3 -- 4 0.7, -9223372036854775808 -> 9223372036854775807"),
            path(63), path(64), path(65), star(40)));
        var random = new SplittableRandom(seed);
        for (int i = 1; i <= 5; i++) {
            graphs.add(random(random, "random graph " + i));
        }
        return graphs;
    }

    private static TestGraph path(int vertices) {
        var edges = new ArrayList<Edge>();
        for (int i = 1; i < vertices; i++) {
            edges.add(new Edge(i, i + 1, 1 + i % 7));
        }
        return TestGraph.of(edges).named("a path of " + vertices + " vertices");
    }

    /** One whom most hear, and whom some tell. */
    private static TestGraph star(int leaves) {
        var edges = new ArrayList<Edge>();
        for (int i = 1; i <= leaves; i++) {
            edges.add(i % 3 == 0 ? new Edge(i, 0, 0.1 * i) : new Edge(0, i, 1.0 / i));
        }
        return TestGraph.of(edges).named("a star of " + leaves + " leaves").withoutWeights();
    }

    private static TestGraph random(SplittableRandom random, String name) {
        int count = 2 + random.nextInt(120);
        long[] ids = new long[count];
        boolean isSparse = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            ids[i] = isSparse ? random.nextLong() : i;
        }
        var edges = new ArrayList<Edge>();
        for (int i = (int) (count * (0.5 + 2.5 * random.nextDouble())); i >= 0; i--) {
            // The one end anywhere, the other more often at the front: some have many neighbours, some none.
            long source = ids[random.nextInt(count)];
            long target = ids[random.nextInt(1 + random.nextInt(count))];
            double weight = random.nextInt(4) == 0 ? random.nextInt(5) : random.nextDouble() * 10;
            edges.add(random.nextBoolean() ? new Edge(source, target, weight) : new Edge(target, source, weight));
        }
        var graph = TestGraph.of(edges).named(name + " of " + count + " vertices");
        graph = random.nextInt(3) == 0 ? graph.undirected() : graph;
        return random.nextInt(3) == 0 ? graph.withoutWeights() : graph;
    }
}
