package org.superstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleEdgeColumn;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.Edges;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongEdgeColumn;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.Shared;
import org.superstep.graph.io.InputException;
import org.superstep.testkit.Interpreter.Message;
import org.superstep.testkit.TestGraph.Edge;

/** Looking at a program superstep by superstep. */
class InterpreterTest {
    private static final TestGraph PATH = TestGraph.of("1 -> 2 -> 3, 9");

    /** Distances from vertex 1; the hook counts supersteps, one instance at a time. */
    public static final class Steps extends LongProgram {
        private final LongColumn steps = longColumn("steps", -1);
        private final LongAggregator reached = count("reached").persistent();
        private final LongGlobal asked = longGlobal("asked", 0);
        /** What no program should have: it is gone with the instance. */
        private int called;

        @Override public LongCombiner combiner() {
            return LongCombiner.MIN;
        }

        @Override public long along(long message, double weight) {
            return message + 1;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            called++;
            long best = v.superstep() == 0 && v.id() == 1 ? 0 : in.combined();
            if (v.get(steps) < 0 && best < Long.MAX_VALUE) {
                v.set(steps, best);
                v.add(reached, 1);
                v.broadcast(best);
                v.send(99, called);
            }
            if (v.id() == 9) {
                v.haltForGood();
            }
            v.halt();
        }

        @Override public void beforeSuperstep(Master m) {
            m.set(asked, m.get(asked) + 1);
        }
    }

    @Test
    void everySuperstepShowsVerticesMessagesAggregatorsAndGlobals() {
        var run = Interpreter.of(Steps::new, PATH);
        assertThat(run.superstep()).isEqualTo(-1);
        assertThat(run.vertex(1).get("steps")).isEqualTo(-1L);
        assertThat(run.vertex(1).isAwake()).isTrue();

        assertThat(run.step()).isTrue();
        assertThat(run.superstep()).isZero();
        assertThat(run.phase()).isEqualTo("main");
        assertThat(run.column("steps")).isEqualTo(Map.of(1L, 0L, 2L, -1L, 3L, -1L, 9L, -1L));
        assertThat(run.messagesTo(2)).containsExactly(new Message(1, 2, false, 1L));
        assertThat(run.said()).containsExactly(new Message(1, 2, false, 1L), new Message(1, 99, true, 1L));
        assertThat(run.said().get(1)).hasToString("1 -> 99: 1");
        assertThat(run.aggregator("reached")).isEqualTo(1L);
        assertThat(run.global("asked")).isEqualTo(1L);
        assertThat(run.vertex(9).hasHaltedForGood()).isTrue();
        assertThat(run.vertex(2).isAwake()).isFalse();
        assertThat(run.vertex(2).outEdges()).containsExactly(new Edge(2, 3, 1));
        assertThat(run.vertex(2).inEdges()).containsExactly(new Edge(1, 2, 1));

        assertThat(run.step()).isTrue();
        assertThat(run.messagesTo(2)).isEmpty();
        assertThat(run.messagesTo(3)).containsExactly(new Message(2, 3, false, 2L));
        assertThat(run.step()).isTrue();
        assertThat(run.aggregator("reached")).isEqualTo(3L);
        assertThat(run.step()).as("a message to nobody is still in flight").isTrue();
        assertThat(run.isOver()).isFalse();
        assertThat(run.step()).isFalse();
        assertThat(run.isOver()).isTrue();
        assertThat(run.step()).isFalse();
        assertThat(run.global("asked")).isEqualTo(5L);
        assertThat(run.answer().dropped()).isEqualTo(3);
        run.assertColumn("steps", Map.of(1L, 0, 2L, 1, 3L, 2, 9L, -1));
    }

