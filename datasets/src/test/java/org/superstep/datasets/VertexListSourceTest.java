package org.superstep.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Codecs;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.io.InputException;
import org.superstep.graph.io.VertexSink;

class VertexListSourceTest {
    @TempDir
    Path folder;

    /** Declares columns. */
    private static final class Program extends DoubleProgram {
        private final DoubleColumn rank = doubleColumn("rank", 0);
        private final LongColumn label = longColumn("label", 0);
        private final IntColumn level = intColumn("level", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(rank, v.get(label) + v.get(level));
        }
    }

    private static final List<Column> COLUMNS = new Program().declarations().columns();

    /** What comes out, one text a vertex: "7 rank=0.5 label=3". */
    private static final class Rows implements VertexSink {
        private final List<String> rows = new ArrayList<>();

        @Override
        public void vertex(long vertexId) {
            rows.add(Long.toString(vertexId));
        }

        @Override
        public void set(DoubleColumn column, double value) {
            append(column, value);
        }

        @Override
        public void set(LongColumn column, long value) {
            append(column, value);
        }

        @Override
        public void set(IntColumn column, int value) {
            append(column, value);
        }

        @Override
        public void set(FloatColumn column, float value) {
            append(column, value);
        }

        @Override
        public void set(BooleanColumn column, boolean value) {
            append(column, value);
        }

        @Override
        public void set(DoubleVectorColumn column, double[] elements) {
            append(column, Arrays.toString(elements));
        }

        @Override
        public void set(LongVectorColumn column, long[] elements) {
            append(column, Arrays.toString(elements));
        }

        @Override
        public <T> void set(ObjectColumn<T> column, T value) {
            append(column, "<" + value + ">");
        }

        private void append(Column column, Object value) {
            rows.set(rows.size() - 1, rows.get(rows.size() - 1) + " " + column.name() + "=" + value);
        }
    }

    private static List<String> rows(VertexListSource source, int shares) throws IOException {
        return rows(source, shares, COLUMNS);
    }

    private static List<String> rows(VertexListSource source, int shares, List<Column> columns) throws IOException {
        var rows = new Rows();
        for (int share = 0; share < shares; share++) {
            source.read(share, shares, columns, rows);
        }
        return rows.rows;
    }

    /** Declares a column of each type that {@link Program} has not. */
    private static final class Others extends DoubleProgram {
        Others() {
            floatColumn("share", 0);
            booleanColumn("odd", false);
            doubleVectorColumn("place", 2, 0);
            longVectorColumn("path", 3, 0);
            objectColumn("name", Codecs.STRING, "");
            objectColumn("list", Codecs.LONGS, new long[0]);
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
        }
    }

    private List<String> others(String text, int shares) throws IOException {
        return rows(new VertexListSource(List.of(file("file", text))), shares, new Others().declarations().columns());
    }

    @Test
    void everyTypeButOtherObjectsIsRead() throws IOException {
        for (int shares = 1; shares < 5; shares++) {
            assertThat(others("id\tshare\todd\tplace\tpath\tname\n1\t0.1\ttrue\t.5 -Infinity\t1 2  -3\tA\\tb\\\\n \n"
                + "2\tNaN\t false\t 1 2 \t0 0 0\t\n", shares))
                .containsExactly("1 share=0.1 odd=true place=[0.5, -Infinity] path=[1, 2, -3] name=<A\tb\\n >",
                    "2 share=NaN odd=false place=[1.0, 2.0] path=[0, 0, 0] name=<>");
        }
    }

    @Test
    void textInQuotesMayHoldAnythingWhereverTheCutsFall() throws IOException {
        String text = "id;name;odd\r\n1;\"a;\"\"b\"\"\n# no comment\n\n2;c\r\n\";true\r\n3;plain \"text\";false\r\n4;;true";
        for (int shares = 1; shares < 30; shares++) {
            assertThat(others(text, shares)).containsExactly("1 name=<a;\"b\"\n# no comment\n\n2;c\r\n> odd=true",
                "3 name=<plain \"text\"> odd=false", "4 name=<> odd=true");
            // Nor is anything taken for a vertex that stands in a column passed over.
            var passing = new VertexListSource(List.of(file("file", text)), List.of("-", "odd"));
            assertThat(rows(passing, shares, new Others().declarations().columns()))
                .containsExactly("1 odd=true", "3 odd=false", "4 odd=true");
            assertThat(passing.duplicate(2)).hasMessageContaining("vertex 2 is named twice");
        }
    }

