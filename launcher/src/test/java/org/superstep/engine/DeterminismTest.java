package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.Program;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.Weights;
import org.superstep.net.Delivery;

/**
 * One answer, whatever the shape: threads, partitions, workers, delivery and the order of the input, compared as bytes with what
 * {@link SerialPregel} makes of the same program and graph. A failure names the seed of the graph, the shape, and what differs first.
 */
class DeterminismTest {
    private static final int GRAPHS = 14;
    private static final int SHAPES = 5;
    /** A job that hangs fails, with its seed and shape; even the slowest takes far less. */
    private static final Duration JOB_LIMIT = Duration.ofSeconds(20);

    static Stream<Named<Supplier<Program>>> programs() {
        List<Supplier<Program>> programs = new ArrayList<>(TestPrograms.all());
        programs.addAll(ColumnPrograms.all());
        programs.addAll(AggregatorPrograms.all());
        programs.addAll(MessagePrograms.all());
        programs.addAll(ChangePrograms.all());
        programs.addAll(RecordPrograms.all());
        programs.addAll(EdgeColumnPrograms.all());
        programs.addAll(List.of(() -> new PageRank(0.85, 5), ShortestPaths::new, BreadthFirstSearch::new, ConnectedComponents::new));
        return programs.stream().map(program -> Named.of(program.get().name(), program));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void anyShapeGivesTheSerialAnswer(Supplier<Program> programs) {
        String name = programs.get().name();
        for (int i = 0; i < GRAPHS; i++) {
            long seed = name.hashCode() * 1000L + i;
            var random = new SplittableRandom(seed);
            var sample = fit(RandomGraphs.any(seed), programs.get());
            var expected = SerialPregel.run(program(programs, sample), sample, seed, 1000);
            for (var shape : Shape.some(random, SHAPES)) {
                compare(programs, sample.shuffled(random.nextInt(1000)), sample, seed, shape, expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void manyBatchesAndThreadsToo(Supplier<Program> programs) {
        String name = programs.get().name();
        var rmat = fit(RandomGraphs.rmat(9, 10, name.hashCode()), programs.get());
        var sample = name.hashCode() % 2 == 0 ? rmat.asUndirected() : rmat;
        var expected = SerialPregel.run(program(programs, sample), sample, 1, 1000);
        for (var shape : List.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(2, 0, 1, Delivery.AUTO), new Shape(2, 64, 1, Delivery.PUSH),
            new Shape(3, 7, 3, Delivery.PULL), new Shape(2, 64, 2, Delivery.PUSH), new Shape(8, 1000, 5, Delivery.AUTO))) {
            compare(programs, sample.shuffled(3), sample, 1, shape, expected);
        }
    }

    @Test
    void everyShapeThereIs() {
        var sample = RandomGraphs.rmat(6, 5, 77);
        List<Supplier<Program>> programs = List.of(TestPrograms.BroadcastAndLetters::new, TestPrograms.ThreeDoublePhases::new,
            MessagePrograms.ByPostAndBroadcast::new, MessagePrograms.OwnCodec::new, ChangePrograms.VerticesComeAndGoOverBoth::new,
            RecordPrograms.RecordsWhileChanging::new);
        for (var program : programs) {
            var expected = SerialPregel.run(program.get(), sample, 9, 1000);
            for (var shape : Shape.all()) {
                compare(program, sample, sample, 9, shape, expected);
            }
        }
    }

    @Test
    void aGraphOfManyBlocksWithIdsNearAndFar() {
        var near = RandomGraphs.rmat(12, 16, 13);
        List<Supplier<Program>> programs = List.of(TestPrograms.HashOverBoth::new, TestPrograms.BroadcastAndLetters::new);
        for (var sample : List.of(near, RandomGraphs.scattered(near), near.asUndirected().asDeduped())) {
            for (var program : programs) {
                var expected = SerialPregel.run(program.get(), sample, 9, 1000);
                for (var shape : List.of(new Shape(2, 0, 1, Delivery.PULL), new Shape(2, 40, 1, Delivery.PUSH),
                    new Shape(4, 40, 2, Delivery.AUTO))) {
                    compare(program, sample, sample, 9, shape, expected);
                }
            }
        }
    }

    /** What a sample shows of the ids decides how edges are kept while they are read; what it does not show must not matter. */
    @Test
    void idsThatASampleDoesNotSee() {
        for (long far : new long[] {1L << 32, -(1L << 33), Long.MAX_VALUE - 100_000, Long.MIN_VALUE, 1L << 40}) {
            var lines = new ArrayList<Arc>();
            for (int i = 0; i < 36_000; i++) {
                lines.add(i % 2 == 0 ? new Arc(i, i + 2, 1) : new Arc(far + i, i % 3 == 0 ? i : far + i + 2, i % 1001 == 0 ? 0.1 : 1));
            }
            var sample = Sample.directed("every other edge far away, at " + far, lines);
            var expected = SerialPregel.run(new TestPrograms.HashOverOut(), sample, 1, 1000);
            for (var shape : List.of(new Shape(2, 7, 1, Delivery.PULL), new Shape(2, 16, 2, Delivery.PUSH))) {
                compare(TestPrograms.HashOverOut::new, sample, sample, 1, shape, expected);
            }
        }
    }

    @Test
    void sizesAroundTheBitsOfAWord() {
        for (int vertices : new int[] {1, 2, 63, 64, 65, 127, 128, 129, 192, 193}) {
            var sample = vertices == 1 ? Sample.of(new long[][] {{5, 5}}) : RandomGraphs.path(vertices - 1);
            for (Supplier<Program> program : List.<Supplier<Program>>of(TestPrograms.SparseChatter::new, TestPrograms.ExactLetters::new,
                TestPrograms.LeavingForGood::new, MessagePrograms.OneByOneOfFew::new,
                ChangePrograms.VerticesComeAndGo::new, ChangePrograms.MissingAreCreated::new)) {
                var expected = SerialPregel.run(program.get(), sample, 4, 1000);
                for (var delivery : Delivery.values()) {
                    compare(program, sample, sample, 4, new Shape(2, 1, 1, delivery), expected);
                    compare(program, sample, sample, 4, new Shape(2, 3, 2, delivery), expected);
                }
            }
        }
    }

    @Test
    void anotherSeedGivesOtherRandomNumbersAndTheSameSeedTheSame() {
        var sample = RandomGraphs.rmat(6, 4, 8);
        var one = run(TestPrograms.Dice::new, sample, 1, new Shape(2, 7, 1, Delivery.AUTO));
        var again = run(TestPrograms.Dice::new, sample, 1, new Shape(1, 3, 2, Delivery.PUSH));
        var other = run(TestPrograms.Dice::new, sample, 2, new Shape(2, 7, 1, Delivery.AUTO));
        assertThat(again.bytes()).isEqualTo(one.bytes());
        assertThat(other.bytes()).isNotEqualTo(one.bytes());
    }

    /**
     * Runs a program on a sample, as its lines stand in {@code input}, in one shape, and compares its answer with the expected one; a
     * program that wants a source starts at the vertex with the smallest id.
     */
    static void compare(Supplier<Program> programs, Sample input, Sample sample, long seed, Shape shape, Answer expected) {
        Supplier<String> what = () -> programs.get().name() + " on " + input + ", job seed " + seed + ", " + shape;
        var answer = assertTimeoutPreemptively(JOB_LIMIT, () -> {
            try {
                return run(programs, input, seed, shape);
            } catch (RuntimeException e) {
                throw new AssertionError(what.get() + ": " + e, e);
            }
        }, what);
        expected.difference(answer).ifPresent(difference -> fail(what.get() + ": " + difference));
        assertThat(answer.bytes()).isEqualTo(expected.bytes());
    }

    private static Answer run(Supplier<Program> programs, Sample sample, long seed, Shape shape) {
        var program = program(programs, sample);
        return Answer.of(program, Superstep.run(program, sample.graph(), shape.options().withSeed(seed)));
    }

    /** A new instance; one that wants a source starts at the vertex with the smallest id, whatever the order of the lines. */
    static Program program(Supplier<Program> programs, Sample sample) {
        var program = programs.get();
        for (var parameter : program.declarations().parameters()) {
            if (parameter instanceof VertexParameter vertex) {
                vertex.set(sample.vertices()[0]);
            }
        }
        return program;
    }

    /** The sample with weights that the program takes, and with edge columns for one that has any. */
    static Sample fit(Sample sample, Program program) {
        var fit = program.weights().minimum() >= 0 ? sample.withoutNegativeWeights() : sample;
        fit = program.declarations().edgeColumns().isEmpty() ? fit : fit.withEdgeColumns(sample.lines().size());
        return program.weights().need() == Weights.Need.REQUIRED
            ? new Sample(fit.name(), fit.lines(), true, fit.undirected(), fit.deduped(), fit.withoutSelfLoops()) : fit;
    }
}
