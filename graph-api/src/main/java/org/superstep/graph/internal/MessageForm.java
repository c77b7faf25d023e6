package org.superstep.graph.internal;

import org.superstep.graph.Codec;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVectorPhase;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.ObjectCombiner;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.Phase;

/**
 * What the messages of a phase are made of, and whether they are folded.
 *
 * @param kind what a message is
 * @param width 64-bit words a message; 0 for objects
 * @param codec how objects become bytes; null for messages of words
 * @param combiner the phase's combiner, of the class that goes with the kind
 */
public record MessageForm(Kind kind, int width, Codec<?> codec, Object combiner) {
    /** What a message is. */
    public enum Kind { DOUBLE, LONG, OBJECT, DOUBLE_VECTOR, LONG_VECTOR }

    /**
     * The form of this phase's messages.
     *
     * @throws IllegalArgumentException if the phase does not say how its messages are combined or coded, or how wide they are
     */
    public static MessageForm of(Phase phase) {
        MessageForm form;
        if (phase instanceof DoublePhase doubles) {
            form = new MessageForm(Kind.DOUBLE, 1, null, doubles.combiner());
        } else if (phase instanceof LongPhase longs) {
            form = new MessageForm(Kind.LONG, 1, null, longs.combiner());
        } else if (phase instanceof ObjectPhase<?> objects) {
            form = new MessageForm(Kind.OBJECT, 0, objects.codec(), objects.combiner());
        } else if (phase instanceof DoubleVectorPhase vectors) {
            form = new MessageForm(Kind.DOUBLE_VECTOR, vectors.width(), null, vectors.combiner());
        } else if (phase instanceof LongVectorPhase vectors) {
            form = new MessageForm(Kind.LONG_VECTOR, vectors.width(), null, vectors.combiner());
        } else {
            throw new AssertionError(phase);
        }
        if (form.combiner == null) {
            throw new IllegalArgumentException("has no combiner: combiner() returns null; return one, such as SUM, or NONE");
        }
        if (form.kind == Kind.OBJECT && form.codec == null) {
            throw new IllegalArgumentException("has no codec: codec() returns null; return one, such as Codecs.STRING");
        }
        if (form.kind != Kind.OBJECT && form.width < 1) {
            throw new IllegalArgumentException("has messages of " + form.width + " elements; width() must return at least 1");
        }
        return form;
    }

    /** Whether the messages of one vertex are folded into one. */
    public boolean isCombined() {
        return combiner != DoubleCombiner.NONE && combiner != LongCombiner.NONE && combiner != ObjectCombiner.none();
    }

    /** Whether messages are doubles or longs that are folded as they come. */
    public boolean isFoldedScalar() {
        return isCombined() && (kind == Kind.DOUBLE || kind == Kind.LONG);
    }

    /** Whether any grouping of the messages, and hearing them twice, gives the same bits. */
    public boolean isIdempotent() {
        return combiner instanceof DoubleCombiner doubles ? doubles.isExact() && doubles.isIdempotent()
            : combiner instanceof LongCombiner longs && longs.isExact() && longs.isIdempotent();
    }

    /** Whether what one phase says another can read. */
    public boolean isOfSameType(MessageForm other) {
        return kind == other.kind && width == other.width && (codec == null || codec.getClass() == other.codec.getClass());
    }

    /** The type for a message to the user: "double", "vector of 3 doubles". */
    public String typeName() {
        return switch (kind) {
            case DOUBLE -> "double";
            case LONG -> "long";
            case OBJECT -> "object";
            case DOUBLE_VECTOR -> "vector of " + width + " doubles";
            case LONG_VECTOR -> "vector of " + width + " longs";
        };
    }
}
