package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.net.Delivery;

/** The bundled programs against serial oracles, and what must hold of their answers whatever the graph. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AlgorithmsTest {
    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pageRankIsThePowerIterationToTheBit(long seed) {
        var sample = RandomGraphs.any(seed);
        var random = new SplittableRandom(seed);
        double damping = seed % 5 == 0 ? 1 : seed % 7 == 0 ? 0 : 0.85;
        long iterations = random.nextInt(12);
        var result = Superstep.run(new PageRank(damping, iterations), sample.graph(), shape(random).options());
        double[] ranks = result.doubles("rank");
        assertThat(ranks).as(sample::toString)
            .isEqualTo(PageRankOracle.ranks(sample.vertices(), sample.arcs(false), damping, iterations));
        assertThat(Arrays.stream(ranks).sum()).as("sum of ranks, %s", sample).isCloseTo(1, within(1e-9));
        assertThat(Arrays.stream(ranks)).as(sample::toString).allMatch(rank -> rank >= 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shortestPathsAreDijkstrasToTheBit(long seed) {
        var sample = RandomGraphs.any(seed).withoutNegativeWeights();
        var random = new SplittableRandom(seed);
        long source = anyVertex(sample, random);
        var result = Superstep.run(new ShortestPaths(source), sample.graph(), shape(random).options());
        double[] distances = result.doubles("distance");
        var arcs = sample.arcs(true);
        assertThat(distances).as("from %s, %s", source, sample).isEqualTo(DijkstraOracle.distances(sample.vertices(), arcs, source));
        assertThat(distances[result.position(source)]).isZero();
        for (Arc arc : arcs) {
            assertThat(distances[result.position(arc.target())]).as("over %s from %s, %s", arc, source, sample)
                .isLessThanOrEqualTo(distances[result.position(arc.source())] + arc.weight());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void levelsAreThoseOfAQueue(long seed) {
        var sample = RandomGraphs.any(seed);
        var random = new SplittableRandom(seed);
        long source = anyVertex(sample, random);
        var result = Superstep.run(new BreadthFirstSearch(source), sample.graph(), shape(random).options());
        long[] levels = result.longs("level");
        var arcs = sample.arcs(false);
        assertThat(levels).as("from %s, %s", source, sample).isEqualTo(BreadthFirstOracle.levels(sample.vertices(), arcs, source));
        var withParent = new HashSet<Long>();
        for (Arc arc : arcs) {
            long from = levels[result.position(arc.source())];
            long to = levels[result.position(arc.target())];
            assertThat(from < 0 || to >= 0 && to <= from + 1).as("level %s -> %s over %s, %s", from, to, arc, sample).isTrue();
            if (from >= 0 && to == from + 1) {
                withParent.add(arc.target());
            }
        }
        for (int position = 0; position < levels.length; position++) {
            boolean reached = levels[position] > 0;
            assertThat(withParent.contains(result.id(position))).as("a parent of %s, %s", result.id(position), sample).isEqualTo(reached);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void componentsAreThoseOfUnionAndFind(long seed) {
        var sample = RandomGraphs.any(seed);
        var result = Superstep.run(new ConnectedComponents(), sample.graph(), shape(new SplittableRandom(seed)).options());
        long[] components = result.longs("component");
        var arcs = sample.arcs(false);
        assertThat(components).as(sample::toString).isEqualTo(UnionFindOracle.components(sample.vertices(), arcs));
        for (Arc arc : arcs) {
            assertThat(components[result.position(arc.source())]).as("over %s, %s", arc, sample)
                .isEqualTo(components[result.position(arc.target())]);
        }
        for (int position = 0; position < components.length; position++) {
            assertThat(components[position]).as(sample::toString).isLessThanOrEqualTo(result.id(position));
            assertThat(components[result.position(components[position])]).as(sample::toString).isEqualTo(components[position]);
        }
    }

    @Test
    void allFourOnAnRmatGraphOfManyBatches() {
        var sample = RandomGraphs.rmat(12, 12, 5);
        long[] ids = sample.vertices();
        long source = sample.lines().get(0).source();
        for (var shape : List.of(new Shape(2, 0, 1, Delivery.AUTO), new Shape(3, 50, 3, Delivery.AUTO))) {
            assertThat(Superstep.run(new PageRank(0.85, 10), sample.graph(), shape.options()).doubles("rank")).as(shape::toString)
                .isEqualTo(PageRankOracle.ranks(ids, sample.arcs(false), 0.85, 10));
            assertThat(Superstep.run(new ShortestPaths(source), sample.graph(), shape.options()).doubles("distance")).as(shape::toString)
                .isEqualTo(DijkstraOracle.distances(ids, sample.arcs(true), source));
            assertThat(Superstep.run(new BreadthFirstSearch(source), sample.graph(), shape.options()).longs("level")).as(shape::toString)
                .isEqualTo(BreadthFirstOracle.levels(ids, sample.arcs(false), source));
            assertThat(Superstep.run(new ConnectedComponents(), sample.graph(), shape.options()).longs("component")).as(shape::toString)
                .isEqualTo(UnionFindOracle.components(ids, sample.arcs(false)));
        }
    }

    @Test
    void withAToleranceTheIterationEndsWhenTheRanksChangeLess() {
        var sample = RandomGraphs.rmat(7, 6, 2);
        var program = new PageRank(0.85, 500);
        program.declarations().parameters().stream().filter(parameter -> parameter.name().equals("tolerance")).findFirst().orElseThrow()
            .parse("1e-6");
        var result = Superstep.run(program, sample.graph());
        int iterations = result.report().supersteps().size() - 1;
        double[] before = PageRankOracle.ranks(sample.vertices(), sample.arcs(false), 0.85, iterations - 2);
        double[] last = PageRankOracle.ranks(sample.vertices(), sample.arcs(false), 0.85, iterations - 1);
        double[] ranks = PageRankOracle.ranks(sample.vertices(), sample.arcs(false), 0.85, iterations);
        assertThat(iterations).isBetween(5, 100);
        assertThat(result.doubles("rank")).isEqualTo(ranks);
        assertThat(change(last, ranks)).isLessThan(1e-6);
        assertThat(change(before, last)).isGreaterThanOrEqualTo(1e-6);
    }

    @Test
    void aPathIsFollowedToItsEnd() {
        var sample = RandomGraphs.path(2000);
        var result = Superstep.run(new BreadthFirstSearch(0), sample.graph(), new Shape(2, 16, 2, Delivery.AUTO).options());
        assertThat(result.longs("level")).isEqualTo(LongStream.rangeClosed(0, 2000).toArray());
        assertThat(result.report().supersteps()).hasSize(2001);
    }

    private static double change(double[] before, double[] after) {
        double change = 0;
        for (int i = 0; i < before.length; i++) {
            change += Math.abs(after[i] - before[i]);
        }
        return change;
    }

    private static Shape shape(SplittableRandom random) {
        return Shape.some(random, 1).get(0);
    }

    private static long anyVertex(Sample sample, SplittableRandom random) {
        long[] ids = sample.vertices();
        return ids[random.nextInt(ids.length)];
    }
}
