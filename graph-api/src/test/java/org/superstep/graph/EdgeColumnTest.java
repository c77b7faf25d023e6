package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.superstep.graph.internal.EdgeView;
import org.superstep.graph.internal.VertexView;

/** What an edge holds besides its weight, as the cursor reads and writes it. */
class EdgeColumnTest {
    private static final double ODD_NAN = Double.longBitsToDouble(0x7ff8_0000_0000_0abcL);

    /** Declares one of each. */
    private static final class Declaring extends LongProgram {
        private final Edges out = outEdges();
        private final DoubleEdgeColumn length = doubleEdgeColumn("length", ODD_NAN);
        private final LongEdgeColumn stamp = longEdgeColumn("stamp", Long.MIN_VALUE).required();
        private final IntEdgeColumn kind = intEdgeColumn("kind", -2);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    private final Declaring program = new Declaring();

    /** A cursor over three edges of vertex 7, the last two of which are parallel. */
    private EdgeCursor cursor(Direction direction) {
        var view = new VertexView();
        view.ids = new long[] {7};
        var edges = new EdgeView();
        edges.offsets = new int[] {0, 3};
        edges.slots = new int[] {0, 1, 1};
        edges.idOfSlot = new long[] {8, 9};
        edges.columns = new long[][] {program.length.newArray(3), program.stamp.newArray(3), program.kind.newArray(3)};
        return new EdgeCursor(view, edges, direction).placed();
    }

    @Test
    void anEdgeHoldsTheInitialValuesUntilItsSourceSetsOthers() {
        EdgeCursor e = cursor(Direction.OUT);
        e.at(1);
        e.set(program.length, 2.5);
        e.set(program.stamp, -1);
        e.set(program.kind, Integer.MIN_VALUE);
        assertThat(e.get(program.length)).isEqualTo(2.5);
        assertThat(e.get(program.stamp)).isEqualTo(-1);
        assertThat(e.get(program.kind)).isEqualTo(Integer.MIN_VALUE);
        for (int other : new int[] {0, 2}) {
            e.at(other);
            assertThat(e.get(program.length)).isNaN();
            assertThat(e.get(program.stamp)).isEqualTo(Long.MIN_VALUE);
            assertThat(e.get(program.kind)).isEqualTo(-2);
        }
    }

    @Test
    void everyNaNIsTheCanonicalOne() {
        EdgeCursor e = cursor(Direction.OUT).at(0);
        assertThat(Double.doubleToRawLongBits(e.get(program.length))).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
        assertThat(Double.doubleToRawLongBits(program.length.initial())).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
        e.set(program.length, ODD_NAN);
        assertThat(Double.doubleToRawLongBits(e.get(program.length))).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    }

    @Test
    void anInEdgeHasNoColumnsAndACursorAtNoEdgeNeither() {
        EdgeCursor in = cursor(Direction.IN).at(0);
        assertThatThrownBy(() -> in.get(program.kind)).isInstanceOf(IllegalStateException.class)
            .hasMessage("vertex 7 asks an in-edge for \"kind\"; edge columns belong to the vertex where the edge begins, so let that one"
                + " send the value");
        assertThatThrownBy(() -> in.set(program.stamp, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cursor(Direction.OUT).get(program.stamp)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("stands at no edge");
    }

    @Test
    void declarationsAreNumberedAndNamesDiffer() {
        assertThat(program.declarations().edgeColumns()).containsExactly(program.length, program.stamp, program.kind);
        assertThat(program.kind.index()).isEqualTo(2);
        assertThat(program.declarations().edgeColumns().stream().map(EdgeColumn::isRequired)).containsExactly(false, true, false);
        assertThat(program.declarations().edgeColumns().stream().map(EdgeColumn::initialText))
            .containsExactly("NaN", "-9223372036854775808", "-2");
        assertThatThrownBy(() -> program.intEdgeColumn("length", 0)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("two edge columns named \"length\"");
        assertThatThrownBy(() -> program.doubleEdgeColumn("Weight", 0)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("an edge column cannot be named \"Weight\": that is what e.weight() gives");
        assertThat(program.longColumn("length", 0).name()).as("a vertex may have a column of that name").isEqualTo("length");
    }
}