    @Test
    void everySuperstepHasAnInstanceOfItsOwn() {
        var instances = new AtomicInteger();
        var run = Interpreter.of(() -> {
            instances.incrementAndGet();
            return new Steps();
        }, PATH);
        run.run(10);
        assertThat(run.superstep()).isEqualTo(3);
        assertThat(instances).as("one to begin with, one for each superstep, one that finds the end").hasValue(6);
        // The third instance has counted its own calls only.
        var again = Interpreter.of(Steps::new, PATH);
        again.step();
        again.step();
        assertThat(again.said()).contains(new Message(2, 99, true, 1L));
    }

    @Test
    void aVertexIsPutIntoAState() {
        var run = Interpreter.of(Steps::new, PATH);
        run.set(2, "steps", 7);
        run.run(10).assertColumn("steps", Map.of(1L, 0, 2L, 7, 3L, -1, 9L, -1));
    }

    @Test
    void whatIsNotThereIsToldByName() {
        var run = Interpreter.of(Steps::new, PATH);
        assertThatIllegalArgumentException().isThrownBy(() -> run.vertex(4)).withMessage("there is no vertex 4");
        assertThatIllegalArgumentException().isThrownBy(() -> run.vertex(1).get("rank"))
            .withMessage("the program has no column \"rank\"; it has [steps]");
        assertThatIllegalArgumentException().isThrownBy(() -> run.column("rank"))
            .withMessage("the program has no column \"rank\"; it has [steps]");
        assertThatIllegalArgumentException().isThrownBy(() -> run.aggregator("total"))
            .withMessage("the program has no aggregator \"total\"; it has [reached]");
        assertThatIllegalArgumentException().isThrownBy(() -> run.global("total"))
            .withMessage("the program has no global \"total\"; it has [asked]");
    }

    @Test
    void aRunThatDoesNotEndIsBrokenOff() {
        assertThatIllegalStateException().isThrownBy(() -> Interpreter.of(Steps::new, PATH).run(3))
            .withMessage("still running after 3 supersteps");
        assertThat(Interpreter.of(Steps::new, PATH).run(4).superstep()).isEqualTo(3);
    }

    @Test
    void differencesAreListedVertexByVertex() {
        var run = Interpreter.of(Steps::new, PATH).run(10);
        assertThatThrownBy(() -> run.assertColumn("steps", Map.of(1L, 0, 2L, 2, 4L, 1, 9L, -1))).isInstanceOf(AssertionError.class)
            .hasMessage("""
                column "steps" is not as expected at 3 of 5 vertices:
                  vertex 2: expected 2, was 1
                  vertex 3: not expected, was 2
                  vertex 4: expected 1, but there is no such vertex""");
    }

