package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.VertexView;

/** Messages are counted where they are heard one by one, and nowhere else. */
class MessageCountTest {
    private final VertexView view = new VertexView();
    private final DoubleMessages doubles = new DoubleMessages(view);

    /** Three messages. */
    private static final class Three extends MessageWalk {
        private int next;

        Three() {
            messages = new MessageArray(1, 3);
        }

        @Override public void rewind() {
            next = 0;
        }

        @Override public boolean next() {
            at = next;
            return next++ < 3;
        }

        @Override public long senderId() {
            return at;
        }
    }

    private void each(Object doubleCombiner, Object longCombiner, Object objectCombiner, Consumer<IntSupplier> check) {
        view.combiner = doubleCombiner;
        check.accept(doubles::count);
        check.accept(new DoubleVectorMessages(view)::count);
        view.combiner = longCombiner;
        check.accept(new LongMessages(view)::count);
        check.accept(new LongVectorMessages(view)::count);
        view.combiner = objectCombiner;
        check.accept(new ObjectMessages<String>(view)::count);
    }

    @Test
    void allAreCountedAndHeardFromTheFirstOnAfterwards() {
        view.heard = true;
        view.walk = new Three();
        each(DoubleCombiner.NONE, LongCombiner.NONE, ObjectCombiner.none(), count -> assertThat(count.getAsInt()).isEqualTo(3));
        view.combiner = DoubleCombiner.NONE;
        assertThat(doubles.next()).isTrue();
        assertThat(doubles.next()).isTrue();
        assertThat(doubles.count()).isEqualTo(3);
        assertThat(doubles.next()).isTrue();
        assertThat(doubles.senderId()).isZero();
    }

    @Test
    void whoHeardNothingCountsNone() {
        // A walk keeps standing at what the vertex before has heard.
        view.walk = new Three();
        each(DoubleCombiner.NONE, LongCombiner.NONE, ObjectCombiner.none(), count -> assertThat(count.getAsInt()).isZero());
    }

    /** How many there were depends on how they were folded: an undirected edge may bring an idempotent message once for both ways. */
    @Test
    void whatIsFoldedIsOne() {
        view.heard = true;
        for (Object combiner : List.of(DoubleCombiner.MIN, DoubleCombiner.FIRST)) {
            view.walk = null;
            view.combiner = combiner;
            assertThatThrownBy(doubles::count).isInstanceOf(IllegalStateException.class).hasMessageContaining("in.combined()");
            view.walk = new Three();
            assertThatThrownBy(new DoubleVectorMessages(view)::count).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in.combined()");
        }
        view.combiner = LongCombiner.SUM;
        assertThatThrownBy(new LongVectorMessages(view)::count).isInstanceOf(IllegalStateException.class);
        view.combiner = ObjectCombiner.first();
        assertThatThrownBy(new ObjectMessages<String>(view)::count).isInstanceOf(IllegalStateException.class);
    }

    /** Where it depended on what was said, a test on a small graph would not show the fault. */
    @Test
    void whatIsFoldedIsNotWalkedOverEvenWhereNothingWasSaid() {
        var longs = new LongMessages(view);
        for (ThrowingCallable call : List.<ThrowingCallable>of(doubles::next, doubles::count, doubles::rewind, doubles::value,
            doubles::senderId, longs::next, longs::count, longs::rewind, longs::value, longs::senderId)) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessageContaining("in.combined()");
        }
        view.walk = new Three();
        assertThat(doubles.next()).isFalse();
        assertThat(longs.next()).isFalse();
    }
}
