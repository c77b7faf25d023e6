package org.superstep.engine;

import static org.superstep.engine.MessagePrograms.mix;
import static org.superstep.engine.MessagePrograms.mixLongs;
import static org.superstep.engine.TestPrograms.POLYNOMIAL;
import static org.superstep.engine.TestPrograms.scramble;

import java.util.List;
import java.util.function.Supplier;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.Edges;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorProgram;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.graph.Vertex;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.Weights;

/**
 * Programs like {@link TestPrograms} that change the graph while they talk: each writes a hash of all that it hears, of its edges and of
 * the graph's size, superstep by superstep, into columns.
 */
public final class ChangePrograms {
    private ChangePrograms() {
    }

    /** One of each. */
    static List<Supplier<Program>> all() {
        return List.of(EdgesComeAndGo::new, EdgesComeAndGoOverIn::new, EdgesComeAndGoOverBoth::new, VerticesComeAndGo::new,
            VerticesComeAndGoOverIn::new, VerticesComeAndGoOverBoth::new, FoldedWhileChanging::new, FoldedOverInWhileChanging::new,
            LeastWhileChanging::new, WeightsChange::new, WeightsIgnoredWhileChanging::new, MissingAreCreated::new,
            MissingAreCreatedWithoutChanges::new, MissingAreCreatedOverEdges::new, RemovalsRefused::new, Capricious::new,
            LeavingForGoodWhileChanging::new, FarNewcomers::new, ComingBack::new, SelfRemoval::new, AllGo::new, AllGoAndComeBack::new,
            OneChange::new, ChangesInTheLastSuperstep::new, ChangesWithoutWords::new, OneEdgeWantedByTwo::new, DanglingTalk::new,
            ObjectsWhileChanging::new, VectorsWhileChanging::new, PhasesWhileChanging::new, SumsWithoutEdgesSeen::new,
            HookWakesNewcomers::new, HaltsAfterTheChange::new);
    }

    /** What all of them do: listen, look around, ask for changes, speak. */
    abstract static class Changing extends LongProgram {
        final LongColumn hash = longColumn("hash", 17);
        final IntColumn age = intColumn("age", -3);
        final LongGlobal size = longGlobal("size", 0);
        final Edges out = outEdges();
        final Edges in = inEdges();

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public long along(long message, double weight) {
            return message * 37 + Double.doubleToRawLongBits(weight);
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(age, v.get(age) + 1);
            v.set(hash, listen(v.get(hash), messages));
            v.set(hash, lookAround(v, v.get(hash)));
            if (v.superstep() < last()) {
                change(v);
                speak(v);
            } else {
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            m.set(size, mix(mix(m.vertexCount(), m.edgeCount()), mix(m.awakeCount(), m.messageCount())));
        }

        long listen(long heard, LongMessages messages) {
            return mix(heard, messages);
        }

        final long lookAround(Vertex v, long seen) {
            long counts = mix(mix(v.vertexCount(), v.edgeCount()), mix(v.outDegree(), v.inDegree()));
            return mix(mix(mix(mix(seen, counts), v.global(size)), v.edges(out)), v.edges(in));
        }

        int last() {
            return 6;
        }

        abstract void change(LongVertex v);

        void speak(LongVertex v) {
            if (v.get(hash) % 4 != 0) {
                v.broadcast(v.get(hash));
            }
            if (v.get(hash) % 3 == 0) {
                v.send(v.id() + 1, v.superstep());
                v.send(v.id() - 1, v.get(hash));
            }
        }
    }

