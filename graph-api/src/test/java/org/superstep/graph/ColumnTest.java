package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.internal.VertexView;

/** What the cursor reads and writes in columns of each type, and the arrays that columns make. */
class ColumnTest {
    private static final double ODD_NAN = Double.longBitsToDouble(0xFFF8_0000_0000_0007L);
    private static final float ODD_FLOAT_NAN = Float.intBitsToFloat(0xFFC0_0007);

    private final EveryType columns = new EveryType();
    private final VertexView view = new VertexView();
    private final Vertex v = new LongVertex(view);

    /** A cursor on the middle one of three vertices. */
    ColumnTest() {
        view.floats = new float[][] {(float[]) columns.share.newArray(3)};
        view.booleans = new boolean[][] {(boolean[]) columns.seen.newArray(3)};
        view.doubleVectors = new double[][] {(double[]) columns.place.newArray(3), (double[]) columns.single.newArray(3)};
        view.longVectors = new long[][] {(long[]) columns.path.newArray(3)};
        view.objects = new Object[][] {(Object[]) columns.title.newArray(3)};
        view.at(1);
    }

    @Test
    void aNewArrayHoldsTheInitialValue() {
        assertThat(v.get(columns.share)).isEqualTo(0.5f);
        assertThat(v.get(columns.seen)).isTrue();
        assertThat(v.get(columns.place, new double[2])).containsExactly(1.5, 1.5);
        assertThat(Double.doubleToRawLongBits(v.get(columns.single, 0))).isEqualTo(Double.doubleToRawLongBits(-0.0));
        assertThat(v.get(columns.path, new long[3])).containsExactly(-1, -1, -1);
        assertThat(v.get(columns.title)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65})
    void anArrayHasAsManyElementsAsTheVerticesAreWide(int vertices) {
        for (Column column : columns.declarations().columns()) {
            assertThat(Array.getLength(column.newArray(vertices))).as(column.name()).isEqualTo(vertices * column.width());
        }
        assertThat(columns.declarations().columns()).extracting(Column::width).containsExactly(1, 1, 2, 1, 3, 1);
    }

    @Test
    void whatIsSetIsReadAndTouchesNoOtherVertex() {
        v.set(columns.share, -2f);
        v.set(columns.seen, false);
        v.set(columns.place, new double[] {4, 5});
        v.set(columns.place, 1, 6);
        v.set(columns.path, new long[] {7, 8, 9});
        v.set(columns.path, 0, 10);
        v.set(columns.title, "some");
        assertThat(view.floats[0]).containsExactly(0.5f, -2f, 0.5f);
        assertThat(view.booleans[0]).containsExactly(true, false, true);
        assertThat(view.doubleVectors[0]).containsExactly(1.5, 1.5, 4, 6, 1.5, 1.5);
        assertThat(view.longVectors[0]).containsExactly(-1, -1, -1, 10, 8, 9, -1, -1, -1);
        assertThat(view.objects[0]).containsExactly("none", "some", "none");
        assertThat(v.get(columns.place, 1)).isEqualTo(6);
        assertThat(v.get(columns.path, 2)).isEqualTo(9);
    }

    @Test
    void aVectorIsCopiedInAndOut() {
        var place = new double[] {1, 2};
        v.set(columns.place, place);
        place[0] = 99;
        var read = new double[2];
        assertThat(v.get(columns.place, read)).isSameAs(read).containsExactly(1, 2);
        read[1] = 99;
        assertThat(v.get(columns.place, 1)).isEqualTo(2);
    }

