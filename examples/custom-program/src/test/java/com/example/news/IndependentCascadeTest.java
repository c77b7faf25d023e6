package com.example.news;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.net.Delivery;

class IndependentCascadeTest {
    /** Five standard errors of a likelihood: one test in a million seeds would fail by chance. */
    private static final double TOLERANCE = 5 * 0.5 / Math.sqrt(IndependentCascade.WORLDS);

    @Test void certainNewsReachesAllWhomItCan() {
        Graph graph = Graph.of(new long[] {1, 2, 4}, new long[] {2, 3, 1});
        assertArrayEquals(new double[] {1, 1, 1, 0}, likelihoods(new IndependentCascade(1, 1), graph));
    }

    @Test void withoutChanceOnlyTheSeedsKnow() {
        Graph graph = Graph.of(new long[] {1, 2, 3}, new long[] {2, 3, 1});
        assertArrayEquals(new double[] {1, 0, 1}, likelihoods(new IndependentCascade(0, 1, 3), graph));
    }

    @Test void aWeightIsHowOftenItIsTold() {
        Graph graph = Graph.of(new long[] {1, 1, 1, 1}, new long[] {2, 3, 4, 4}, new double[] {1, 3, 1, 2});
        assertArrayEquals(new double[] {1, 0.5, 0.875, 0.875}, likelihoods(new IndependentCascade(0.5, 1), graph), TOLERANCE);
    }

    @Test void anIsolatedListenerIsNotConfusedByTheSilent() {
        // 3 hears 2 over an edge that stands behind that of 1, who never knows anything.
        Graph graph = Graph.of(new long[] {1, 2}, new long[] {3, 3}, new double[] {100, 1});
        assertArrayEquals(new double[] {0, 1, 0.5}, likelihoods(new IndependentCascade(0.5, 2), graph), TOLERANCE);
    }

    @Test void likelihoodsAreThoseOfAllSetsOfEdgesThatCarryTheNews() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var sources = new long[10];
            var targets = new long[10];
            for (int edge = 0; edge < sources.length; edge++) {
                sources[edge] = edge < 6 ? edge : random.nextInt(6);
                targets[edge] = random.nextInt(6);
            }
            double[] found = likelihoods(new IndependentCascade(0.4, 0), Graph.of(sources, targets));
            assertArrayEquals(exact(sources, targets, 0.4), found, TOLERANCE, "seed " + seed);
        }
    }

    @Test void theSpreadIsTheSumOfAllLikelihoods() {
        Result result = Superstep.run(new IndependentCascade(0.2, 3, 5), Graph.rmat(8, 1).undirected());
        assertEquals(result.doubleStream("likelihood").sum(), (double) result.report().globals().get("spread"));
    }

    @Test void anyShapeOfTheJobGivesTheSameBits() {
        Graph graph = Graph.rmat(8, 1).undirected();
        double[] expected = Superstep.run(new IndependentCascade(0.05, 3, 5), graph, JobOptions.DEFAULT.withThreads(1)).doubles("likelihood");
        for (JobOptions shape : List.of(JobOptions.DEFAULT.withThreads(3).withPartitions(17), JobOptions.DEFAULT.withWorkers(3),
                JobOptions.DEFAULT.withDelivery(Delivery.PUSH), JobOptions.DEFAULT.withWorkers(2).withDelivery(Delivery.PULL))) {
            double[] found = Superstep.run(new IndependentCascade(0.05, 3, 5), graph, shape).doubles("likelihood");
            assertArrayEquals(expected, found, () -> "in " + shape);
        }
    }

    private static double[] likelihoods(IndependentCascade program, Graph graph) {
        return Superstep.run(program, graph).doubles("likelihood");
    }

    /** The likelihoods of six vertices to be reached from vertex 0, over every set of edges that may carry the news. */
    private static double[] exact(long[] sources, long[] targets, double chance) {
        var likelihoods = new double[6];
        for (int carrying = 0; carrying < 1 << sources.length; carrying++) {
            int count = Integer.bitCount(carrying);
            double likelihood = Math.pow(chance, count) * Math.pow(1 - chance, sources.length - count);
            boolean[] reached = {true, false, false, false, false, false};
            for (int step = 0; step < reached.length; step++) {
                for (int edge = 0; edge < sources.length; edge++) {
                    reached[(int) targets[edge]] |= (carrying >> edge & 1) != 0 && reached[(int) sources[edge]];
                }
            }
            for (int vertex = 0; vertex < reached.length; vertex++) {
                likelihoods[vertex] += reached[vertex] ? likelihood : 0;
            }
        }
        return likelihoods;
    }
}