    /** Edges come, go and get other weights, asked for from either end or by a third. */
    public static class EdgesComeAndGo extends Changing {
        @Override void change(LongVertex v) {
            var random = v.random();
            switch (random.nextInt(9)) {
                case 0 -> v.addEdge(anyNeighbour(v));
                case 1 -> v.addEdge(v.id(), random.nextInt(5));
                case 2 -> v.addEdge(anyNeighbour(v), v.id(), 0.5);
                case 3 -> v.addEdge(anyNeighbour(v), anyNeighbour(v), 7);
                case 4 -> v.removeEdges(v.id(), anyNeighbour(v));
                case 5 -> v.removeEdges(anyNeighbour(v), anyNeighbour(v));
                case 6 -> {
                    for (var e = v.edges(out); e.next();) {
                        if (random.nextBoolean()) {
                            e.remove();
                        } else {
                            e.setWeight(random.nextInt(3));
                        }
                    }
                }
                case 7 -> {
                    for (var e = v.edges(in); e.next();) {
                        if (random.nextBoolean()) {
                            e.remove();
                        } else {
                            e.setWeight(e.weight() + 0.25);
                        }
                    }
                }
                default -> { }
            }
        }

        final long anyNeighbour(LongVertex v) {
            var e = v.edges(v.random().nextBoolean() ? out : in);
            return e.size() == 0 ? v.id() : e.at(v.random().nextInt(e.size())).neighbour();
        }
    }

    /** The same, heard over in-edges. */
    public static final class EdgesComeAndGoOverIn extends EdgesComeAndGo {
        @Override public Direction direction() {
            return Direction.IN;
        }
    }

    /** The same, heard over both. */
    public static final class EdgesComeAndGoOverBoth extends EdgesComeAndGo {
        @Override public Direction direction() {
            return Direction.BOTH;
        }
    }

    /** Vertices come and go, near each other, so that many ask for the same. */
    public static class VerticesComeAndGo extends EdgesComeAndGo {
        @Override void change(LongVertex v) {
            var random = v.random();
            long near = v.id() + random.nextInt(9) - 4;
            switch (random.nextInt(14)) {
                case 0 -> v.removeVertex(near);
                case 1 -> v.addVertex(near);
                case 2 -> v.removeVertex(anyNeighbour(v));
                case 3 -> v.addEdge(near, 3);
                case 4 -> v.addEdge(near, near + 1, 300);
                case 5 -> {
                    v.removeVertex(near);
                    v.addVertex(near);
                }
                case 6 -> {
                    v.addEdge(v.id(), near, 2);
                    v.removeVertex(v.id());
                }
                case 7 -> super.change(v);
                default -> { }
            }
        }
    }

    /** The same, heard over in-edges. */
    public static final class VerticesComeAndGoOverIn extends VerticesComeAndGo {
        @Override public Direction direction() {
            return Direction.IN;
        }
    }

    /** The same, heard over both. */
    public static final class VerticesComeAndGoOverBoth extends VerticesComeAndGo {
        @Override public Direction direction() {
            return Direction.BOTH;
        }
    }

    /** Messages folded, in an order that shows. */
    public static class FoldedWhileChanging extends VerticesComeAndGo {
        @Override public LongCombiner combiner() {
            return POLYNOMIAL;
        }

        @Override long listen(long heard, LongMessages messages) {
            return mix(mix(heard, messages.isEmpty() ? 1 : 2), messages.combined());
        }
    }

    /** The same over in-edges. */
    public static final class FoldedOverInWhileChanging extends FoldedWhileChanging {
        @Override public Direction direction() {
            return Direction.IN;
        }
    }

    /** A combiner that is exact and idempotent, which engines like to fold early. */
    public static final class LeastWhileChanging extends FoldedWhileChanging {
        @Override public LongCombiner combiner() {
            return LongCombiner.MIN;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }
    }

    /** Weights become such as need more room, and such as sort elsewhere among parallel ones. */
    public static final class WeightsChange extends Changing {
        private static final double[] WEIGHTS = {0, -0.0, 1, 255, 256, -1, 0.5, 0.1, 1e300, -1e300, 16777217, Double.MIN_VALUE};

        @Override void change(LongVertex v) {
            for (var e = v.edges(out); e.next();) {
                if (v.random().nextInt(3) == 0) {
                    e.setWeight(WEIGHTS[v.random().nextInt(Math.min(WEIGHTS.length, 2 + 3 * v.superstep()))]);
                }
            }
            if (v.random().nextInt(10) == 0) {
                v.addEdge(v.id() + 1, WEIGHTS[v.random().nextInt(WEIGHTS.length)]);
            }
        }
    }

