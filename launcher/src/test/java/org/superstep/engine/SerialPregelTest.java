package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.JobException;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.Edges;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.graph.VertexConflict;

/** The serial interpreter against examples worked out by hand; and that the adversarial programs run as they are meant to. */
class SerialPregelTest {
    static Stream<Named<Supplier<Program>>> programs() {
        List<Supplier<Program>> programs = new ArrayList<>(MessagePrograms.all());
        programs.addAll(ChangePrograms.all());
        return programs.stream().map(program -> Named.of(program.get().name(), program));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyAdversarialProgramEndsAndGivesTheSameAnswerAgain(Supplier<Program> programs) {
        for (long seed = 0; seed < 10; seed++) {
            var sample = RandomGraphs.any(seed);
            var answer = SerialPregel.run(programs.get(), sample, seed, 50);
            var again = SerialPregel.run(programs.get(), sample.shuffled(seed), seed, 50);
            assertThat(answer.difference(again)).as(sample.toString()).isEmpty();
        }
    }

    @Test
    void messagesAreInOrderOfSendersFirstTheBroadcastThenSends() {
        var scripted = new Scripted((program, v) -> {
            if (v.superstep() == 0 && v.id() != 2) {
                v.send(2, 10 * v.id());
                v.broadcast(v.id());
                v.send(2, 10 * v.id() + 1);
            }
            v.halt();
        }) {
            @Override public long along(long message, double weight) {
                return 100 * (long) weight + message;
            }
        };
        SerialPregel.run(scripted, Sample.directed("parallel edges", List.of(new Arc(3, 2, 5), new Arc(1, 2, 9), new Arc(1, 2, 4))), 1, 9);
        assertThat(scripted.seen).containsExactly("0: 1 -> 2, 2 by 9.0", "0: 2", "0: 3 -> 2 by 5.0",
            "1: 2 hears 401 from 1, 901 from 1, 10 from 1, 11 from 1, 503 from 3, 30 from 3, 31 from 3");
    }

    @Test
    void anEdgeThatDanglesCountsAndIsThereWhenTheVertexComesBack() {
        var scripted = new Scripted((program, v) -> {
            if (v.superstep() == 0 && v.id() == 1) {
                v.removeVertex(2);
            } else if (v.superstep() == 2 && v.id() == 1) {
                v.addVertex(2);
            }
            if (v.id() == 1 && v.superstep() < 4) {
                v.broadcast(v.superstep());
            } else {
                v.halt();
            }
        });
        var answer = SerialPregel.run(scripted, Sample.of(new long[][] {{1, 2}, {2, 1}, {2, 2}}), 1, 9);
        assertThat(scripted.seen).containsExactly("0: 1 -> 2", "0: 2 -> 1, 2", "1: 1 -> 2", "2: 1 -> 2", "3: 1 -> 2", "3: 2 hears 2 from 1",
            "4: 1 -> 2", "4: 2 hears 3 from 1");
        assertThat(scripted.sizes).containsExactly("2/3", "1/1", "1/1", "2/1", "2/1", "2/1");
        // What was said in superstep 0 is lost with the inbox; in 1 it was said to nobody; in 2 the addressee came in time.
        assertThat(answer.dropped()).isEqualTo(1);
        assertThat(answer.columns().get("age")).containsExactly(5, 2);
    }

    @Test
    void changesAreAppliedByKindWhoeverAsksFirst() {
        var scripted = new Scripted((program, v) -> {
            if (v.superstep() == 0 && v.id() == 1) {
                v.addEdge(1, 3, 7);
                v.removeVertex(3);
                v.removeVertex(2);
                v.edges(program.out).at(0).setWeight(8);
            } else if (v.superstep() == 0 && v.id() == 3) {
                v.send(3, 5);
                v.removeEdges(1, 3);
                v.addEdge(2, 3, 6);
                v.addVertex(4);
                v.addEdge(9, 4, 1);
            } else if (v.superstep() == 1) {
                v.halt();
            }
        });
        var lines = List.of(new Arc(1, 2, 1), new Arc(1, 3, 2), new Arc(2, 1, 3), new Arc(3, 1, 4));
        var answer = SerialPregel.run(scripted, Sample.directed("changes", lines), 1, 9);
        // 2 and 3 went and came, for the sake of edges: anew, without those that they had, deaf to what was said.
        assertThat(scripted.seen).containsExactly("0: 1 -> 2, 3", "0: 2 -> 1", "0: 3 -> 1",
            "1: 1 -> 2 by 8.0, 3 by 7.0", "1: 2 -> 3 by 6.0", "1: 3", "1: 4", "1: 9 -> 4");
        assertThat(answer.columns().get("age")).containsExactly(2, 1, 1, 1, 1);
        assertThat(answer.dropped()).isZero();
    }

    @Test
    void whatIsMissingIsCreatedForTheMessageUnlessTheProgramRefuses() {
        var scripted = new Scripted((program, v) -> {
            if (v.superstep() == 0) {
                v.send(v.id() + 10, v.id());
            }
            v.halt();
        }) {
            @Override public boolean createMissing() {
                return true;
            }

            @Override public boolean resolve(VertexConflict conflict) {
                seen.add("resolve " + conflict.vertexId() + ", " + conflict.messages());
                return conflict.existsByDefault() && conflict.vertexId() != 12;
            }
        };
        var answer = SerialPregel.run(scripted, Sample.of(new long[][] {{1, 2}, {3, 1}}), 1, 9);
        assertThat(scripted.seen).containsExactly("0: 1 -> 2", "0: 2", "0: 3 -> 1", "resolve 11, 1", "resolve 12, 1", "resolve 13, 1",
            "1: 11 hears 1 from 1", "1: 13 hears 3 from 3");
        assertThat(answer.dropped()).isEqualTo(1);
        assertThat(answer.ids()).containsExactly(1, 2, 3, 11, 13);
    }

    @Test
    void oneWhoHasHaltedForGoodHearsAgainWhenItComesAnew() {
        var scripted = new Scripted((program, v) -> {
            if (v.id() == 2 && v.get(program.age) == 1) {
                v.haltForGood();
            } else if (v.superstep() == 1 && v.id() == 1) {
                v.removeVertex(2);
                v.addVertex(2);
                v.send(2, 1);
            } else if (v.superstep() == 2 && v.id() == 1) {
                v.send(2, 2);
            } else if (v.superstep() > 2) {
                v.halt();
            }
        });
        // It halts for good again at once, so the second message is dropped as the first one was.
        var answer = SerialPregel.run(scripted, Sample.of(new long[][] {{1, 2}}), 1, 9);
        assertThat(scripted.seen).containsExactly("0: 1 -> 2", "0: 2", "1: 1 -> 2", "2: 1 -> 2", "2: 2", "3: 1 -> 2");
        assertThat(answer.dropped()).isEqualTo(2);
    }

    @Test
    void messagesOfAnotherTypeInFlightAreAnError() {
        assertThatThrownBy(() -> SerialPregel.run(new LongThenDouble(), Sample.of(new long[][] {{1, 2}}), 1, 9))
            .isInstanceOf(JobException.class).hasMessageContaining("another type");
    }

    /** Notes what each vertex sees and hears in each superstep, then does what the test says. */
    private static class Scripted extends LongProgram {
        final List<String> seen = new ArrayList<>();
        final List<String> sizes = new ArrayList<>();
        private final BiConsumer<Scripted, LongVertex> script;
        private final LongColumn age = longColumn("age", 0);
        private final Edges out = outEdges();

        Scripted(BiConsumer<Scripted, LongVertex> script) {
            this.script = script;
        }

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(age, v.get(age) + 1);
            var edges = new ArrayList<String>();
            for (var e = v.edges(out); e.next();) {
                edges.add(e.target() + (e.weight() > 4 ? " by " + e.weight() : ""));
            }
            var heard = new ArrayList<String>();
            while (in.next()) {
                heard.add(in.value() + " from " + in.senderId());
            }
            seen.add(v.superstep() + ": " + v.id() + (edges.isEmpty() || !heard.isEmpty() ? "" : " -> " + String.join(", ", edges))
                + (heard.isEmpty() ? "" : " hears " + String.join(", ", heard)));
            script.accept(this, v);
        }

        @Override public void beforeSuperstep(Master m) {
            sizes.add(m.vertexCount() + "/" + m.edgeCount());
        }
    }

    /** A phase of longs, then one of doubles, with no silence in between. */
    private static final class LongThenDouble extends PhasedProgram implements LongPhase {
        private final Phase longs = phase("longs", this);
        private final Phase doubles = phase("doubles", new Doubles());

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.broadcast(1);
        }

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 1) {
                m.startPhase(doubles);
            }
        }
    }

    private static final class Doubles implements DoublePhase {
        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.halt();
        }
    }
}
