package org.superstep.engine;

import static org.superstep.engine.TestPrograms.scramble;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.Edges;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;

/** Programs like {@link TestPrograms} that emit records. */
public final class RecordPrograms {
    private RecordPrograms() {
    }

    /** One of each. */
    static List<Supplier<Program>> all() {
        return List.of(Walks::new, EveryKindOfValue::new, RecordsWhileChanging::new, LastWords::new, PhasesThatEmit::new, NobodyEmits::new);
    }

    /** Walks along edges chosen by chance, a record a step: messages are sent, some vertices emit often and most not at all. */
    public static final class Walks extends LongProgram {
        private final LongColumn visits = longColumn("visits", 0);
        private final Edges out = outEdges();
        private final RecordOutput walks = recordOutput("walks", "walker", "step", "place");

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (v.superstep() == 0 && v.id() % 3 == 0) {
                walk(v, v.id());
            }
            while (in.next()) {
                walk(v, in.value());
            }
            v.halt();
        }

        private void walk(LongVertex v, long walker) {
            v.emit(walks, walker, v.superstep(), v.id());
            v.set(visits, v.get(visits) + 1);
            var e = v.edges(out);
            if (v.superstep() < 8 && e.size() > 0) {
                v.send(e.at(v.random().nextInt(e.size())).target(), walker);
            }
        }
    }

    /** Several outputs, values of every kind, several records a call, of all vertices in one superstep and of few in another. */
    public static final class EveryKindOfValue extends DoubleProgram {
        private final DoubleColumn value = doubleColumn("value", 0.5);
        private final RecordOutput rare = recordOutput("rare", "only");
        private final RecordOutput mixed = recordOutput("mixed", "id", "number", "small", "truth", "text", "longs", "doubles");
        private final RecordOutput never = recordOutput("never", "a", "b");

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(value, v.get(value) / 3 + in.combined() + v.id() * 0.1);
            long bits = Double.doubleToLongBits(v.get(value));
            var longs = new long[(int) (bits & 3)];
            var doubles = new double[(int) (bits >>> 2 & 3)];
            for (int i = 0; i < (bits >>> 4 & 3); i++) {
                Arrays.setAll(longs, at -> scramble(bits, at));
                Arrays.setAll(doubles, at -> v.get(value) * at);
                v.emit(mixed, v.id(), v.get(value), (float) v.get(value), (bits & 1) == 0, "text\t" + bits % 100, longs, doubles);
            }
            if (v.random().nextInt(40) == 0) {
                v.emit(rare, v.superstep() % 2 == 0 ? "even" : v.id());
            }
            if (v.superstep() == 5) {
                v.halt();
            } else {
                v.broadcast(v.get(value));
            }
        }
    }

    /** Vertices come, go and come again; what they have emitted stays, and those that come emit among the others. */
    public static final class RecordsWhileChanging extends ChangePrograms.VerticesComeAndGo {
        private final RecordOutput seen = recordOutput("seen", "id", "superstep", "hash");

        @Override void change(LongVertex v) {
            super.change(v);
            if (v.get(hash) % 3 != 0) {
                v.emit(seen, v.id(), v.superstep(), v.get(hash));
            }
        }
    }

    /** Whoever emits is gone in the next superstep, in the end all of them. */
    public static final class LastWords extends LongProgram {
        private final LongColumn level = longColumn("level", 0);
        private final RecordOutput words = recordOutput("last-words", "id", "level");

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(level, v.get(level) + in.combined() + 1);
            if (scramble(v.id(), v.superstep()) % 3 == 0 || v.superstep() == 6) {
                v.emit(words, v.id(), v.get(level));
                v.emit(words, v.id(), -v.get(level));
                v.removeVertex(v.id());
            }
            v.broadcast(1);
        }
    }

    /** Phases of different messages emit to one output; the hook begins them anew. */
    public static final class PhasesThatEmit extends PhasedProgram {
        private final LongColumn heard = longColumn("heard", 0);
        private final RecordOutput levels = recordOutput("levels", "phase", "id", "heard");
        private final Phase vectors = phase("vectors", new Pairs());
        private final Phase longs = phase("longs", new Numbers());

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 9) {
                m.halt();
            } else if (m.superstep() % 3 == 0) {
                m.startPhase(m.superstep() % 2 == 0 ? vectors : longs);
            }
        }

        private final class Pairs implements LongVectorPhase {
            @Override public int width() {
                return 2;
            }

            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
                if (!in.isEmpty()) {
                    v.set(heard, scramble(v.get(heard), in.combined()[0] + in.combined()[1]));
                    v.emit(levels, "pairs", v.id(), v.get(heard));
                }
                if (v.superstep() % 3 != 2) {
                    v.broadcast(new long[] {v.id(), v.superstep()});
                }
            }
        }

        private final class Numbers implements LongPhase {
            @Override public LongCombiner combiner() {
                return LongCombiner.MIN;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(heard, scramble(v.get(heard), in.combined()));
                if (v.get(heard) % 2 == 0) {
                    v.emit(levels, "numbers", v.id(), v.get(heard));
                    v.halt();
                }
                if (v.superstep() % 3 != 2) {
                    v.broadcast(v.get(heard));
                }
            }
        }
    }

    /** Outputs that nobody emits to. */
    public static final class NobodyEmits extends LongProgram {
        private final LongColumn degree = longColumn("degree", 0);
        private final RecordOutput nothing = recordOutput("nothing", "a");

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(degree, v.outDegree() + in.combined());
            if (v.superstep() < 2) {
                v.broadcast(1);
            } else if (v.outDegree() < 0) {
                v.emit(nothing, v.id());
            }
            v.halt();
        }
    }
}
