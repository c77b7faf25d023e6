package org.superstep.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.datasets.EdgeListOptions.WeightColumn;
import org.superstep.graph.Weights;

class EdgeListSourceTest {
    private static final EdgeListOptions WITHOUT_WEIGHTS = new EdgeListOptions(Optional.empty(), WeightColumn.NONE);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1\t2\n3\t4\n", "1 2\n3 4\n", "1,2\n3,4\n", "1;2\n3;4\n", "1   2\n3 \t 4\n", "1, 2\n3 ,4\n",
        "1\t;\t2\n3;4\n"})
    void separatorsAreFoundOut(String text) throws IOException {
        assertThat(edges(text)).containsExactly("1 2", "3 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2\r\n3 4\r\n", "1 2\n3 4", "1 2\r\n3 4\r",
        "\n\n1 2\n\n \t \n3 4\n\r\n\n", "  1 2  \n\t3 4\t\n", "\ufeff1 2\n3 4\n",
        "# one\n% two\n// three\n  # four\n1 2\n# five\n3 4\n//six", "\ufeff# marked\n1 2\n3 4\n", "1 2 some words\n3 4 # others\n",
        "1 2 5 6 7\n3 4\n"})
    void lineEndsCommentsBlanksAndFurtherColumnsArePassedOver(String text) throws IOException {
        assertThat(edges(text)).containsExactly("1 2", "3 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source,target\n1,2\n3,4\n", "from;to\n1;2\n3;4\n", "a\tb\tc\n1\t2\n3\t4\n",
        "# comment\nfrom id,to id\n1,2\n3,4\n",
        "\"Source\",\"Target\",\"Weight\"\n1,2\n3,4\n", "\ufeffid_1,id_2\r\n1,2\r\n3,4\r\n",
        "from id\tto id\n1 2\n3 4\n"})
    void headerLinesAreSkippedAndSaid(String text) throws IOException {
        var drained = drain(text, Weights.IGNORED);
        assertThat(drained.edges()).containsExactly("1 2", "3 4");
        assertThat(drained.description()).contains(", header line skipped");
    }

    @Test
    void idsAreAllSigned64BitNumbers() throws IOException {
        assertThat(edges("9223372036854775807 -9223372036854775808\n-0 +5\n-7 0000000000000000000000012\n"
            + "999999999999999999 1000000000000000000\n"))
            .containsExactlyInAnyOrder("9223372036854775807 -9223372036854775808", "0 5", "-7 12",
                "999999999999999999 1000000000000000000");
    }

    @Test
    void theThirdColumnIsTheWeightOfAProgramThatWantsWeights() throws IOException {
        String text = "1\t2\t0.5\n3\t4\t-7\n5\t6\t1e-3\n7\t8\t+.25 \n9\t10\t4.\textra\n11\t12\t0.1\r\n"
            + "13\t14\t123456789012345678901234567890\n";
        var drained = drain(text, Weights.OPTIONAL);
        assertThat(drained.edges()).containsExactlyInAnyOrder("1 2 0.5", "3 4 -7.0", "5 6 0.001", "7 8 0.25", "9 10 4.0", "11 12 0.1",
            "13 14 1.2345678901234568E29");
        assertThat(drained.weighted()).isTrue();
        assertThat(drained.description()).isEqualTo("tab-separated edges, weight from column 3");
        assertThat(drain(text, Weights.REQUIRED).edges()).isEqualTo(drained.edges());
        assertThat(drain(text, Weights.IGNORED).description()).isEqualTo("tab-separated edges, columns after the second ignored");
        assertThat(drain(text, Weights.IGNORED).weighted()).isFalse();
    }

    @Test
    void weightsMayBeTurnedOff() throws IOException {
        var drained = DrainedEdges.of(source(WITHOUT_WEIGHTS, write("a.csv", "1,2,three\n4,5\n")), Weights.OPTIONAL);
        assertThat(drained.edges()).containsExactly("1 2", "4 5");
        assertThat(drained.description()).isEqualTo("comma-separated edges, each edge weighs 1 (column 3 is ignored)");
    }

    @Test
    void anEdgeWithoutWeightWeighsOneWhichIsSaid() throws IOException {
        var drained = drain("1 2\n", Weights.OPTIONAL);
        assertThat(drained.weighted()).isFalse();
        assertThat(drained.description()).isEqualTo("blank-separated edges, each edge weighs 1 (there is no column 3)");
    }

    @Test
    void aSeparatorMayBeForced() throws IOException {
        var pipe = new EdgeListOptions(Optional.of('|'), WeightColumn.AUTO);
        assertThat(DrainedEdges.of(source(pipe, write("a", "1|2\n3 | 4\n")), Weights.IGNORED).edges()).containsExactly("1 2", "3 4");
        var tab = new EdgeListOptions(Optional.of('\t'), WeightColumn.AUTO);
        assertThat(DrainedEdges.of(source(tab, write("b", "1\t2\n3\t 4\n")), Weights.IGNORED).edges()).containsExactly("1 2", "3 4");
        var blank = new EdgeListOptions(Optional.of(' '), WeightColumn.AUTO);
        assertThat(DrainedEdges.of(source(blank, write("c", "1\t2\n3  4\n")), Weights.IGNORED).edges()).containsExactly("1 2", "3 4");
    }

    @ParameterizedTest
    @ValueSource(chars = {'5', 'e', '-', '.', '#', '\n', 'ä', '"'})
    void aSeparatorThatMayBePartOfANumberOrCommentIsRefused(char separator) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EdgeListOptions(Optional.of(separator), WeightColumn.AUTO))
            .withMessage("the separator must be a tab, a blank or a sign such as , ; | or :, was '" + separator
                + "'; leave it out to have it found from the file");
    }

    @Test
    void eachFileMayHaveItsOwnForm() throws IOException {
        var files = List.of(write("a.csv", "from,to,w\n1,2,3\n"), gzip("b.txt.gz", "# b\n4 5 6\n"), gzip("c", "7;8;9"));
        var drained = DrainedEdges.of(new EdgeListSource(files, EdgeListOptions.AUTO), Weights.OPTIONAL, 1, 2);
        assertThat(drained.edges()).containsExactly("1 2 3.0", "4 5 6.0", "7 8 9.0");
        assertThat(drained.description()).isEqualTo("3 files of comma-separated and blank-separated and semicolon-separated edges, "
            + "2 of them compressed, header line skipped in 1, weight from column 3");
    }

    @Test
    void progressAddsUpToAllBytesAndEdges() throws IOException {
        var text = new StringBuilder("a,b\n");
        for (int i = 0; i < 1000; i++) {
            text.append(i).append(',').append(i * i).append('\n');
        }
        for (var file : List.of(write("a.csv", text.toString()), gzip("a.csv.gz", text.toString()))) {
            for (int shares : new int[] {1, 2, 5}) {
                var source = new EdgeListSource(List.of(file), EdgeListOptions.AUTO, 1000, 300);
                var drained = DrainedEdges.of(source, Weights.IGNORED, shares, 2);
                assertThat(drained.edges()).hasSize(1000);
                assertThat(drained.bytes()).isEqualTo(Files.size(file));
                assertThat(drained.toldBytes()).isEqualTo(Files.size(file));
                assertThat(drained.toldEdges()).isEqualTo(1000);
            }
        }
    }

    @Test
    void severalGzipMembersAreOneText() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(gzipped("1 2\n3 "));
        bytes.write(gzipped(""));
        bytes.write(gzipped("4\n5 6"));
        bytes.write(new byte[512]);
        var file = Files.write(folder.resolve("m.gz"), bytes.toByteArray());
        assertThat(DrainedEdges.of(source(EdgeListOptions.AUTO, file), Weights.IGNORED).edges())
            .containsExactly("1 2", "3 4", "5 6");
    }

    @Test
    void longLinesAreReadWhole() throws IOException {
        String comment = "#" + "x".repeat(100_000);
        String text = comment + "\n1 2" + " y".repeat(70_000) + "\n" + comment + "\n3 4\n" + comment;
        for (var file : List.of(write("long", text), gzip("long.gz", text))) {
            for (int buffer : new int[] {16, 1000, 1 << 20}) {
                var source = new EdgeListSource(List.of(file), EdgeListOptions.AUTO, 30_000, buffer);
                assertThat(DrainedEdges.of(source, Weights.IGNORED, 2, 2).edges()).containsExactly("1 2", "3 4");
            }
        }
    }

    @Test
    void aSmallFileIsSampledWhole() throws IOException {
        try (var reader = source(EdgeListOptions.AUTO, write("a", "1 2\nbad\n3 4\n")).open(0, 1, Weights.IGNORED)) {
            var sample = reader.sample().orElseThrow();
            assertThat(sample.estimatedEdges()).isEqualTo(2);
            assertThat(sample.sources()).containsExactly(1, 3);
            assertThat(sample.targets()).containsExactly(2, 4);
        }
    }

    @Test
    void aSampleOfALargeFileIsSmallAndItsEstimateIsNear() throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < 500_000; i++) {
            text.append(i).append('\t').append(1_000_000 - i).append('\n');
        }
        var file = write("large", text.toString());
        for (int shares : new int[] {1, 3}) {
            long estimate = 0;
            for (int share = 0; share < shares; share++) {
                try (var reader = source(EdgeListOptions.AUTO, file).open(share, shares, Weights.OPTIONAL)) {
                    var sample = reader.sample().orElseThrow();
                    estimate += sample.estimatedEdges();
                    assertThat(sample.sources().length).isBetween(10_000, 100_000);
                    assertThat(sample.sources()[sample.sources().length - 1]).isGreaterThan(sample.sources()[0] + 50_000);
                    for (int i = 0; i < sample.sources().length; i++) {
                        assertThat(sample.sources()[i] + sample.targets()[i]).isEqualTo(1_000_000);
                    }
                }
            }
            assertThat(estimate).isBetween(495_000L, 505_000L);
        }
    }

    @Test
    void aCompressedFileIsNotSampled() throws IOException {
        var source = new EdgeListSource(List.of(write("a", "1 2\n"), gzip("b.gz", "1 2\n")), EdgeListOptions.AUTO);
        try (var all = source.open(0, 1, Weights.IGNORED); var plainOnly = source.open(0, 2, Weights.IGNORED)) {
            assertThat(all.sample()).isEmpty();
            assertThat(plainOnly.sample()).isPresent();
        }
    }

    @Test
    void aShareMayHoldNothing() throws IOException {
        try (var reader = source(EdgeListOptions.AUTO, write("a", "1 2\n")).open(4, 5, Weights.IGNORED)) {
            assertThat(reader.bytes()).isZero();
            assertThat(reader.sample().orElseThrow().estimatedEdges()).isZero();
        }
    }

    private List<String> edges(String text) throws IOException {
        return drain(text, Weights.IGNORED).edges();
    }

    private DrainedEdges drain(String text, Weights weights) throws IOException {
        return DrainedEdges.of(source(EdgeListOptions.AUTO, write("edges.txt", text)), weights);
    }

    private static EdgeListSource source(EdgeListOptions options, Path file) {
        return new EdgeListSource(List.of(file), options);
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(UTF_8));
    }

    private Path gzip(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), gzipped(text));
    }

    static byte[] gzipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
