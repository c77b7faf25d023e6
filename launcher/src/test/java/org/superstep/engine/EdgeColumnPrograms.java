package org.superstep.engine;

import static org.superstep.engine.MessagePrograms.mix;

import java.util.List;
import java.util.function.Supplier;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleEdgeColumn;
import org.superstep.graph.Edges;
import org.superstep.graph.IntEdgeColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongEdgeColumn;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Program;
import org.superstep.graph.Vertex;
import org.superstep.graph.Weights;

/**
 * Programs like {@link TestPrograms} whose edges hold more than a weight: each writes a hash of what its edges hold into a column,
 * superstep by superstep, and lets them hold something else.
 */
public final class EdgeColumnPrograms {
    private EdgeColumnPrograms() {
    }

    /** One of each. */
    static List<Supplier<Program>> all() {
        return List.of(AllColumns::new, AllColumnsOverIn::new, AllColumnsOverBoth::new, ColumnsWithoutWeights::new,
            ColumnsOfWeightedEdges::new, OneColumn::new, NoColumnOfTheInput::new, FlowsBack::new, ColumnsWhileEdgesComeAndGo::new,
            ColumnsWhileVerticesComeAndGo::new, ColumnsWithoutWeightsWhileChanging::new, ColumnsWhileMissingAreCreated::new);
    }

    /** Columns of every type, declared in another order than the input has them, and one that it lacks. */
    public static class AllColumns extends LongProgram {
        private final LongColumn hash = longColumn("hash", 17);
        private final Edges out = outEdges();
        private final IntEdgeColumn kind = intEdgeColumn("kind", 5).required();
        private final DoubleEdgeColumn lacking = doubleEdgeColumn("lacking", -0.25);
        private final DoubleEdgeColumn capacity = doubleEdgeColumn("capacity", 2);
        private final LongEdgeColumn stamp = longEdgeColumn("stamp", Long.MIN_VALUE);
        private final Edges again = outEdges();

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public long along(long message, double weight) {
            return message * 37 + Double.doubleToRawLongBits(weight);
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            long seen = mix(v.get(hash), in);
            for (var e = v.edges(out); e.next();) {
                seen = mix(mix(seen, e.target()), e.weight());
                seen = mix(mix(mix(mix(seen, e.get(kind)), e.get(lacking)), e.get(capacity)), e.get(stamp));
            }
            if (v.superstep() == 4) {
                v.halt();
            } else {
                letEdgesHoldMore(v, seen);
                v.broadcast(seen);
            }
            v.set(hash, seen);
        }

        private void letEdgesHoldMore(LongVertex v, long seen) {
            for (var e = v.edges(out); e.next();) {
                if (v.random().nextBoolean()) {
                    e.set(kind, (int) seen);
                    e.set(lacking, e.get(lacking) / e.get(capacity));
                    e.set(capacity, e.get(capacity) + e.weight());
                    e.set(stamp, e.get(stamp) ^ seen);
                }
            }
            var e = v.edges(again);
            if (e.size() > 0) {
                e.at(e.size() / 2).set(kind, e.get(kind) + 1);
            }
        }
    }

    /** The same, heard over in-edges, so that the lists with columns are those of what is heard. */
    public static final class AllColumnsOverIn extends AllColumns {
        @Override public Direction direction() {
            return Direction.IN;
        }
    }

    /** The same, heard over both. */
    public static final class AllColumnsOverBoth extends AllColumns {
        @Override public Direction direction() {
            return Direction.BOTH;
        }
    }

    /** Columns alone order parallel edges. */
    public static final class ColumnsWithoutWeights extends AllColumns {
        @Override public Weights weights() {
            return Weights.IGNORED;
        }
    }

    /** Columns order parallel edges of one weight. */
    public static final class ColumnsOfWeightedEdges extends AllColumns {
        @Override public Weights weights() {
            return Weights.REQUIRED;
        }
    }

