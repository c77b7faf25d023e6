package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.Row;
import org.superstep.Superstep;
import org.superstep.datasets.TextRows;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Codecs;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.LongVertex;
import org.superstep.graph.ObjectColumn;
import org.superstep.net.Delivery;

/** Columns of every type from the program to the result and the file. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ColumnsTest {
    private static final Graph GRAPH = Graph.of(new long[] {1, 2, -7}, new long[] {2, 3, 1});

    @TempDir
    private Path folder;

    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(2, 16, 1, Delivery.PUSH), new Shape(3, 64, 3, Delivery.AUTO));
    }

    /** Values that say whose they are. */
    public static final class Profile extends LongProgram {
        final FloatColumn share = floatColumn("share", 0);
        final BooleanColumn odd = booleanColumn("odd", false);
        final DoubleVectorColumn place = doubleVectorColumn("place", 2, 0.5);
        final LongVectorColumn path = longVectorColumn("path", 3, 0);
        final ObjectColumn<String> title = objectColumn("title", Codecs.STRING, "");
        final ObjectColumn<double[]> list = objectColumn("list", Codecs.DOUBLES, new double[0]);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(share, v.id() / 4f);
            v.set(odd, v.id() % 2 != 0);
            v.set(place, 1, v.id() * 1.5);
            v.set(path, new long[] {v.id(), v.outDegree(), v.inDegree()});
            v.set(title, "no. " + v.id() + ", \"a\tb\"");
            if (v.id() > 1) {
                v.set(list, new double[] {v.id()});
            }
            v.halt();
        }
    }

    /** Sets a null. */
    public static final class Nothing extends LongProgram {
        final ObjectColumn<String> title = objectColumn("title", Codecs.STRING, "");

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(title, v.id() == 2 ? null : "");
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyTypeComesOutInTheOrderOfIds(Shape shape) {
        var program = new Profile();
        var result = Superstep.run(program, GRAPH, shape.options());
        assertThat(result.floats("share")).containsExactly(-1.75f, 0.25f, 0.5f, 0.75f);
        assertThat(result.booleans("odd")).containsExactly(true, true, false, true);
        assertThat(result.doubleVectors("place")).isDeepEqualTo(new double[][] {{0.5, -10.5}, {0.5, 1.5}, {0.5, 3}, {0.5, 4.5}});
        assertThat(result.longVectors("path")).isDeepEqualTo(new long[][] {{-7, 1, 0}, {1, 1, 1}, {2, 1, 1}, {3, 0, 1}});
        assertThat(result.objects("title", String.class)).hasSize(4).startsWith("no. -7, \"a\tb\"");
        assertThat(result.objects("list", double[].class))
            .containsExactly(new double[0], new double[0], new double[] {2}, new double[] {3});
        assertThat(result.values(program.title)).isEqualTo(result.objects("title", String.class));
        assertThat(result.values(new Profile().share)).as("by the column of another instance").isEqualTo(result.floats("share"));
    }

    @Test
    void whatIsHandedOutIsACopy() {
        var result = Superstep.run(new Profile(), GRAPH);
        result.floats("share")[0] = 99;
        result.booleans("odd")[0] = false;
        result.doubleVectors("place")[0][0] = 99;
        result.longVectors("path")[0][0] = 99;
        assertThat(result.floats("share")[0]).isEqualTo(-1.75f);
        assertThat(result.booleans("odd")[0]).isTrue();
        assertThat(result.doubleVectors("place")[0][0]).isEqualTo(0.5);
        assertThat(result.longVectors("path")[0][0]).isEqualTo(-7);
        assertThatThrownBy(() -> result.values(new Profile().title).set(0, "")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aColumnAskedForAsAnotherTypeSaysWhatItIs() {
        var result = Superstep.run(new Profile(), GRAPH);
        assertThatThrownBy(() -> result.doubles("share")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("column \"share\" is of type FloatColumn, not DoubleColumn");
        assertThatThrownBy(() -> result.floats("odd")).hasMessage("column \"odd\" is of type BooleanColumn, not FloatColumn");
        assertThatThrownBy(() -> result.booleans("place"))
            .hasMessage("column \"place\" is of type DoubleVectorColumn, not BooleanColumn");
        assertThatThrownBy(() -> result.doubleVectors("path"))
            .hasMessage("column \"path\" is of type LongVectorColumn, not DoubleVectorColumn");
        assertThatThrownBy(() -> result.longVectors("title"))
            .hasMessage("column \"title\" is of type ObjectColumn, not LongVectorColumn");
        assertThatThrownBy(() -> result.objects("share", String.class))
            .hasMessage("column \"share\" is of type FloatColumn, not ObjectColumn");
        assertThatThrownBy(() -> result.objects("title", Long.class)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("column \"title\" holds no java.lang.Long; it has a java.lang.String");
    }

    @Test
    void everyTypeIsHadByIdByPositionAndByRow() {
        var program = new Profile();
        var result = Superstep.run(program, GRAPH, new Shape(2, 3, 2, Delivery.AUTO).options());
        assertThat(result.floatOf("share", 3)).isEqualTo(0.75f);
        assertThat(result.booleanOf("odd", 2)).isFalse();
        assertThat(result.doubleVectorOf("place", -7)).containsExactly(0.5, -10.5);
        assertThat(result.longVectorOf("path", 1)).containsExactly(1, 1, 1);
        assertThat(result.objectOf("list", double[].class, 2)).containsExactly(2);
        assertThat(result.get(program.title, 1)).isEqualTo("no. 1, \"a\tb\"");
        assertThatThrownBy(() -> result.objectOf("title", Long.class, 1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("column \"title\" holds no java.lang.Long; it has a java.lang.String");
        assertThatThrownBy(() -> result.floatOf("share", 4)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("no vertex 4");
        result.doubleVectorOf("place", 3)[0] = 99;
        result.rows().forEach(row -> {
            int position = row.position();
            assertThat(row.floatOf("share")).isEqualTo(row.get(program.share)).isEqualTo(result.valueAt(program.share, position))
                .isEqualTo(result.floats("share")[position]);
            assertThat(row.booleanOf("odd")).isEqualTo(row.get(program.odd)).isEqualTo(result.booleans("odd")[position]);
            assertThat(row.doubleVectorOf("place")).isEqualTo(row.get(program.place)).isEqualTo(result.doubleVectors("place")[position]);
            assertThat(row.longVectorOf("path")).isEqualTo(row.get(program.path)).isEqualTo(result.longVectors("path")[position]);
            assertThat(row.objectOf("title", String.class)).isEqualTo(row.get(program.title))
                .isEqualTo(result.objects("title", String.class).get(position));
        });
        assertThat(result.rows().map(Row::toString)).startsWith(
            "-7 share=-1.75 odd=true place=[0.5, -10.5] path=[-7, 1, 0] title=no. -7, \"a\tb\" list=[]");
    }

    @Test
    void rowsShowEveryType() throws IOException {
        assertThat(rows(TextRows.TSV)).isEqualTo("id\tshare\todd\tplace\tpath\ttitle\tlist\n"
            + "-7\t-1.75\ttrue\t0.5 -10.5\t-7 1 0\tno. -7, \"a\\tb\"\t\n"
            + "1\t0.25\ttrue\t0.5 1.5\t1 1 1\tno. 1, \"a\\tb\"\t\n"
            + "2\t0.5\tfalse\t0.5 3.0\t2 1 1\tno. 2, \"a\\tb\"\t2.0\n"
            + "3\t0.75\ttrue\t0.5 4.5\t3 0 1\tno. 3, \"a\\tb\"\t3.0\n");
        assertThat(rows(TextRows.CSV).lines()).startsWith("id,share,odd,place,path,title,list",
            "-7,-1.75,true,0.5 -10.5,-7 1 0,\"no. -7, \"\"a\tb\"\"\",");
        assertThat(rows(TextRows.JSONL).lines()).startsWith(
            "{\"id\":-7,\"share\":-1.75,\"odd\":true,\"place\":[0.5,-10.5],"
            + "\"path\":[-7,1,0],\"title\":\"no. -7, \\\"a\\tb\\\"\",\"list\":[]}");
    }

    private String rows(TextRows format) throws IOException {
        Path file = folder.resolve("rows");
        Superstep.run(new Profile(), GRAPH, new Shape(2, 3, 2, Delivery.AUTO).options().withOutput(file, format));
        return Files.readString(file);
    }

    @ParameterizedTest
    @EnumSource(TextRows.class)
    void theFileIsTheSameForEveryShape(TextRows format) throws IOException {
        var sample = RandomGraphs.rmat(9, 10, 5);
        Path file = folder.resolve("rows");
        String expected = null;
        for (Shape shape : shapes().toList()) {
            Superstep.run(new ColumnPrograms.EveryType(), sample.graph(), shape.options().withOutput(file, format));
            String rows = Files.readString(file);
            assertThat(rows.lines()).hasSizeGreaterThan(100).allMatch(row -> !row.contains("single"));
            expected = expected == null ? rows : expected;
            assertThat(rows).as("%s", shape).isEqualTo(expected);
        }
    }

    @Test
    void aNullIsAFailureThatNamesTheVertex() {
        assertThatThrownBy(() -> Superstep.run(new Nothing(), GRAPH)).isInstanceOf(JobException.class)
            .hasMessage("nothing failed at vertex 2 in superstep 0: java.lang.NullPointerException: column \"title\" takes no null");
    }
}
