package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.engine.programs.BipartiteMatching;
import org.superstep.engine.programs.CoreByDeletion;
import org.superstep.engine.programs.EdgeContraction;
import org.superstep.engine.programs.RandomWalks;
import org.superstep.engine.programs.SemiClustering;
import org.superstep.engine.programs.StrongComponents;
import org.superstep.engine.programs.Triangles;
import org.superstep.graph.Program;

/**
 * Programs from the literature: what they mean, by {@link SerialPregel}, against serial oracles that know nothing of Pregel; and what the
 * engine makes of them in any shape, against {@link SerialPregel}.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PregelProgramsTest {
    private static final int GRAPHS = 14;
    private static final int SHAPES = 5;
    private static final int ITERATIONS = 4;
    private static final int CLUSTERS = 3;
    private static final int MEMBERS = 4;
    private static final double BOUNDARY_FACTOR = 0.25;
    private static final int WALKERS = 3;
    private static final int LENGTH = 7;

    /** A program and graphs for it. */
    private record Case(Supplier<Program> program, LongFunction<Sample> graphs) {
        /** Its graph of this seed, and its answer there. */
        Answer answer(long seed) {
            return SerialPregel.run(program.get(), graphs.apply(seed), seed, 2000);
        }

        @Override public String toString() {
            return program.get().name();
        }
    }

    private static final Case SEMI_CLUSTERING =
        new Case(() -> new SemiClustering(ITERATIONS, CLUSTERS, MEMBERS, BOUNDARY_FACTOR), PregelProgramsTest::withSmallWeights);
    private static final Case MATCHING = new Case(BipartiteMatching::new, PregelProgramsTest::bipartite);
    private static final Case LEAVES = new Case(CoreByDeletion::new, seed -> RandomGraphs.any(seed).asUndirected());
    private static final Case CORE = new Case(() -> new CoreByDeletion(4), seed -> RandomGraphs.any(seed).asUndirected());
    private static final Case CONTRACTION = new Case(EdgeContraction::new, seed -> RandomGraphs.any(seed).asUndirected());
    private static final Case WALKS = new Case(() -> new RandomWalks(WALKERS, LENGTH), RandomGraphs::any);
    private static final Case TRIANGLES = new Case(Triangles::new, RandomGraphs::any);
    private static final Case COMPONENTS = new Case(StrongComponents::new, RandomGraphs::any);

    static Stream<Case> cases() {
        return Stream.of(SEMI_CLUSTERING, MATCHING, LEAVES, CORE, CONTRACTION, WALKS, TRIANGLES, COMPONENTS);
    }

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void semiClustersAreThoseThatGrowAsSets(long seed) {
        var sample = SEMI_CLUSTERING.graphs().apply(seed);
        var answer = SEMI_CLUSTERING.answer(seed);
        var expected =
            SemiClusteringOracle.best(sample.vertices(), sample.arcs(true), ITERATIONS, CLUSTERS, MEMBERS, BOUNDARY_FACTOR);
        var found = new ArrayList<SemiClusteringOracle.Best>();
        for (int v = 0; v < answer.ids().length; v++) {
            double score = Double.longBitsToDouble(answer.columns().get("score")[v]);
            found.add(new SemiClusteringOracle.Best(score, (int) answer.columns().get("size")[v], answer.columns().get("smallest")[v]));
        }
        assertThat(found).as(sample.toString()).isEqualTo(expected);
        assertThat(answer.figures()).as(sample.toString()).hasSize(ITERATIONS + 1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theMatchingIsOneIsMaximalAndFollowsTheDice(long seed) {
        var sample = MATCHING.graphs().apply(seed);
        var answer = MATCHING.answer(seed);
        long[] matches = answer.columns().get("match");
        Map<Long, Long> matchOf = new HashMap<>();
        for (int v = 0; v < matches.length; v++) {
            matchOf.put(answer.ids()[v], matches[v]);
        }
        var arcs = sample.arcs(false);
        matchOf.forEach((id, match) -> {
            assertThat(matchOf.get(match)).as("match of %s, which matches %s, %s", match, id, sample).isEqualTo(id);
            boolean isEdge = arcs.contains(new Arc(id, match, 1)) || arcs.contains(new Arc(match, id, 1));
            assertThat(isEdge || match.equals(id)).as("%s matches %s, %s", id, match, sample).isTrue();
        });
        for (Arc arc : arcs) {
            boolean bothFree = matchOf.get(arc.source()) == arc.source() && matchOf.get(arc.target()) == arc.target();
            assertThat(bothFree).as("%s could be added, %s", arc, sample).isFalse();
        }
        assertThat(matches).as(sample.toString()).isEqualTo(BipartiteMatchingOracle.matches(sample.vertices(), arcs, seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsLeftWhenLeavesAreDeletedIsTheCore(long seed) {
        for (var core : List.of(LEAVES, CORE)) {
            var sample = core.graphs().apply(seed);
            var answer = core.answer(seed);
            var expected = CoreOracle.degrees(sample.vertices(), sample.arcs(false), core == LEAVES ? 2 : 4);
            assertThat(answer.ids()).as(sample.toString()).containsExactly(longs(expected.keySet().stream()));
            assertThat(answer.columns().get("degree")).as(sample.toString()).containsExactly(longs(expected.values().stream()));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void contractionLeavesTheSmallestOfEachComponent(long seed) {
        var sample = CONTRACTION.graphs().apply(seed);
        var answer = CONTRACTION.answer(seed);
        long[] components = UnionFindOracle.components(sample.vertices(), sample.arcs(false));
        long[] smallest = Arrays.stream(components).sorted().distinct().toArray();
        assertThat(answer.ids()).as(sample.toString()).isEqualTo(smallest);
        assertThat(answer.columns().get("size")).as(sample.toString())
            .isEqualTo(Arrays.stream(smallest).map(id -> Arrays.stream(components).filter(other -> other == id).count()).toArray());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void walkersGoWhereTheDiceSendThem(long seed) {
        var sample = WALKS.graphs().apply(seed);
        var answer = WALKS.answer(seed);
        var found = new ArrayList<RandomWalksOracle.Seen>();
        for (int v = 0; v < answer.ids().length; v++) {
            found.add(new RandomWalksOracle.Seen(answer.columns().get("visits")[v], answer.columns().get("ends")[v],
                answer.columns().get("origins")[v]));
        }
        assertThat(found).as(sample.toString())
            .isEqualTo(RandomWalksOracle.walk(sample.vertices(), sample.arcs(false), seed, WALKERS, LENGTH));
        assertThat(Arrays.stream(answer.columns().get("ends")).sum()).as("walkers, %s", sample).isEqualTo(WALKERS * answer.ids().length);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void trianglesAreThoseOfAllPairsOfNeighbours(long seed) {
        var sample = TRIANGLES.graphs().apply(seed);
        var answer = TRIANGLES.answer(seed);
        var arcs = sample.arcs(false);
        long[] triangles = TrianglesOracle.triangles(sample.vertices(), arcs);
        assertThat(answer.columns().get("triangles")).as(sample.toString()).isEqualTo(triangles);
        var neighbours = TrianglesOracle.neighbours(sample.vertices(), arcs);
        for (int v = 0; v < triangles.length; v++) {
            double degree = neighbours.get(answer.ids()[v]).size();
            double clustering = Double.longBitsToDouble(answer.columns().get("clustering")[v]);
            assertThat(clustering).as("of %s, %s", answer.ids()[v], sample).isBetween(0.0, 1.0);
            assertThat(Math.round(clustering * degree * (degree - 1) / 2)).as("of %s, %s", answer.ids()[v], sample).isEqualTo(triangles[v]);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void strongComponentsAreTarjans(long seed) {
        var sample = COMPONENTS.graphs().apply(seed);
        assertThat(COMPONENTS.answer(seed).columns().get("component")).as(sample.toString())
            .isEqualTo(TarjanOracle.components(sample.vertices(), sample.arcs(false)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyShapeGivesTheSerialAnswer(Case programAndGraphs) {
        for (long seed = 0; seed < GRAPHS; seed++) {
            var random = new SplittableRandom(seed);
            var sample = programAndGraphs.graphs().apply(seed);
            var expected = programAndGraphs.answer(seed);
            for (var shape : Shape.some(random, SHAPES)) {
                DeterminismTest.compare(programAndGraphs.program(), sample.shuffled(random.nextInt(1000)), sample, seed, shape, expected);
            }
        }
    }

    /** Undirected, with integer weights, whose sums are exact. */
    private static Sample withSmallWeights(long seed) {
        var random = new SplittableRandom(seed);
        var any = RandomGraphs.any(seed);
        var lines = any.lines().stream().map(line -> new Arc(line.source(), line.target(), random.nextInt(10))).toList();
        return new Sample(any.name() + " with small weights", lines, any.weighted(), true, any.deduped(), any.withoutSelfLoops());
    }

    /** Edges from even to odd ids, some of them parallel. */
    private static Sample bipartite(long seed) {
        var random = new SplittableRandom(seed);
        int side = 1 + random.nextInt(100);
        int edges = 1 + random.nextInt(1 + side * random.nextInt(1, 6));
        var lines = new ArrayList<Arc>();
        for (int i = 0; i < edges; i++) {
            lines.add(new Arc(2L * random.nextInt(-side, side), 2L * random.nextInt(-side, 1 + random.nextInt(side)) + 1, 1));
        }
        return Sample.directed("bipartite, seed " + seed, lines);
    }

    private static long[] longs(Stream<Long> values) {
        return values.mapToLong(Long::longValue).toArray();
    }
}