    @Test
    void everyNaNIsTheCanonicalOne() {
        v.set(columns.share, ODD_FLOAT_NAN);
        assertThat(Float.floatToRawIntBits(v.get(columns.share))).isEqualTo(Float.floatToRawIntBits(Float.NaN));
        v.set(columns.place, 0, ODD_NAN);
        v.set(columns.single, new double[] {ODD_NAN});
        for (double value : new double[] {v.get(columns.place, 0), v.get(columns.single, 0)}) {
            assertThat(Double.doubleToRawLongBits(value)).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
        }
        var initials = new Declaring();
        assertThat(Float.floatToRawIntBits(initials.floatColumn("float", ODD_FLOAT_NAN).initial()))
            .isEqualTo(Float.floatToRawIntBits(Float.NaN));
        assertThat(Double.doubleToRawLongBits(initials.doubleVectorColumn("vector", 2, ODD_NAN).initial()))
            .isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2})
    void anElementBesideTheVectorBelongsToAnotherVertex(int element) {
        assertThatThrownBy(() -> v.get(columns.place, element)).isInstanceOf(IndexOutOfBoundsException.class)
            .hasMessageContaining(element + " out of bounds for length 2");
        assertThatThrownBy(() -> v.set(columns.place, element, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> v.set(columns.path, element == 2 ? 3 : element, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anArrayThatIsNotAsLongAsTheVectorIsRefused() {
        assertThatThrownBy(() -> v.get(columns.place, new double[3])).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("column \"place\" is 2 wide, the array 3");
        assertThatThrownBy(() -> v.set(columns.place, new double[1])).hasMessage("column \"place\" is 2 wide, the array 1");
        assertThatThrownBy(() -> v.get(columns.path, new long[0])).hasMessage("column \"path\" is 3 wide, the array 0");
        assertThatThrownBy(() -> v.set(columns.path, new long[4])).hasMessage("column \"path\" is 3 wide, the array 4");
    }

    @Test
    void anObjectIsNeverNull() {
        assertThatThrownBy(() -> v.set(columns.title, null)).isInstanceOf(NullPointerException.class)
            .hasMessage("column \"title\" takes no null");
        var program = new Declaring();
        assertThatThrownBy(() -> program.objectColumn("title", Codecs.STRING, null)).hasMessage("column \"title\" takes no null");
        assertThatThrownBy(() -> program.objectColumn("title", null, "")).hasMessage("the codec of column \"title\"");
    }

    @Test
    void aVectorIsNeitherEmptyNorTooWide() {
        var program = new Declaring();
        assertThatThrownBy(() -> program.doubleVectorColumn("place", 0, 0)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("column \"place\" must be at least 1 wide, was 0");
        var wide = program.longVectorColumn("wide", 1000, 0);
        assertThatThrownBy(() -> wide.newArray(3_000_000)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("column \"wide\", 1000 wide, is too wide for a partition of 3000000 vertices; run with more partitions");
    }

    @Test
    void withoutColumnsOfNumbersTheSummaryCounts() {
        var program = new Declaring();
        ObjectColumn<String> title = program.objectColumn("title", Codecs.STRING, "");
        program.doubleVectorColumn("place", 2, 0);
        assertThat(program.summary()).isEqualTo(Summary.counts(title));
        FloatColumn share = program.floatColumn("share", 0);
        program.longColumn("label", 0);
        assertThat(program.summary()).isEqualTo(Summary.top(share));
    }

    @Test
    void columnsOfATypeAreNumberedByThemselvesAndMayBeHidden() {
        var program = new Declaring();
        List<Column> declared = List.of(program.objectColumn("a", Codecs.STRING, "").hidden(), program.booleanColumn("b", false).hidden(),
            program.objectColumn("c", Codecs.BYTES, new byte[0]), program.doubleVectorColumn("d", 2, 0).hidden(),
            program.longVectorColumn("e", 2, 0).hidden(), program.floatColumn("f", 0).hidden(), program.longVectorColumn("g", 2, 0));
        assertThat(declared).extracting(Column::index).containsExactly(0, 0, 1, 0, 0, 0, 1);
        assertThat(program.declarations().shownColumns()).extracting(Column::name).containsExactly("c", "g");
    }

    /** Declares nothing by itself. */
    private static class Declaring extends LongProgram {
        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    private static final class EveryType extends Declaring {
        private final FloatColumn share = floatColumn("share", 0.5f);
        private final BooleanColumn seen = booleanColumn("seen", true);
        private final DoubleVectorColumn place = doubleVectorColumn("place", 2, 1.5);
        private final DoubleVectorColumn single = doubleVectorColumn("single", 1, -0.0);
        private final LongVectorColumn path = longVectorColumn("path", 3, -1);
        private final ObjectColumn<String> title = objectColumn("title", Codecs.STRING, "none");
    }
}
