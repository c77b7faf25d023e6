package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;

/** Rows are copied whole, whatever types their columns have. */
class ColumnsTest {
    /** Two columns of one type, one of the others. */
    private static final class Declared extends LongProgram {
        Declared() {
            longColumn("first", -1);
            doubleColumn("real", 0.5);
            longColumn("second", -2);
            intColumn("small", -3);
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
        Columns to = columns(2);
        to.copyRow(from, 2, 0);
        assertThat(to.longs[0]).containsExactly(10, -1);
        assertThat(to.doubles[0]).containsExactly(-0.0, 0.5);
        assertThat(to.longs[1]).containsExactly(20, -2);
        assertThat(to.ints[0]).containsExactly(30, -3);
    }

    @Test
    void neighbouringRowsAreCopiedAtOnce() {
        Columns from = columns(5);
        for (int i = 0; i < 5; i++) {
            from.longs[0][i] = i;
            from.ints[0][i] = 10 * i;
        }
        Columns to = columns(4);
        to.copyRows(from, 2, 1, 3);
        to.copyRows(from, 0, 0, 0);
        assertThat(to.longs[0]).containsExactly(-1, 2, 3, 4);
        assertThat(to.ints[0]).containsExactly(-3, 20, 30, 40);
    }
}
