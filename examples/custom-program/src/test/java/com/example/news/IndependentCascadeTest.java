package com.example.news;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.net.Delivery;
import org.superstep.testkit.ProgramContract;
import org.superstep.testkit.TestGraph;
import org.superstep.testkit.TestRun;

class IndependentCascadeTest {
    /** Five standard errors of a likelihood: one test in a million seeds would fail by chance. */
    private static final double TOLERANCE = 5 * 0.5 / Math.sqrt(IndependentCascade.WORLDS);

    @Test void certainNewsReachesAllWhomItCan() {
        TestRun.of(new IndependentCascade(1, 1), TestGraph.of("4 -> 1 -> 2 -> 3"))
            .assertColumn("likelihood", Map.of(1L, 1, 2L, 1, 3L, 1, 4L, 0));
    }

    @Test void withoutChanceOnlyTheSeedsKnow() {
        TestRun.of(new IndependentCascade(0, 1, 3), TestGraph.of("1 -> 2 -> 3 -> 1"))
            .assertColumn("likelihood", Map.of(1L, 1, 2L, 0, 3L, 1));
    }

    @Test void aWeightIsHowOftenItIsTold() {
        TestRun.of(new IndependentCascade(0.5, 1), TestGraph.of("1 -> 2, 1 -> 3 3, 1 -> 4, 1 -> 4 2"))
            .assertColumn("likelihood", Map.of(1L, 1, 2L, 0.5, 3L, 0.875, 4L, 0.875), TOLERANCE);
    }

    @Test void whoKnowsNothingTellsNothing() {
        // 3 hears 2 over an edge that stands behind the one of 1.
        TestRun.of(new IndependentCascade(0.5, 2), TestGraph.of("1 -> 3 100, 2 -> 3"))
            .assertColumn("likelihood", Map.of(1L, 0, 2L, 1, 3L, 0.5), TOLERANCE);
    }

    @Test void likelihoodsAreThoseOfAllSetsOfEdgesThatCarryTheNews() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var edges = new ArrayList<TestGraph.Edge>();
            for (int i = 0; i < 10; i++) {
                edges.add(new TestGraph.Edge(i < 6 ? i : random.nextInt(6), random.nextInt(6), 1));
            }
            TestRun.of(new IndependentCascade(0.4, 0), TestGraph.of(edges)).assertColumn("likelihood", exact(edges, 0.4), TOLERANCE);
        }
    }

    @Test void theSpreadIsTheSumOfAllLikelihoods() {
        Result result = Superstep.run(new IndependentCascade(0.2, 3, 5), Graph.rmat(8, 1).undirected());
        assertEquals(result.doubleStream("likelihood").sum(), (double) result.report().globals().get("spread"));
    }

    @Test void anyShapeOfTheJobGivesTheSameBits() {
        Graph graph = Graph.rmat(8, 1).undirected();
        JobOptions serial = JobOptions.DEFAULT.withThreads(1);
        double[] expected = Superstep.run(new IndependentCascade(0.05, 3, 5), graph, serial).doubles("likelihood");
        for (JobOptions shape : List.of(JobOptions.DEFAULT.withThreads(3).withPartitions(17), JobOptions.DEFAULT.withWorkers(3),
                JobOptions.DEFAULT.withDelivery(Delivery.PUSH), JobOptions.DEFAULT.withWorkers(2).withDelivery(Delivery.PULL))) {
            double[] found = Superstep.run(new IndependentCascade(0.05, 3, 5), graph, shape).doubles("likelihood");
            assertArrayEquals(expected, found, () -> "in " + shape);
        }
    }

    @Test void theProgramKeepsTheContract() {
        ProgramContract.require(IndependentCascade::new);
    }

    /** The likelihoods of six vertices to be reached from vertex 0, over every set of edges that may carry the news. */
    private static Map<Long, Double> exact(List<TestGraph.Edge> edges, double chance) {
        var likelihoods = new TreeMap<Long, Double>();
        for (int carrying = 0; carrying < 1 << edges.size(); carrying++) {
            int count = Integer.bitCount(carrying);
            double likelihood = Math.pow(chance, count) * Math.pow(1 - chance, edges.size() - count);
            boolean[] reached = {true, false, false, false, false, false};
            for (int step = 0; step < reached.length; step++) {
                for (int i = 0; i < edges.size(); i++) {
                    reached[(int) edges.get(i).target()] |= (carrying >> i & 1) != 0 && reached[(int) edges.get(i).source()];
                }
            }
            for (int vertex = 0; vertex < reached.length; vertex++) {
                likelihoods.merge((long) vertex, reached[vertex] ? likelihood : 0, Double::sum);
            }
        }
        return likelihoods;
    }
}
