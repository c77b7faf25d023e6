package org.superstep.testkit;

import java.util.List;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVectorMessages;
import org.superstep.graph.DoubleVectorPhase;
import org.superstep.graph.DoubleVectorVertex;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.internal.VertexView;

/** The turn of one vertex, at which a view stands: it hears, and it computes, in a phase of any type of messages. */
final class VertexTurn {
    private final VertexView view;

    VertexTurn(VertexView view) {
        this.view = view;
    }

    /**
     * Lets the vertex hear. Scalars that the phase combines are folded from the first on, which is the same as from the identity, for FIRST
     * too; all else it walks over.
     *
     * @param messages in the order of their senders
     * @param folded the same in the order in which they are folded
     * @param spoke the phase that spoke
     */
    void hear(List<Said> messages, List<Said> folded, Phase spoke) {
        view.heard = !messages.isEmpty();
        view.walk = new SaidWalk(messages);
        if (spoke instanceof DoublePhase phase && phase.combiner() != DoubleCombiner.NONE) {
            var values = folded.stream().map(message -> Double.longBitsToDouble(message.content().words[0]));
            view.heardDouble = values.reduce(phase.combiner()::combine).orElse(phase.combiner().identity());
            view.walk = null;
        } else if (spoke instanceof LongPhase phase && phase.combiner() != LongCombiner.NONE) {
            var values = folded.stream().map(message -> message.content().words[0]);
            view.heardLong = values.reduce(phase.combiner()::combine).orElse(phase.combiner().identity());
            view.walk = null;
        }
        view.combiner = spoke instanceof ObjectPhase<?> phase ? phase.combiner()
            : spoke instanceof DoubleVectorPhase phase ? phase.combiner()
            : spoke instanceof LongVectorPhase phase ? phase.combiner() : null;
    }

    /** Lets the vertex compute. */
    @SuppressWarnings("unchecked")
    void compute(Phase phase) {
        if (phase instanceof DoublePhase doubles) {
            doubles.compute(new DoubleVertex(view), new DoubleMessages(view));
        } else if (phase instanceof LongPhase longs) {
            longs.compute(new LongVertex(view), new LongMessages(view));
        } else if (phase instanceof ObjectPhase<?> objects) {
            ((ObjectPhase<Object>) objects).compute(new ObjectVertex<>(view), new ObjectMessages<>(view));
        } else if (phase instanceof DoubleVectorPhase vectors) {
            vectors.compute(new DoubleVectorVertex(view), new DoubleVectorMessages(view));
        } else if (phase instanceof LongVectorPhase vectors) {
            vectors.compute(new LongVectorVertex(view), new LongVectorMessages(view));
        }
    }
}