    /** One value of each kind that a column can hold beside plain numbers, and a path of strings as messages. */
    public static final class Words extends ObjectProgram<String> {
        private final ObjectColumn<String> heard = objectColumn("heard", Codecs.STRING, "");
        private final DoubleVectorColumn place = doubleVectorColumn("place", 2, 0.5);

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            while (in.next()) {
                v.set(heard, v.get(heard) + in.value());
                v.set(place, 1, in.senderId());
            }
            if (v.superstep() < 2) {
                v.broadcast(v.get(heard) + v.id());
            }
            v.halt();
        }
    }

    @Test
    void objectsAndVectorsAreShownAsTheyAre() {
        var run = Interpreter.of(Words::new, PATH);
        run.step();
        run.step();
        assertThat(run.messagesTo(3)).containsExactly(new Message(2, 3, false, "12"));
        run.run(10).assertColumn("heard", Map.of(1L, "", 2L, "1", 3L, "212", 9L, ""));
        run.assertColumn("place", Map.of(1L, new double[] {0.5, 0.5}, 2L, new double[] {0.5, 1}, 3L, new double[] {0.5, 2}, 9L,
            new double[] {0.5, 0.5}));
        assertThatThrownBy(() -> run.assertColumn("place", Map.of())).hasMessageContaining("vertex 2: not expected, was [0.5, 1.0]");
    }

    /** Fills edges, and emits what they hold; its dictionary tells whether it is open. */
    public static final class Filling extends LongProgram {
        private final LongColumn out = longColumn("out", 0);
        private final Edges edges = outEdges();
        private final LongEdgeColumn load = longEdgeColumn("load", 0);
        private final DoubleEdgeColumn capacity = doubleEdgeColumn("capacity", 1).required();
        private final RecordOutput full = recordOutput("full", "from", "to", "superstep");
        private final Shared<Dictionary> dictionary;
        private final int failing;

        Filling(List<Dictionary> made, int failing) {
            this.failing = failing;
            dictionary = shared("dictionary", () -> {
                made.add(new Dictionary());
                return made.get(made.size() - 1);
            });
        }

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void beforeSuperstep(Master m) {
            assertThat(m.shared(dictionary).closed).isZero();
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            assertThat(v.shared(dictionary).closed).isZero();
            if (v.superstep() == failing) {
                throw new IllegalStateException("full up");
            }
            for (var e = v.edges(edges); e.next();) {
                e.set(load, e.get(load) + 1);
                if (e.get(load) >= e.get(capacity)) {
                    v.emit(full, v.id(), e.target(), v.superstep());
                    e.remove();
                }
            }
            v.set(out, v.outDegree());
            if (v.outDegree() == 0) {
                v.halt();
            }
        }
    }

    /** Counts how often it is closed. */
    static final class Dictionary implements AutoCloseable {
        private int closed;

        @Override public void close() {
            closed++;
        }
    }

    private static final TestGraph PIPES = TestGraph.of(List.of(new Edge(1, 2, 1, Map.of("capacity", 2)),
        new Edge(1, 2, 1, Map.of("capacity", 1.5, "load", -1)), new Edge(2, 1, 1, Map.of("capacity", 0.5))));

    @Test
    void recordsAndWhatEdgesHoldAreShownSuperstepBySuperstep() {
        var run = Interpreter.of(() -> new Filling(new ArrayList<>(), -1), PIPES);
        assertThat(run.records("full")).isEmpty();
        // The load is declared first, so it orders them.
        assertThat(run.vertex(1).outEdges()).hasToString("[1 -> 2 {capacity=1.5, load=-1}, 1 -> 2 {capacity=2.0, load=0}]");
        run.step();
        assertThat(run.records("full")).containsExactly(List.of(2L, 1L, 0L));
        assertThat(run.vertex(1).outEdges()).hasToString("[1 -> 2 {capacity=1.5, load=0}, 1 -> 2 {capacity=2.0, load=1}]");
        assertThat(run.vertex(2).inEdges()).isEqualTo(run.vertex(1).outEdges());
        run.step();
        assertThat(run.vertex(1).outEdges()).as("of parallel edges the first goes")
            .containsExactly(new Edge(1, 2, 1, Map.of("capacity", 2.0, "load", 2)));
        run.run(10);
        assertThat(run.records("full")).containsExactly(List.of(2L, 1L, 0L), List.of(1L, 2L, 1L), List.of(1L, 2L, 2L));
        assertThatIllegalArgumentException().isThrownBy(() -> run.records("empty"))
            .withMessage("the program has no record output \"empty\"; it has [full]");
    }

    @Test
    void sharedObjectsAreMadeOnceForVerticesAndHookAndClosedInTheEnd() {
        for (int failing : new int[] {-1, 1}) {
            var made = new ArrayList<Dictionary>();
            var run = Interpreter.of(() -> new Filling(made, failing), PIPES);
            run.step();
            assertThat(made).hasSize(2).allSatisfy(dictionary -> assertThat(dictionary.closed).isZero());
            if (failing > 0) {
                assertThatIllegalStateException().isThrownBy(run::step).withMessage("full up");
            } else {
                run.run(10);
            }
            assertThat(run.isOver()).isTrue();
            assertThat(run.step()).isFalse();
            assertThat(made).hasSize(2).allSatisfy(dictionary -> assertThat(dictionary.closed).isEqualTo(1));
        }
    }

    @Test
    void anEdgeWithoutAColumnThatIsRequiredOrWithAnotherTypeIsRefused() {
        Supplier<Filling> programs = () -> new Filling(new ArrayList<>(), -1);
        assertThatThrownBy(() -> Interpreter.of(programs, PATH)).isInstanceOf(InputException.class)
            .hasMessage("the program needs the edge column \"capacity\" and the edge 1 -> 2 has nothing in it");
        var wrong = TestGraph.of(List.of(new Edge(1, 2, 1, Map.of("capacity", 1, "load", 0.5))));
        assertThatThrownBy(() -> Interpreter.of(programs, wrong)).isInstanceOf(InputException.class).hasMessage(
            "the program's edge column \"load\" is of type long, and the edge 1 -> 2 {capacity=1, load=0.5} has 0.5 in it");
    }

    @Test
    void recordsAndWhatEdgesHoldTellAnswersApart() {
        var run = Interpreter.of(() -> new Filling(new ArrayList<>(), -1), PIPES);
        var fuller = Interpreter.of(() -> new Filling(new ArrayList<>(), -1), TestGraph.of(List.of(PIPES.edges().get(0),
            new Edge(1, 2, 1, Map.of("capacity", 1.5)), PIPES.edges().get(2))));
        assertThat(run.answer().difference(run.answer(), "here", "there")).isEmpty();
        assertThat(run.answer().difference(fuller.answer(), "here", "there").orElseThrow().what()).isEqualTo(
            "there is the edge 1 -> 2 {capacity=1.5, load=-1} here, 1 -> 2 {capacity=1.5, load=0} there");
        run.step();
        run.step();
        var other = run.answer();
        var emitted = new Answer(other.ids(), other.columns(), other.arrays(), other.figures(), other.dropped(),
            Map.of("full", List.of(List.of(2L, 1L, 0L), List.of(1L, 9L, 1L))), Optional.empty());
        assertThat(other.difference(emitted, "here", "there").orElseThrow().what())
            .isEqualTo("record 1 of full is [1, 2, 1] here, [1, 9, 1] there");
    }

    @Test
    void aPhaseKnowsHowLongItHasRunWhateverInstanceComputes() {
        var run = Interpreter.of(Relay::new, PATH).run(10);
        run.assertColumn("runs", Map.of(1L, 210012, 2L, 210012, 3L, 210012, 9L, 210012));
    }

    /** Two phases of three supersteps, each noting how long it has run. */
    public static final class Relay extends PhasedProgram {
        private final LongColumn runs = longColumn("runs", 0);
        private final Phase first = phase("first", new Leg());
        private final Phase second = phase("second", new Leg());

        @Override public void beforeSuperstep(Master m) {
            if (m.phaseSuperstep() == 3 && m.phase() == second) {
                m.halt();
            } else if (m.phaseSuperstep() == 3) {
                m.startPhase(second);
            }
        }

        private final class Leg implements LongPhase {
            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(runs, 10 * v.get(runs) + (v.superstep() < 3 ? 2 - v.phaseSuperstep() : v.phaseSuperstep()));
            }
        }
    }

    /** A random number for each. */
    public static final class Drawn extends DoubleProgram {
        private final DoubleColumn drawn = doubleColumn("drawn", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(drawn, v.random().nextDouble());
            v.halt();
        }
    }

    @Test
    void randomNumbersDependOnTheSeed() {
        var one = Interpreter.of(Drawn::new, PATH).run(2).column("drawn");
        assertThat(Interpreter.of(Drawn::new, PATH, 1).run(2).column("drawn")).isEqualTo(one);
        assertThat(Interpreter.of(Drawn::new, PATH, 2).run(2).column("drawn")).isNotEqualTo(one);
    }
}
