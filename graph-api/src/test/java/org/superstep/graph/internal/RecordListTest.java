package org.superstep.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.RecordOutput;

/** What is emitted is read again in order, and what is no record is refused in one line. */
class RecordListTest {
    private static final class Emitting extends LongProgram {
        final LongColumn column = longColumn("column", 0);
        final RecordOutput two = recordOutput("two", "first", "second");
        final RecordOutput one = recordOutput("one", "only");

        RecordOutput more(String name, String... fields) {
            return recordOutput(name, fields);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.halt();
        }
    }

    private final RecordList list = new RecordList(new Emitting().two);

    private List<Object[]> records() {
        var records = new ArrayList<Object[]>();
        list.runs().forEach(run -> run.records().forEach(records::add));
        return records;
    }

    @Property(tries = 500)
    void whateverIsEmittedIsRead(@ForAll long whole, @ForAll int small, @ForAll double number, @ForAll float tiny, @ForAll boolean truth,
            @ForAll String text, @ForAll long[] longs, @ForAll double[] doubles) {
        Object[][] emitted = {{whole, number}, {small, tiny}, {truth, text}, {longs, doubles}, {doubles, whole}};
        // Another list each time: properties share this object.
        var own = new RecordList(new Emitting().two);
        for (Object[] values : emitted) {
            own.add(3, values);
        }
        var read = new ArrayList<Object[]>();
        own.runs().forEach(run -> run.records().forEach(read::add));
        emitted[1][0] = (long) small;
        String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        emitted[2][1] = utf8;
        assertThat(read.toArray(Object[][]::new)).isDeepEqualTo(emitted);
    }

    @Test
    void extremesAndEmptyOnesToo() {
        Object[][] emitted = {{Long.MIN_VALUE, Long.MAX_VALUE}, {-1L, 0L}, {Double.NaN, -0.0}, {Float.NEGATIVE_INFINITY, ""},
            {new long[0], new double[0]}, {"\0äöü\uD83D\uDE00", 63L}, {64L, -65L}};
        for (Object[] values : emitted) {
            list.add(0, values);
        }
        assertThat(records().toArray(Object[][]::new)).isDeepEqualTo(emitted);
    }

    @Test
    void everyNanIsTheCanonicalOne() {
        list.add(0, new Object[] {Double.longBitsToDouble(0x7ff8000000000123L), Float.intBitsToFloat(0x7fc00123)});
        list.add(0, new Object[] {new double[] {Double.longBitsToDouble(0xfff8000000000001L)}, 1});
        assertThat(Double.doubleToRawLongBits((double) records().get(0)[0])).isEqualTo(0x7ff8000000000000L);
        assertThat(Float.floatToRawIntBits((float) records().get(0)[1])).isEqualTo(0x7fc00000);
        assertThat(Double.doubleToRawLongBits(((double[]) records().get(1)[0])[0])).isEqualTo(0x7ff8000000000000L);
    }

    @Test
    void anArrayThatIsUsedAgainChangesNothing() {
        var array = new long[] {1, 2};
        list.add(0, new Object[] {array, 0});
        array[0] = 7;
        list.add(0, new Object[] {array, 0});
        assertThat(records().get(0)[0]).isEqualTo(new long[] {1, 2});
        assertThat(records().get(1)[0]).isEqualTo(new long[] {7, 2});
    }

    @Test
    void everySuperstepHasRunsOfItsOwnOfAboutAMegabyte() {
        String text = "x".repeat(1000);
        for (int i = 0; i < 5000; i++) {
            list.add(i < 4999 ? 2 : 5, new Object[] {i, text});
        }
        list.add(6, new Object[] {1, "x".repeat(3_000_000)});
        assertThat(list.runs()).extracting(RecordList.Run::superstep).containsExactly(2, 2, 2, 2, 2, 5, 6);
        assertThat(list.runs().subList(0, 6)).allMatch(run -> run.bytes().length < (1 << 20) + 2000);
        assertThat(list.runs().stream().mapToInt(RecordList.Run::count).sum()).isEqualTo(5001);
        assertThat(records()).element(4321).satisfies(record -> assertThat(record[0]).isEqualTo(4321L));
    }

    @Test
    void smallNumbersTakeTwoBytes() {
        list.add(0, new Object[] {63, -64});
        assertThat(list.runs().get(0).bytes()).hasSize(4);
    }

    @Test
    void theWrongNumberOfValuesIsRefused() {
        assertThatThrownBy(() -> list.add(0, new Object[] {1, 2, 3})).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a record of \"two\" has 2 values (first, second), was given 3");
        assertThat(list.runs()).isEmpty();
    }

    @Test
    void whatIsNoValueIsRefusedAndLeavesNothingBehind() {
        list.add(0, new Object[] {1, 2});
        assertThatThrownBy(() -> list.add(0, new Object[] {3, null})).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("field \"second\" of \"two\" takes no null; a value is a long, int, double, float, boolean, String, long[] or"
                + " double[]");
        assertThatThrownBy(() -> list.add(0, new Object[] {new int[0], 3})).hasMessageContaining("takes no int[];");
        assertThatThrownBy(() -> list.add(0, new Object[] {1, BigInteger.ONE})).hasMessageContaining("takes no java.math.BigInteger;");
        list.add(0, new Object[] {4, 5});
        assertThat(records().toArray(Object[][]::new)).isDeepEqualTo(new Object[][] {{1L, 2L}, {4L, 5L}});
    }

    @Test
    void outputsAreNumberedAndNamedAndTheirNamesDiffer() {
        var program = new Emitting();
        assertThat(program.declarations().recordOutputs()).containsExactly(program.two, program.one);
        assertThat(program.one.index()).isEqualTo(1);
        assertThat(program.two).hasToString("two (first, second)");
        assertThatThrownBy(() -> program.more("one", "a")).hasMessage("emitting declares two record outputs named \"one\"; names must"
            + " differ");
    }

    @Test
    void outputsWithoutAProperNameOrFieldsAreRefused() {
        var program = new Emitting();
        assertThatThrownBy(() -> program.more("a/b", "a")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a record output's name must be letters, digits, - and _, was \"a/b\"");
        assertThatThrownBy(() -> program.more("", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> program.more("none")).hasMessage("record output \"none\" must have one field or more, each with a name of"
            + " its own, was []");
        assertThatThrownBy(() -> program.more("twice", "a", "a")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> program.more("unnamed", "a", "")).isInstanceOf(IllegalArgumentException.class);
    }
}