    static Stream<Arguments> faultsOfOthers() {
        return Stream.of(
            Arguments.of("id\tshare\n1\t1f\n", "file:2: column \"share\" holds numbers, was \"1f\""),
            Arguments.of("id\todd\n1\tTrue\n", "file:2: column \"odd\" holds true or false, was \"True\""),
            Arguments.of("id\tplace\n1\t1 2 3\n", "file:2: column \"place\" holds vectors of 2 numbers, parted by blanks, was \"1 2 3\""),
            Arguments.of("id\tplace\n1\t1 x\n", "file:2: column \"place\" holds vectors of 2 numbers, parted by blanks, was \"1 x\""),
            Arguments.of("id\tpath\n1\t1 2 .5\n", "file:2: column \"path\" holds vectors of 3 whole numbers of 64 bits, parted by"
                + " blanks, was \"1 2 .5\""),
            Arguments.of("id place\n1 1 2\n", "file:1: column \"place\" holds vectors, whose elements are parted by blanks; part the"
                + " columns by tabs, commas or semicolons"),
            Arguments.of("id,list\n1,2\n", "file:1: column \"list\" holds objects that no text tells; of objects only those with"
                + " Codecs.STRING can be read (--vertex-columns names a file's columns, with - for one to pass over)"),
            Arguments.of("id,name\n1,\"a\n2,b\n", "file:2: a quote is opened and not closed"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfOthers")
    void aFaultOfAnyTypeIsNamedWithItsFileAndLine(String text, String message) {
        for (int shares : new int[] {1, 3}) {
            assertThatThrownBy(() -> others(text, shares)).isInstanceOf(InputException.class).hasMessage(folder + "/" + message);
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path packed(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void everyLineBelongsToOneShareWhereverTheCutsFall() throws IOException {
        var text = new StringBuilder("id\tlabel\n");
        var expected = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            text.append(i % 7 == 0 ? "# a comment\n" : i % 5 == 0 ? "\n" : "").append(i * i).append('\t').append(i % 3 == 0 ? -i : 1000 * i)
                .append(i % 4 == 0 ? "\r\n" : "\n");
            expected.add(i * i + " label=" + (i % 3 == 0 ? -i : 1000 * i));
        }
        for (String end : List.of("", "\n", "\n\n# end")) {
            String whole = text.toString().stripTrailing() + end;
            var source = new VertexListSource(List.of(file("plain.tsv", whole)));
            for (int shares = 1; shares < 60; shares++) {
                assertThat(rows(source, shares)).as("%d shares", shares).isEqualTo(expected);
            }
            assertThat(rows(source, 5000)).isEqualTo(expected);
            assertThat(rows(new VertexListSource(List.of(packed("packed", whole))), 3)).isEqualTo(expected);
        }
    }

    @Test
    void eachFileHasItsOwnHeaderAndForm() throws IOException {
        var source = new VertexListSource(List.of(file("a.csv", "id,level,rank\n7,1,0.5\n"), packed("b.tsv.gz", "8\t0.25\t-3\n"),
            file("c.txt", "9\n"), file("d.tsv", "id\n10\n")));
        for (int shares = 1; shares < 6; shares++) {
            assertThat(rows(source, shares)).containsExactlyInAnyOrder("7 level=1 rank=0.5", "8 rank=0.25 label=-3", "9", "10");
        }
    }

    @Test
    void theCallersNamesCountMoreThanTheHeaders() throws IOException {
        Path file = file("people.tsv", "person\tname\tage\n7\tAda\t36\n");
        assertThat(rows(new VertexListSource(List.of(file), List.of("-", "level")), 2)).containsExactly("7 level=36");
        assertThat(rows(new VertexListSource(List.of(file("bare.tsv", "7 36")), List.of("label")), 1)).containsExactly("7 label=36");
    }

    @Test
    void infinitiesAndNothingAreWhatTheRowsOfARunSay() throws IOException {
        var source = new VertexListSource(List.of(file("rows.tsv", "1\tInfinity\n2\t-Infinity\n3\tNaN\n4\t1E-3\n5\t+.5\n")));
        assertThat(rows(source, 1)).containsExactly("1 rank=Infinity", "2 rank=-Infinity", "3 rank=NaN", "4 rank=0.001", "5 rank=0.5");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
            Arguments.of("", "file: names no vertex"),
            Arguments.of("# nothing\n\n", "file: names no vertex"),
            Arguments.of("id\trank\tcolour\n1\t2\t3\n", "file:1: the program has no column \"colour\"; it has [rank, label, level]"),
            Arguments.of("\n# x\nid\trank\trank\n1\t2\t3\n", "file:3: column \"rank\" is named twice"),
            Arguments.of("1\t2\t3\t4\t5\n", "file:1: has 4 columns after the id, and the program 3, [rank, label, level]; name them"),
            Arguments.of("1\t2\n2\n", "file:2: has 1 column, and the first line has 2"),
            Arguments.of("id\trank\n1\t2\n\n2\t3\t4\n", "file:4: has 3 columns, and the first line has 2"),
            Arguments.of("1\t2\nx\t3\n", "file:2: \"x\" is no vertex id; ids are whole numbers of 64 bits"),
            Arguments.of("9223372036854775808\t2\n", "file:1: \"9223372036854775808\" is no vertex id"),
            Arguments.of("1.5\t2\n", "file:1: \"1.5\" is no vertex id"),
            Arguments.of("1\t2\n2\thot\n", "file:2: column \"rank\" holds numbers, was \"hot\""),
            Arguments.of("1\t\t2\n", "file:1: column \"rank\" holds numbers, was \"\""),
            Arguments.of("1\t2d\n", "file:1: column \"rank\" holds numbers, was \"2d\""),
            Arguments.of("1\t0x1p3\n", "file:1: column \"rank\" holds numbers, was \"0x1p3\""),
            Arguments.of("id\tlabel\n1\t0.5\n", "file:2: column \"label\" holds whole numbers of 64 bits, was \"0.5\""),
            Arguments.of("id\tlevel\n1\t2147483648\n", "file:2: column \"level\" holds whole numbers of 32 bits, was \"2147483648\""));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsNamedWithItsFileAndLine(String text, String message) throws IOException {
        for (int shares : new int[] {1, 3}) {
            var plain = new VertexListSource(List.of(file("file", text)));
            assertThatThrownBy(() -> rows(plain, shares)).isInstanceOf(InputException.class).message()
                .startsWith(folder.resolve(message.substring(0, message.indexOf(' '))) + message.substring(message.indexOf(' ')));
            var packed = new VertexListSource(List.of(packed("file", text)));
            assertThatThrownBy(() -> rows(packed, shares)).isInstanceOf(InputException.class).message()
                .startsWith(folder.resolve(message.substring(0, message.indexOf(' '))) + message.substring(message.indexOf(' ')));
        }
    }

    @Test
    void namesThatDoNotFitTheFileAreRefused() throws IOException {
        Path file = file("file", "1\t2\t3\n");
        assertThatThrownBy(() -> rows(new VertexListSource(List.of(file), List.of("rank")), 1)).isInstanceOf(InputException.class)
            .hasMessage(file + ":1: has 2 columns after the id, and 1 are named: [rank]");
        assertThatThrownBy(() -> rows(new VertexListSource(List.of(file), List.of("rank", "heat")), 1)).isInstanceOf(InputException.class)
            .hasMessageContaining("no column \"heat\"");
        assertThatIllegalArgumentException().isThrownBy(() -> new VertexListSource(List.of())).withMessageContaining("at least one file");
    }

    @Test
    void whatIsNoFileIsRefusedAsForEdges() throws IOException {
        Path cutOff = packed("cut", "1\t2\n".repeat(10_000));
        Files.write(cutOff, Arrays.copyOf(Files.readAllBytes(cutOff), 60));
        for (var fault : List.of(List.of(folder, "is a folder"), List.of(folder.resolve("nowhere"), "no such file"),
            List.of(file("text.gz", "1\t2\n"), "is named .gz but holds no gzip data"), List.of(cutOff, "ends in the middle"),
            List.of(file("table.zip", "PK\3\4 1\t2\n"), "is compressed with zip"),
            List.of(Files.writeString(folder.resolve("wide"), "\uFEFF1\t2\n", StandardCharsets.UTF_16LE), "is UTF-16 text"))) {
            assertThatThrownBy(() -> rows(new VertexListSource(List.of((Path) fault.get(0))), 1)).isInstanceOf(InputException.class)
                .hasMessageContaining((String) fault.get(1));
        }
    }

    @Test
    void aVertexWithTwoLinesIsFoundAgain() throws IOException {
        var source = new VertexListSource(List.of(file("a", "id\trank\n3\t1\n4\t2\n"), packed("b", "5\t1\n4\t1\n4\t3\n")));
        assertThat(source.duplicate(4)).hasMessage(folder.resolve("b") + ":2: vertex 4 has a line already, " + folder.resolve("a")
            + ":3; keep one of them");
        assertThat(source.duplicate(17)).hasMessage("vertex 17 is named twice among the vertices; name each once");
    }
}
