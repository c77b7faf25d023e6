package org.superstep.worker;

import org.superstep.graph.Codec;
import org.superstep.graph.Direction;
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
import org.superstep.graph.ObjectCombiner;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;

/**
 * Phases that are others in all that the engine asks, and tell a tracer when a vertex computes that it is after. A class for each type of
 * messages, so that only the vertices that are traced cost more than a look at their ids.
 */
final class TracedPhase {
    private TracedPhase() {
    }

    /** A phase that does what this one does, and tells of it. */
    static Phase of(Phase phase, Tracer tracer) {
        if (phase instanceof DoublePhase doubles) {
            return new Doubles(doubles, tracer);
        } else if (phase instanceof LongPhase longs) {
            return new Longs(longs, tracer);
        } else if (phase instanceof ObjectPhase<?> objects) {
            return new Objects<>(objects, tracer);
        } else if (phase instanceof DoubleVectorPhase vectors) {
            return new DoubleVectors(vectors, tracer);
        } else if (phase instanceof LongVectorPhase vectors) {
            return new LongVectors(vectors, tracer);
        }
        throw new AssertionError(phase);
    }

    private record Doubles(DoublePhase phase, Tracer tracer) implements DoublePhase {
        @Override public Direction direction() {
            return phase.direction();
        }

        @Override public boolean startsAwake() {
            return phase.startsAwake();
        }

        @Override public boolean everyoneSpeaks() {
            return phase.everyoneSpeaks();
        }

        @Override public DoubleCombiner combiner() {
            return phase.combiner();
        }

        @Override public double along(double message, double weight) {
            return phase.along(message, weight);
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            if (tracer.traces(v)) {
                tracer.trace(v, phase, () -> phase.compute(v, in));
            } else {
                phase.compute(v, in);
            }
        }
    }

    private record Longs(LongPhase phase, Tracer tracer) implements LongPhase {
        @Override public Direction direction() {
            return phase.direction();
        }

        @Override public boolean startsAwake() {
            return phase.startsAwake();
        }

        @Override public boolean everyoneSpeaks() {
            return phase.everyoneSpeaks();
        }

        @Override public LongCombiner combiner() {
            return phase.combiner();
        }

        @Override public long along(long message, double weight) {
            return phase.along(message, weight);
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (tracer.traces(v)) {
                tracer.trace(v, phase, () -> phase.compute(v, in));
            } else {
                phase.compute(v, in);
            }
        }
    }

    private record Objects<M>(ObjectPhase<M> phase, Tracer tracer) implements ObjectPhase<M> {
        @Override public Direction direction() {
            return phase.direction();
        }

        @Override public boolean startsAwake() {
            return phase.startsAwake();
        }

        @Override public boolean everyoneSpeaks() {
            return phase.everyoneSpeaks();
        }

        @Override public Codec<M> codec() {
            return phase.codec();
        }

        @Override public ObjectCombiner<M> combiner() {
            return phase.combiner();
        }

        @Override public M along(M message, double weight) {
            return phase.along(message, weight);
        }

        @Override public void compute(ObjectVertex<M> v, ObjectMessages<M> in) {
            if (tracer.traces(v)) {
                tracer.trace(v, phase, () -> phase.compute(v, in));
            } else {
                phase.compute(v, in);
            }
        }
    }

    private record DoubleVectors(DoubleVectorPhase phase, Tracer tracer) implements DoubleVectorPhase {
        @Override public Direction direction() {
            return phase.direction();
        }

        @Override public boolean startsAwake() {
            return phase.startsAwake();
        }

        @Override public boolean everyoneSpeaks() {
            return phase.everyoneSpeaks();
        }

        @Override public int width() {
            return phase.width();
        }

        @Override public DoubleCombiner combiner() {
            return phase.combiner();
        }

        @Override public double along(double element, int place, double weight) {
            return phase.along(element, place, weight);
        }

        @Override public void compute(DoubleVectorVertex v, DoubleVectorMessages in) {
            if (tracer.traces(v)) {
                tracer.trace(v, phase, () -> phase.compute(v, in));
            } else {
                phase.compute(v, in);
            }
        }
    }

    private record LongVectors(LongVectorPhase phase, Tracer tracer) implements LongVectorPhase {
        @Override public Direction direction() {
            return phase.direction();
        }

        @Override public boolean startsAwake() {
            return phase.startsAwake();
        }

        @Override public boolean everyoneSpeaks() {
            return phase.everyoneSpeaks();
        }

        @Override public int width() {
            return phase.width();
        }

        @Override public LongCombiner combiner() {
            return phase.combiner();
        }

        @Override public long along(long element, int place, double weight) {
            return phase.along(element, place, weight);
        }

        @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
            if (tracer.traces(v)) {
                tracer.trace(v, phase, () -> phase.compute(v, in));
            } else {
                phase.compute(v, in);
            }
        }
    }
}