    /** All weights are 1, those of new edges too. */
    public static final class WeightsIgnoredWhileChanging extends Changing {
        @Override public Weights weights() {
            return Weights.IGNORED;
        }

        @Override void change(LongVertex v) {
            long near = v.id() + v.random().nextInt(7) - 3;
            switch (v.random().nextInt(6)) {
                case 0 -> v.addEdge(near);
                case 1 -> v.addEdge(near, v.id(), 1);
                case 2 -> v.removeEdges(near, v.id());
                case 3 -> {
                    if (v.edges(out).find(near)) {
                        v.edges(out).at(0).remove();
                    }
                }
                case 4 -> v.removeVertex(near);
                default -> { }
            }
        }
    }

    /** Messages to vertices that do not exist create them, while others are removed. */
    public static final class MissingAreCreated extends VerticesComeAndGo {
        @Override public boolean createMissing() {
            return true;
        }

        @Override void speak(LongVertex v) {
            super.speak(v);
            if (v.random().nextInt(5) == 0) {
                v.send(v.random().nextBoolean() ? v.id() + 1000 : v.random().nextLong(100), v.get(hash));
                v.send(v.id() + 1000, 5);
            }
        }
    }

    /** Nothing but messages to vertices that do not exist changes the graph. */
    public static final class MissingAreCreatedWithoutChanges extends LongProgram {
        private final LongColumn hash = longColumn("hash", 17);
        private final DoubleColumn half = doubleColumn("half", 0.5);

