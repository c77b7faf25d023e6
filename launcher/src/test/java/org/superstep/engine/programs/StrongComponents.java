package org.superstep.engine.programs;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.Direction;
import org.superstep.graph.Edges;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectCombiner;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Vertex;
import org.superstep.graph.Weights;

/**
 * Strongly connected components: each vertex learns the greatest id in its own.
 *
 * <p>Rounds of three phases, each until all is quiet. <i>Trim</i>: a vertex that no other one leads to, or that leads to no other one, of
 * those that are still there, is a component by itself and leaves; its neighbours may follow. <i>Forward</i>: everyone gets as its colour
 * the greatest id from which it can be reached. <i>Backward</i>: who has its own id as its colour leaves, as the root of a component, and
 * claims all who have its colour and reach it. In each round at least the component of the greatest id left is found.
 *
 * <p>Memory: 24 bytes a vertex and the edges. Source: S. Orzan, "On distributed verification and verified distribution", 2004, on
 * colouring; the phases as in S. Salihoglu and J. Widom, "Optimizing graph algorithms on Pregel-like systems", 2014, section 3.1.
 */
public final class StrongComponents extends PhasedProgram {
    private final LongColumn component = longColumn("component", 0);
    private final LongColumn colour = longColumn("colour", 0).hidden();
    private final LongColumn leadingHere = longColumn("leading here", 0).hidden();
    private final LongColumn ledTo = longColumn("led to", 0).hidden();
    private final LongAggregator found = count("found");
    private final LongGlobal left = longGlobal("vertices whose component is not known", 0);
    private final Edges out = outEdges();
    private final Edges in = inEdges();
    private final Phase trim = phase("trim", new Trim());
    private final Phase forward = phase("forward", new Forward());
    private final Phase backward = phase("backward", new Backward());

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public void beforeSuperstep(Master m) {
        m.set(left, m.superstep() == 0 ? m.vertexCount() : m.get(left) - m.get(found));
        if (m.isQuiescent() && m.get(left) > 0) {
            m.startPhase(m.phase() == trim ? forward : m.phase() == forward ? backward : trim);
        }
    }

    private void leave(Vertex v, long its) {
        v.set(component, its);
        v.add(found, 1);
        v.haltForGood();
    }

    /** Messages: how many more lead to the hearer, and how many more it leads to. */
    private final class Trim implements LongVectorPhase {
        private static final long[] I_LEAD_TO_YOU = {1, 0};
        private static final long[] YOU_LEAD_TO_ME = {0, 1};
        private static final long[] NO_MORE_TO_YOU = {-1, 0};
        private static final long[] NO_MORE_TO_ME = {0, -1};

        @Override public int width() {
            return 2;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVectorVertex v, LongVectorMessages messages) {
            if (v.phaseSuperstep() == 0) {
                v.set(leadingHere, 0);
                v.set(ledTo, 0);
                tell(v, I_LEAD_TO_YOU, YOU_LEAD_TO_ME);
                return;
            }
            long[] more = messages.combined();
            v.set(leadingHere, v.get(leadingHere) + more[0]);
            v.set(ledTo, v.get(ledTo) + more[1]);
            if (v.get(leadingHere) == 0 || v.get(ledTo) == 0) {
                tell(v, NO_MORE_TO_YOU, NO_MORE_TO_ME);
                leave(v, v.id());
            }
            v.halt();
        }

        private void tell(LongVectorVertex v, long[] targets, long[] sources) {
            for (var e = v.edges(out); e.next();) {
                v.send(e.neighbour(), targets);
            }
            for (var e = v.edges(in); e.next();) {
                v.send(e.neighbour(), sources);
            }
        }
    }

    /** Messages: colours. */
    private final class Forward implements LongPhase {
        @Override public LongCombiner combiner() {
            return LongCombiner.MAX;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            long greatest = v.phaseSuperstep() == 0 ? v.id() : messages.combined();
            if (v.phaseSuperstep() == 0 || greatest > v.get(colour)) {
                v.set(colour, greatest);
                v.broadcast(greatest);
            }
            v.halt();
        }
    }

    /** Messages: the colours that roots claim, ascending. */
    private final class Backward implements ObjectPhase<long[]> {
        private static final ObjectCombiner<long[]> UNION = new ObjectCombiner<>() {
            @Override public long[] identity() {
                return new long[0];
            }

            @Override public long[] combine(long[] left, long[] right) {
                return LongStream.concat(Arrays.stream(left), Arrays.stream(right)).sorted().distinct().toArray();
            }
        };

        @Override public Codec<long[]> codec() {
            return Codecs.LONGS;
        }

        @Override public ObjectCombiner<long[]> combiner() {
            return UNION;
        }

        @Override public Direction direction() {
            return Direction.IN;
        }

        @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> messages) {
            boolean isRoot = v.phaseSuperstep() == 0 && v.get(colour) == v.id();
            if (isRoot || Arrays.binarySearch(messages.combined(), v.get(colour)) >= 0) {
                v.broadcast(new long[] {v.get(colour)});
                leave(v, v.get(colour));
            }
            v.halt();
        }
    }
}
