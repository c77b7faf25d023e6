package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.Superstep;
import org.superstep.Trace;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVectorMessages;
import org.superstep.graph.DoubleVectorPhase;
import org.superstep.graph.DoubleVectorVertex;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.Weights;
import org.superstep.net.Delivery;

/** What is told of vertices that are traced: the same whatever the shape, in order, and without changing a bit of the answer. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TraceTest {
    private static final Graph TRIANGLE = Graph.of(new long[] {1, 2, 3, 1}, new long[] {2, 3, 1, 3}, new double[] {1, 2, 3, 4});

    static Stream<Shape> shapes() {
        return FailureTest.shapes();
    }

    static Stream<Named<Supplier<Program>>> programs() {
        return DeterminismTest.programs();
    }

    /** The texts that a job told of these vertices, also where it failed. */
    private static List<String> told(Program program, Graph graph, Shape shape, Trace trace) {
        var texts = new ArrayList<String>();
        catchThrowable(() -> Superstep.run(program, graph, shape.options().withMaxSupersteps(100)
            .withTrace(trace.to(texts::add))));
        return texts;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aVertexTellsWhatItHearsDoesAndSays(Shape shape) {
        assertThat(told(new Busy(), TRIANGLE, shape, Trace.of(3, 1).inSupersteps(1, 2))).containsExactly("""
            superstep 1, vertex 1
                received    5.0, combined
                state       sum = 1.0
                becomes     sum = 5.0 (was 1.0)
                adds        total = 5.0, count = 2
                broadcasts  5.0 to 2 neighbours
                sends       1.0 to 2, 2.0 to 99
                emits       diary (1, "removed 3"), (1, "wrote to 99")
                asks for    edge 1 -> 7 of weight 0.5 to come, vertex 3 to go""", """
            superstep 1, vertex 3
                received    3.0, combined
                state       sum = 3.0
                adds        total = 3.0, count = 2
                broadcasts  3.0 to 1 neighbour
                asks for    edges 3 -> 8 to go""", """
            superstep 2, vertex 1
                received    5.0, combined
                state       sum = 5.0
                adds        total = 5.0
                halts       until a message comes""");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void messagesOfEveryTypeAreToldOneByOne(Shape shape) {
        assertThat(told(new EveryType(), TRIANGLE, shape, Trace.of(3))).containsExactly("""
            superstep 0, vertex 3, phase "longs"
                received    none
                state       heard = 0
                broadcasts  3 to 1 neighbour""", """
            superstep 1, vertex 3, phase "longs"
                received    1 from 1, 2 from 2
                state       heard = 0
                becomes     heard = 2 (was 0)""", """
            superstep 2, vertex 3, phase "texts"
                received    none
                state       heard = 2
                becomes     heard = 0 (was 2)
                broadcasts  "I am 3" to 1 neighbour
                sends       "you are 3" to 3""", """
            superstep 3, vertex 3, phase "texts"
                received    "I am 1" from 1, "I am 2" from 2, "you are 3" from 3
                state       heard = 0
                becomes     heard = 3 (was 0)""", """
            superstep 4, vertex 3, phase "vectors"
                received    none
                state       heard = 3
                becomes     heard = 0 (was 3)
                broadcasts  [3.0, 0.5] to 1 neighbour""", """
            superstep 5, vertex 3, phase "vectors"
                received    [1.0, 0.5] from 1, [2.0, 0.5] from 2
                state       heard = 0
                becomes     heard = 2 (was 0)""", """
            superstep 6, vertex 3, phase "long vectors"
                received    none
                state       heard = 2
                becomes     heard = 0 (was 2)
                broadcasts  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 4 more] to 1 neighbour""", """
            superstep 7, vertex 3, phase "long vectors"
                received    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 4 more] from 1,\
             [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 4 more] from 2
                state       heard = 0
                becomes     heard = 2 (was 0)
                halts       for good""");
    }

    /** However many workers tell, and whoever is first. */
    @ParameterizedTest
    @MethodSource("shapes")
    void tracesComeInTheOrderOfSuperstepsAndIds(Shape shape) {
        var path = RandomGraphs.path(60).asUndirected().graph();
        var expected = told(new BreadthFirstSearch(30), path, new Shape(1, 1, 1, Delivery.PULL), Trace.of(59, 3, 31, 3, 28));
        assertThat(expected).hasSizeGreaterThan(6);
        assertThat(told(new BreadthFirstSearch(30), path, shape, Trace.of(3, 28, 31, 59))).isEqualTo(expected);
        assertThat(expected.subList(0, 4)).allMatch(text -> text.startsWith("superstep 0, vertex "));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whoIsNoVertexIsToldOnceAndTracedWhenItComes(Shape shape) {
        var texts = told(new Busy(), TRIANGLE, shape, Trace.of(7, 1234).inSupersteps(0, 9));
        assertThat(texts).hasSize(3).startsWith("vertex 7 is to be traced, but is none of the graph so far",
            "vertex 1234 is to be traced, but is none of the graph so far");
        assertThat(texts.get(2)).startsWith("superstep 2, vertex 7\n");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatTheVertexDidBeforeItFailedIsTold(Shape shape) {
        var star = Graph.of(new long[] {2, 3}, new long[] {1, 1});
        assertThat(told(new FaultDetailsTest.DividesByZero(), star, shape, Trace.of(1))).last().asString().isEqualTo("""
            superstep 1, vertex 1
                received    5.0, combined
                state       sum = -0.0, place = [0.5, 0.0], note = "half way"
                throws      java.lang.ArithmeticException: / by zero
                becomes     sum = 5.0 (was -0.0)
                broadcasts  1.0 to 0 neighbours""");
        var options = shape.options();
        var plain = catchThrowable(() -> Superstep.run(new FaultDetailsTest.DividesByZero(), star, options));
        var traced = catchThrowable(() -> Superstep.run(new FaultDetailsTest.DividesByZero(), star,
            options.withTrace(Trace.of(1).to(text -> { }))));
        assertThat(traced).isInstanceOf(JobException.class).hasMessage(plain.getMessage());
        assertThat(((JobException) traced).details()).isEqualTo(((JobException) plain).details());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void noTraceChangesABitOfTheAnswer(Supplier<Program> programs) {
        long seed = programs.get().name().hashCode();
        var sample = DeterminismTest.fit(RandomGraphs.any(seed), programs.get());
        long[] some = LongStream.of(sample.vertices()).limit(20).toArray();
        var random = new SplittableRandom(seed);
        for (var shape : Shape.some(random, 4)) {
            var options = shape.options().withMaxSupersteps(1000);
            var plain = DeterminismTest.program(programs, sample);
            var expected = Answer.of(plain, Superstep.run(plain, sample.graph(), options));
            var traced = DeterminismTest.program(programs, sample);
            var texts = new ArrayList<String>();
            var answer = Answer.of(traced, Superstep.run(traced, sample.graph(), options.withTrace(Trace.of(some).to(texts::add))));
            assertThat(answer.bytes()).as("%s on %s, %s", plain.name(), sample, shape).isEqualTo(expected.bytes());
            assertThat(texts).isNotEmpty().noneMatch(text -> text.contains("cannot be shown"));
        }
    }

    @Test
    void aTraceOfNothingIsRefused() {
        assertThatThrownBy(() -> Trace.of()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at least one vertex");
        assertThatThrownBy(() -> Trace.of(1).inSupersteps(3, 2)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("was 3 to 2");
    }

    /** Does everything that a vertex can do. */
    public static final class Busy extends DoubleProgram {
        private final DoubleColumn sum = doubleColumn("sum", 0);
        private final DoubleAggregator total = sum("total");
        private final LongAggregator count = longSum("count");
        private final RecordOutput diary = recordOutput("diary", "who", "what");

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public Weights weights() {
            return Weights.OPTIONAL;
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public double along(double message, double weight) {
            return weight == 4 ? 1 : weight == 3 ? message + 2 : message;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(sum, v.superstep() == 0 ? v.id() : in.combined());
            v.add(total, v.get(sum));
            if (v.superstep() == 2) {
                v.halt();
                return;
            }
            v.broadcast(v.get(sum));
            v.add(count, 1);
            v.add(count, 1);
            if (v.superstep() == 1 && v.id() == 1) {
                v.send(2, 1);
                v.send(99, 2);
                v.addEdge(7, 0.5);
                v.removeVertex(3);
                v.emit(diary, v.id(), "removed 3");
                v.emit(diary, v.id(), "wrote to 99");
            } else if (v.superstep() == 1 && v.id() == 3) {
                v.removeEdges(8);
            }
        }
    }

    /** A phase for each type of messages that are heard one by one; each speaks and then counts what it hears. */
    public static final class EveryType extends PhasedProgram {
        private final LongColumn heard = longColumn("heard", 0);
        private final List<Phase> phases = List.of(phase("longs", new Longs()), phase("texts", new Texts()),
            phase("vectors", new Vectors()), phase("long vectors", new LongVectors()));

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 8) {
                m.halt();
            } else {
                m.startPhase(phases.get(m.superstep() / 2));
            }
        }

        private final class Longs implements LongPhase {
            @Override public LongCombiner combiner() {
                return LongCombiner.NONE;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                long count = 0;
                while (in.next()) {
                    count++;
                }
                v.set(heard, count);
                if (v.superstep() == 0) {
                    v.broadcast(v.id());
                }
            }
        }

        private final class Texts implements ObjectPhase<String> {
            @Override public Codec<String> codec() {
                return Codecs.STRING;
            }

            @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
                long count = 0;
                while (in.next()) {
                    count++;
                }
                v.set(heard, count);
                if (v.superstep() == 2) {
                    v.broadcast("I am " + v.id());
                    v.send(v.id(), "you are " + v.id());
                }
            }
        }

        private final class Vectors implements DoubleVectorPhase {
            @Override public int width() {
                return 2;
            }

            @Override public DoubleCombiner combiner() {
                return DoubleCombiner.NONE;
            }

            @Override public void compute(DoubleVectorVertex v, DoubleVectorMessages in) {
                long count = 0;
                while (in.next()) {
                    count++;
                }
                v.set(heard, count);
                if (v.superstep() == 4) {
                    v.broadcast(new double[] {v.id(), 0.5});
                }
            }
        }

        private final class LongVectors implements LongVectorPhase {
            @Override public int width() {
                return 16;
            }

            @Override public LongCombiner combiner() {
                return LongCombiner.NONE;
            }

            @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
                long count = 0;
                while (in.next()) {
                    count++;
                }
                v.set(heard, count);
                if (v.superstep() == 6) {
                    v.broadcast(LongStream.range(0, 16).toArray());
                } else {
                    v.haltForGood();
                }
            }
        }
    }
}