        @Override public boolean createMissing() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return POLYNOMIAL;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, mix(mix(v.get(hash), messages.combined()), v.vertexCount()));
            v.set(half, v.get(half) / 2);
            if (v.superstep() < 5 && v.random().nextInt(4) == 0) {
                v.send(v.id() + v.random().nextInt(100), v.superstep());
                v.broadcast(v.get(hash));
            }
            v.halt();
        }
    }

    /** Vertices are removed, and what is said over the edges that dangle then brings them back. */
    public static final class MissingAreCreatedOverEdges extends Changing {
        @Override public boolean createMissing() {
            return true;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void change(LongVertex v) {
            if (v.superstep() % 2 == 0 && scramble(v.id(), v.superstep()) % 3 == 0) {
                v.removeVertex(v.id());
            }
        }

        @Override void speak(LongVertex v) {
            if (scramble(v.id(), 5) % 3 != 0) {
                v.broadcast(v.get(hash));
            }
        }
    }

    /** No vertex that exists ever goes, and none comes for the sake of an edge. */
    public static final class RemovalsRefused extends VerticesComeAndGo {
        @Override public boolean resolve(VertexConflict conflict) {
            return conflict.existed() || conflict.additions() > 0;
        }
    }

    /** Who comes and goes depends on all that was asked, and on messages. */
    public static final class Capricious extends VerticesComeAndGo {
        @Override public boolean createMissing() {
            return true;
        }

        @Override public boolean resolve(VertexConflict c) {
            long asked = mix(mix(mix(c.vertexId(), c.existed() ? 1 : 2), mix(c.removals(), c.additions())),
                mix(c.edgeAdditions(), c.messages()));
            return scramble(asked, 3) % 3 != 0;
        }
    }

    /** Some halt for good; who goes and comes again hears again. */
    public static final class LeavingForGoodWhileChanging extends VerticesComeAndGo {
        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void speak(LongVertex v) {
            super.speak(v);
            if (scramble(v.id(), v.superstep()) % 6 == 0) {
                v.haltForGood();
            }
        }
    }

    /** New vertices all over the range of ids, without edges, with edges, and with edges among them. */
    public static final class FarNewcomers extends Changing {
        @Override void change(LongVertex v) {
            var random = v.random();
            switch (random.nextInt(12)) {
                case 0 -> v.addVertex(random.nextLong());
                case 1 -> v.addVertex(Long.MIN_VALUE + random.nextInt(5));
                case 2 -> v.addEdge(Long.MAX_VALUE - random.nextInt(5), v.id(), 2);
                case 3 -> v.addEdge(Long.MIN_VALUE + random.nextInt(5), Long.MAX_VALUE - random.nextInt(5), 0.1);
                case 4 -> v.addEdge(v.id() * 3 + 1);
                case 5 -> v.removeVertex(Long.MIN_VALUE + random.nextInt(5));
                default -> { }
            }
        }
    }

    /** Every other superstep a neighbour is removed, and in between is asked for again, plainly, by an edge, or by a message. */
    public static final class ComingBack extends Changing {
        @Override public boolean createMissing() {
            return true;
        }

        @Override int last() {
            return 9;
        }

        @Override void change(LongVertex v) {
            long next = v.id() + 1;
            if (scramble(v.id(), 1) % 3 != 0) {
                return;
            }
            switch (v.superstep()) {
                case 0, 2, 4, 6 -> v.removeVertex(next);
                case 1 -> v.addVertex(next);
                case 3 -> v.addEdge(next, v.id(), 4);
                case 5 -> v.send(next, 1);
                default -> { }
            }
        }
    }

    /** Vertices remove themselves with words on their lips, which are heard. */
    public static final class SelfRemoval extends Changing {
        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void change(LongVertex v) {
            if (scramble(v.id(), v.superstep()) % 5 == 0) {
                v.removeVertex(v.id());
                v.send(v.id(), 1);
            }
        }
    }

    /** Nobody stays. */
    public static class AllGo extends Changing {
        @Override void change(LongVertex v) {
            if (v.superstep() == 2) {
                v.removeVertex(v.id());
            }
        }
    }

    /** Nobody stays but those to whom something was said, for whom the others had edges. */
    public static final class AllGoAndComeBack extends Changing {
        @Override void change(LongVertex v) {
            switch (v.superstep()) {
                case 1 -> {
                    v.removeVertex(v.id());
                    if (v.id() % 2 == 0) {
                        v.addVertex(v.id());
                    }
                    if (v.id() % 5 == 0) {
                        v.addEdge(v.id() + 1, v.id(), 2);
                    }
                }
                case 3 -> {
                    v.removeVertex(v.id());
                    v.addVertex(v.id() / 2);
                }
                default -> { }
            }
        }
    }

    /** One vertex asks for one thing, while most sleep. */
    public static final class OneChange extends Changing {
        private final LongAggregator smallest = longMin("smallest id");

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, lookAround(v, mix(v.get(hash), messages)));
            v.add(smallest, v.id());
            if (v.superstep() < 8 && v.previous(smallest) == v.id()) {
                switch (v.superstep()) {
                    case 2 -> v.addEdge(v.id() + 1);
                    case 3 -> v.removeVertex(v.id() + 1);
                    case 4 -> v.addVertex(v.id() - 2);
                    case 6 -> v.addEdge(v.id(), 8);
                    default -> { }
                }
                v.broadcast(v.superstep());
            } else if (v.superstep() > 0) {
                v.halt();
            }
        }

        @Override void change(LongVertex v) {
        }
    }

    /** What is asked for as the last thing happens, though nobody looks any more. */
    public static final class ChangesInTheLastSuperstep extends Changing {
        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, lookAround(v, mix(v.get(hash), messages)));
            if (v.superstep() == 2) {
                change(v);
                v.halt();
            } else {
                speak(v);
            }
        }

        @Override void change(LongVertex v) {
            switch ((int) Math.floorMod(scramble(v.id(), 1), 4L)) {
                case 0 -> v.removeVertex(v.id());
                case 1 -> v.removeEdges(v.id(), v.id() + 1);
                case 2 -> v.addEdge(v.id() + 2);
                default -> { }
            }
        }

        @Override public void beforeSuperstep(Master m) {
            super.beforeSuperstep(m);
            if (m.superstep() == 3) {
                m.halt();
            }
        }
    }

    /** Nobody says a word, and all sleep but those who come. */
    public static final class ChangesWithoutWords extends Changing {
        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(hash, lookAround(v, v.get(hash)));
            change(v);
            v.halt();
        }

        @Override void change(LongVertex v) {
            if (v.superstep() < 5 && v.id() % 7 != 0) {
                v.addEdge(v.id() * 5 + 1, v.id(), 3);
                v.removeVertex(v.id() + 3);
            }
        }
    }

    /** Both ends ask for the same edge to go, or to have other weights; of parallel ones each may get one. */
    public static final class OneEdgeWantedByTwo extends Changing {
        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void change(LongVertex v) {
            for (var e = v.edges(out); e.next();) {
                if (scramble(e.neighbour(), v.superstep()) % 3 == 0) {
                    e.remove();
                } else {
                    e.setWeight(2);
                }
            }
            for (var e = v.edges(in); e.next();) {
                if (scramble(e.neighbour(), v.superstep()) % 3 == 1) {
                    e.remove();
                } else {
                    e.setWeight(3);
                }
            }
            if (v.superstep() % 2 == 0) {
                v.addEdge(v.id() + 1, 2);
                v.addEdge(v.id() + 1, 2);
            }
        }
    }

    /** A third of all vertices go at once; the others go on talking over edges that dangle, in supersteps without change too. */
    public static final class DanglingTalk extends Changing {
        @Override void change(LongVertex v) {
            if (v.superstep() == 1 && scramble(v.id(), 1) % 3 == 0) {
                v.removeVertex(v.id());
            } else if (v.superstep() == 4 && v.id() % 2 == 0) {
                v.addVertex(v.id() + 1);
            }
        }

        @Override void speak(LongVertex v) {
            v.broadcast(v.get(hash));
            v.send(v.id() + 1, 1);
        }
    }

    /** Objects in flight while the graph changes. */
    public static final class ObjectsWhileChanging extends ObjectProgram<long[]> {
        private final LongColumn hash = longColumn("hash", 17);
        private final Edges out = outEdges();

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public boolean createMissing() {
            return true;
        }

        @Override public Codec<long[]> codec() {
            return Codecs.LONGS;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public long[] along(long[] message, double weight) {
            return MessagePrograms.Paths.appended(message, Double.doubleToRawLongBits(weight));
        }

        @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> in) {
            v.set(hash, mix(mixLongs(v.get(hash), in), v.edges(out)));
            if (v.superstep() == 5) {
                v.halt();
                return;
            }
            v.broadcast(new long[] {v.id(), v.superstep()});
            switch (v.random().nextInt(10)) {
                case 0 -> v.removeVertex(v.id());
                case 1 -> v.addEdge(v.id() + 2, 0.5);
                case 2 -> v.send(v.id() + 1, new long[0]);
                case 3 -> v.removeEdges(v.id() + 1, v.id());
                default -> { }
            }
        }
    }

    /** Vectors in flight while the graph changes. */
    public static final class VectorsWhileChanging extends LongVectorProgram {
        private final LongColumn hash = longColumn("hash", 17);
        private final Edges in = inEdges();

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public boolean createMissing() {
            return true;
        }

        @Override public int width() {
            return 3;
        }

        @Override public LongCombiner combiner() {
            return POLYNOMIAL;
        }

        @Override public void compute(LongVectorVertex v, LongVectorMessages messages) {
            v.set(hash, mix(MessagePrograms.LongVectors.heard(v.get(hash), messages, combiner(), width()), v.edges(in)));
            if (v.superstep() == 5) {
                v.halt();
                return;
            }
            v.broadcast(MessagePrograms.LongVectors.said(v.get(hash), width()));
            switch (v.random().nextInt(10)) {
                case 0 -> v.removeVertex(v.id() + 1);
                case 1 -> v.addEdge(v.id() - 2, v.id(), 0.5);
                case 2 -> v.send(v.id() + 1, new long[] {1, 2, 3});
                default -> { }
            }
        }
    }

    /** Phases of different directions and combiners; the graph changes between them. */
    public static final class PhasesWhileChanging extends PhasedProgram {
        private final LongColumn hash = longColumn("hash", 17);
        private final LongGlobal spoke = longGlobal("the phase that has spoken", 0);
        private final Phase over = phase("over out-edges", new Talk(LongCombiner.NONE, Direction.OUT));
        private final Phase back = phase("over in-edges", new Talk(POLYNOMIAL, Direction.IN));
        private final Phase both = phase("over both", new Talk(LongCombiner.NONE, Direction.BOTH));

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public void beforeSuperstep(Master m) {
            m.set(spoke, declarations().indexOf(m.phase()));
            m.startPhase(declarations().phases().get(m.superstep() % 3));
            if (m.superstep() == 8) {
                m.halt();
            }
        }

        private final class Talk implements LongPhase {
            private final LongCombiner combiner;
            private final Direction direction;

            Talk(LongCombiner combiner, Direction direction) {
                this.combiner = combiner;
                this.direction = direction;
            }

            @Override public LongCombiner combiner() {
                return combiner;
            }

            @Override public Direction direction() {
                return direction;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(hash, v.global(spoke) == 1 ? mix(v.get(hash), in.combined()) : mix(v.get(hash), in));
                v.set(hash, mix(mix(v.get(hash), v.outDegree()), v.inDegree()));
                if (v.get(hash) % 4 != 0) {
                    v.broadcast(v.get(hash));
                }
                switch (v.random().nextInt(12)) {
                    case 0 -> v.removeVertex(v.id() + 1);
                    case 1 -> v.addEdge(v.id() - 1, v.id() + 2, v.superstep());
                    case 2 -> v.removeEdges(v.id(), v.id() + 1);
                    default -> { }
                }
            }
        }
    }

    /** Sums of doubles over edges that come and go, in a program that declares no walk over edges. */
    public static final class SumsWithoutEdgesSeen extends DoubleProgram {
        private final DoubleColumn sum = doubleColumn("sum", 0.25);

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public double along(double message, double weight) {
            return message * (1 + Math.max(-3, Math.min(weight, 3)));
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(sum, 0.3 * v.get(sum) + 0.7 * in.combined() + v.outDegree() * 1e-3 + v.inDegree() * 1e-6);
            if (v.superstep() == 7) {
                v.halt();
                return;
            }
            v.broadcast((v.get(sum) + TestPrograms.wild(v.id(), 0) * 1e-9) / (1 + v.outDegree()));
            switch (v.random().nextInt(12)) {
                case 0 -> v.addEdge(v.id() + 1, v.superstep() - 2);
                case 1 -> v.removeEdges(v.id(), v.id() + 1);
                case 2 -> v.removeVertex(v.id() + 2);
                default -> { }
            }
        }
    }

    /** The hook wakes all, newcomers among them, who have halted for good or not. */
    public static final class HookWakesNewcomers extends Changing {
        @Override public void compute(LongVertex v, LongMessages messages) {
            super.compute(v, messages);
            v.halt();
            if (scramble(v.id(), v.superstep()) % 9 == 0) {
                v.haltForGood();
            }
        }

        @Override void change(LongVertex v) {
            switch (v.random().nextInt(5)) {
                case 0 -> v.addVertex(v.id() + 1);
                case 1 -> v.removeVertex(v.id() - 1);
                case 2 -> v.addEdge(v.id() + 4, 9);
                default -> { }
            }
        }

        @Override public void beforeSuperstep(Master m) {
            super.beforeSuperstep(m);
            if (m.superstep() % 3 == 0 && m.superstep() < 9) {
                m.wakeAll();
            }
        }
    }

    /** The hook ends the job when changes have been made and messages for vertices that do not exist are in flight. */
    public static final class HaltsAfterTheChange extends Changing {
        @Override void change(LongVertex v) {
            v.send(v.id() + 7, 1);
            if (v.superstep() == 3 && v.id() % 2 == 0) {
                v.removeVertex(v.id());
            }
        }

        @Override public void beforeSuperstep(Master m) {
            super.beforeSuperstep(m);
            if (m.superstep() == 4) {
                m.halt();
            }
        }
    }
}