    /** A column in the middle of the input, and nothing that is set. */
    public static final class OneColumn extends LongProgram {
        private final LongColumn hash = longColumn("hash", 1);
        private final Edges out = outEdges();
        private final Edges in = inEdges();
        private final LongEdgeColumn stamp = longEdgeColumn("stamp", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, mix(mix(v.get(hash), messages.combined()), v.edges(in)));
            for (var e = v.edges(out); e.next() && v.superstep() < 2;) {
                v.set(hash, mix(v.get(hash), e.get(stamp)));
                v.send(e.target(), e.get(stamp));
            }
            v.halt();
        }
    }

    /** Columns that the input knows nothing of are state all the same. */
    public static final class NoColumnOfTheInput extends LongProgram {
        private final LongColumn visits = longColumn("visits", 0);
        private final Edges out = outEdges();
        private final IntEdgeColumn crossings = intEdgeColumn("crossings", 0);
        private final DoubleEdgeColumn tiredness = doubleEdgeColumn("tiredness", 1);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            long walkers = v.superstep() == 0 ? 1 : in.combined();
            v.set(visits, mix(v.get(visits), walkers));
            var e = v.edges(out);
            for (long i = 0; i < Math.min(walkers, 5) && e.size() > 0 && v.superstep() < 4; i++) {
                e.at(v.random().nextInt(e.size()));
                e.set(crossings, e.get(crossings) + 1);
                e.set(tiredness, e.get(tiredness) * 0.7);
                v.send(e.target(), e.get(crossings));
                v.set(visits, mix(v.get(visits), e.get(tiredness)));
            }
            v.halt();
        }
    }

    /** What an edge holds goes to its target by message, and comes back changed: the way in which a target knows of it. */
    public static final class FlowsBack extends LongProgram {
        private final LongColumn excess = longColumn("excess", 0);
        private final Edges out = outEdges();
        private final IntEdgeColumn kind = intEdgeColumn("kind", 1);
        private final LongEdgeColumn answer = longEdgeColumn("answer", -1);

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            while (in.next()) {
                var e = v.edges(out);
                if (e.find(in.senderId())) {
                    e.set(answer, mix(e.get(answer), in.value()));
                    v.set(excess, mix(v.get(excess), e.get(answer)));
                } else {
                    v.send(in.senderId(), in.value() + 1);
                }
            }
            if (v.superstep() < 3) {
                for (var e = v.edges(out); e.next();) {
                    v.send(e.target(), e.get(kind));
                }
            }
            v.halt();
        }
    }

    /** What the edges hold of a program of {@link ChangePrograms}, which has columns of the input and others. */
    private record Cargo(Edges out, DoubleEdgeColumn capacity, LongEdgeColumn own) {
        /** Looks at what the edges hold, and lets some hold something else. */
        long handle(Vertex v, long seen) {
            long mixed = seen;
            for (var e = v.edges(out); e.next();) {
                mixed = mix(mix(mixed, e.get(capacity)), e.get(own));
                if (v.random().nextInt(3) == 0) {
                    e.set(own, mixed);
                    e.set(capacity, e.get(capacity) + 1);
                }
            }
            return mixed;
        }
    }

    /** Edges come, go and get other weights; what the others hold stays with them. */
    public static class ColumnsWhileEdgesComeAndGo extends ChangePrograms.EdgesComeAndGo {
        private final Cargo cargo = new Cargo(out, doubleEdgeColumn("capacity", 7), longEdgeColumn("own", 3));

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, cargo.handle(v, v.get(hash)));
            super.compute(v, messages);
        }
    }

    /** Vertices come and go with their edges. */
    public static final class ColumnsWhileVerticesComeAndGo extends ChangePrograms.VerticesComeAndGo {
        private final Cargo cargo = new Cargo(out, doubleEdgeColumn("capacity", 7), longEdgeColumn("own", 3));

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, cargo.handle(v, v.get(hash)));
            super.compute(v, messages);
        }
    }

    /** Parallel edges that only their columns tell apart are removed and added in one superstep. */
    public static final class ColumnsWithoutWeightsWhileChanging extends ChangePrograms.Changing {
        private final Cargo cargo = new Cargo(out, doubleEdgeColumn("capacity", 7), longEdgeColumn("own", 3));

        @Override public Weights weights() {
            return Weights.IGNORED;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, cargo.handle(v, v.get(hash)));
            super.compute(v, messages);
        }

        @Override void change(LongVertex v) {
            for (var e = v.edges(out); e.next();) {
                switch (v.random().nextInt(6)) {
                    case 0 -> e.remove();
                    case 1 -> v.addEdge(e.target());
                    case 2 -> {
                        e.remove();
                        v.addEdge(e.target());
                    }
                    case 3 -> e.setWeight(1);
                    default -> { }
                }
            }
        }
    }

    /** A graph that may change without being asked to. */
    public static final class ColumnsWhileMissingAreCreated extends LongProgram {
        private final LongColumn hash = longColumn("hash", 1);
        private final Cargo cargo = new Cargo(outEdges(), doubleEdgeColumn("capacity", 7), longEdgeColumn("stamp", 3));

        @Override public boolean createMissing() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, cargo.handle(v, mix(v.get(hash), messages.combined())));
            if (v.superstep() < 4) {
                v.send(v.id() + 1 + v.random().nextInt(3), v.get(hash));
            }
            v.halt();
        }
    }
}
