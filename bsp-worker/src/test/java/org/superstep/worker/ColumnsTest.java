package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.superstep.graph.Codecs;
import org.superstep.graph.Column;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.internal.VertexView;

/** Rows are copied whole, whatever types their columns have. */
class ColumnsTest {
    /** Two columns of one type, one of the others; vectors of different widths. */
    private static final class Declared extends LongProgram {
        Declared() {
            longColumn("first", -1);
            doubleColumn("real", 0.5);
            longColumn("second", -2);
            intColumn("small", -3);
            floatColumn("share", 0.25f);
            booleanColumn("seen", true);
            doubleVectorColumn("place", 2, 1);
            doubleVectorColumn("single", 1, 2);
            longVectorColumn("path", 3, 4);
            objectColumn("title", Codecs.STRING, "none");
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    private static Columns columns(int size) {
        return new Columns(new Declared().declarations().columns(), size);
    }

    @Test
    void aRowIsCopiedInAllColumns() {
        Columns from = columns(3);
        from.longs[0][2] = 10;
        from.doubles[0][2] = -0.0;
        from.longs[1][2] = 20;
        from.ints[0][2] = 30;
        from.floats[0][2] = 40;
        from.booleans[0][2] = false;
        from.doubleVectors[0][5] = 50;
        from.doubleVectors[1][2] = 60;
        from.longVectors[0][6] = 70;
        from.objects[0][2] = "some";
        Columns to = columns(2);
        to.copyRow(from, 2, 0);
        assertThat(to.longs[0]).containsExactly(10, -1);
        assertThat(to.doubles[0]).containsExactly(-0.0, 0.5);
        assertThat(to.longs[1]).containsExactly(20, -2);
        assertThat(to.ints[0]).containsExactly(30, -3);
        assertThat(to.floats[0]).containsExactly(40, 0.25f);
        assertThat(to.booleans[0]).containsExactly(false, true);
        assertThat(to.doubleVectors[0]).containsExactly(1, 50, 1, 1);
        assertThat(to.doubleVectors[1]).containsExactly(60, 2);
        assertThat(to.longVectors[0]).containsExactly(70, 4, 4, 4, 4, 4);
        assertThat(to.objects[0]).containsExactly("some", "none");
    }

    @Test
    void neighbouringRowsAreCopiedAtOnce() {
        Columns from = columns(5);
        for (int i = 0; i < 5; i++) {
            from.longs[0][i] = i;
            from.ints[0][i] = 10 * i;
            from.doubleVectors[0][2 * i + 1] = 100 * i;
        }
        Columns to = columns(4);
        to.copyRows(from, 2, 1, 3);
        to.copyRows(from, 0, 0, 0);
        assertThat(to.longs[0]).containsExactly(-1, 2, 3, 4);
        assertThat(to.ints[0]).containsExactly(-3, 20, 30, 40);
        assertThat(to.doubleVectors[0]).containsExactly(1, 1, 1, 200, 1, 300, 1, 400);
    }

    @Test
    void anyInstanceOfTheProgramFindsAnArrayByItsColumn() {
        Columns columns = columns(3);
        for (Column column : new Declared().declarations().columns()) {
            assertThat(columns.array(column)).as(column.name()).hasSameClassAs(column.newArray(0));
        }
        assertThat(columns.array(new Declared().declarations().columns().get(2))).isSameAs(columns.longs[1]);
    }

    @Test
    void aCursorSeesTheArrays() {
        Columns columns = columns(3);
        var view = new VertexView();
        columns.show(view);
        assertThat(view.doubles).isSameAs(columns.doubles);
        assertThat(view.longs).isSameAs(columns.longs);
        assertThat(view.ints).isSameAs(columns.ints);
        assertThat(view.floats).isSameAs(columns.floats);
        assertThat(view.booleans).isSameAs(columns.booleans);
        assertThat(view.doubleVectors).isSameAs(columns.doubleVectors);
        assertThat(view.longVectors).isSameAs(columns.longVectors);
        assertThat(view.objects).isSameAs(columns.objects);
    }
}
