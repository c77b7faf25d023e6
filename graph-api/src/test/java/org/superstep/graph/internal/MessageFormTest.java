package org.superstep.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
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

/** What a phase says of its messages, and what it must not leave out. */
class MessageFormTest {
    private record Doubles(DoubleCombiner combiner) implements DoublePhase {
        @Override public void compute(DoubleVertex v, DoubleMessages in) {
        }
    }

    private record Longs(LongCombiner combiner) implements LongPhase {
        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    private record Objects(Codec<String> codec, ObjectCombiner<String> combiner) implements ObjectPhase<String> {
        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
        }
    }

    private record DoubleVectors(int width, DoubleCombiner combiner) implements DoubleVectorPhase {
        @Override public void compute(DoubleVectorVertex v, DoubleVectorMessages in) {
        }
    }

    private record LongVectors(int width, LongCombiner combiner) implements LongVectorPhase {
        @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
        }
    }

    @Test
    void everyKindOfPhaseHasItsForm() {
        assertForm(new Doubles(DoubleCombiner.SUM), MessageForm.Kind.DOUBLE, 1, true, "double");
        assertForm(new Doubles(DoubleCombiner.NONE), MessageForm.Kind.DOUBLE, 1, false, "double");
        assertForm(new Longs(LongCombiner.FIRST), MessageForm.Kind.LONG, 1, true, "long");
        assertForm(new Longs(LongCombiner.NONE), MessageForm.Kind.LONG, 1, false, "long");
        assertForm(new Objects(Codecs.STRING, ObjectCombiner.first()), MessageForm.Kind.OBJECT, 0, true, "object");
        assertForm(new Objects(Codecs.STRING, ObjectCombiner.none()), MessageForm.Kind.OBJECT, 0, false, "object");
        assertForm(new DoubleVectors(3, DoubleCombiner.MIN), MessageForm.Kind.DOUBLE_VECTOR, 3, true, "vector of 3 doubles");
        assertForm(new LongVectors(1, LongCombiner.NONE), MessageForm.Kind.LONG_VECTOR, 1, false, "vector of 1 longs");
    }

    private static void assertForm(Phase phase, MessageForm.Kind kind, int width, boolean isCombined, String name) {
        MessageForm form = MessageForm.of(phase);
        assertThat(form.kind()).isEqualTo(kind);
        assertThat(form.width()).isEqualTo(width);
        assertThat(form.isCombined()).isEqualTo(isCombined);
        assertThat(form.isFoldedScalar()).isEqualTo(isCombined && (kind == MessageForm.Kind.DOUBLE || kind == MessageForm.Kind.LONG));
        assertThat(form.typeName()).isEqualTo(name);
    }

    @Test
    void whatAPhaseLeavesOutIsToldWithTheNextStep() {
        for (Phase phase : new Phase[] {new Doubles(null), new Longs(null), new Objects(Codecs.STRING, null), new DoubleVectors(2, null),
            new LongVectors(2, null)}) {
            refused(phase, "has no combiner: combiner() returns null; return one, such as SUM, or NONE");
        }
        refused(new Objects(null, ObjectCombiner.none()), "has no codec: codec() returns null; return one, such as Codecs.STRING");
        refused(new DoubleVectors(0, DoubleCombiner.SUM), "has messages of 0 elements; width() must return at least 1");
        refused(new LongVectors(-1, LongCombiner.SUM), "has messages of -1 elements; width() must return at least 1");
    }

    private static void refused(Phase phase, String message) {
        assertThatThrownBy(() -> MessageForm.of(phase)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void whatOnePhaseSaysAnotherReadsIfKindAndWidthAndCodecAgree() {
        var doubles = MessageForm.of(new Doubles(DoubleCombiner.SUM));
        var strings = MessageForm.of(new Objects(Codecs.STRING, ObjectCombiner.none()));
        var pairs = MessageForm.of(new DoubleVectors(2, DoubleCombiner.SUM));
        assertThat(doubles.isOfSameType(MessageForm.of(new Doubles(DoubleCombiner.NONE)))).isTrue();
        assertThat(doubles.isOfSameType(MessageForm.of(new Longs(LongCombiner.SUM)))).isFalse();
        assertThat(strings.isOfSameType(MessageForm.of(new Objects(Codecs.STRING, ObjectCombiner.first())))).isTrue();
        assertThat(pairs.isOfSameType(MessageForm.of(new DoubleVectors(2, DoubleCombiner.MIN)))).isTrue();
        assertThat(pairs.isOfSameType(MessageForm.of(new DoubleVectors(3, DoubleCombiner.SUM)))).isFalse();
        assertThat(pairs.isOfSameType(MessageForm.of(new LongVectors(2, LongCombiner.SUM)))).isFalse();
    }

    @Test
    void onlyExactExtremesMayBeHeardTwice() {
        assertThat(MessageForm.of(new Doubles(DoubleCombiner.MIN)).isIdempotent()).isTrue();
        assertThat(MessageForm.of(new Longs(LongCombiner.OR)).isIdempotent()).isTrue();
        assertThat(MessageForm.of(new Doubles(DoubleCombiner.SUM)).isIdempotent()).isFalse();
        assertThat(MessageForm.of(new Longs(LongCombiner.SUM)).isIdempotent()).isFalse();
        assertThat(MessageForm.of(new Longs(LongCombiner.FIRST)).isIdempotent()).isFalse();
        assertThat(MessageForm.of(new Longs(LongCombiner.NONE)).isIdempotent()).isFalse();
        assertThat(MessageForm.of(new Objects(Codecs.STRING, ObjectCombiner.first())).isIdempotent()).isFalse();
    }
}
