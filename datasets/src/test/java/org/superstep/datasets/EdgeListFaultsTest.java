package org.superstep.datasets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.datasets.EdgeListOptions.WeightColumn;
import org.superstep.graph.Weights;
import org.superstep.graph.io.InputException;

class EdgeListFaultsTest {
    private static final String NEEDS_A_LINE = "an edge list needs at least one line \"source target\"";
    private static final String OR_WITHOUT = "correct it, or leave weights out (--weights none)";

    @TempDir
    Path folder;

    @Test
    void aMissingFile() {
        assertThat(fault(folder.resolve("none.tsv"))).isEqualTo(folder + "/none.tsv: no such file; check the path");
        assertThat(fault(Path.of("none.tsv")))
            .isEqualTo("none.tsv: no such file; check the path, which starts at " + Path.of("").toAbsolutePath());
    }

    @Test
    void aFolder() {
        assertThat(fault(folder)).isEqualTo(folder + ": is a folder; name the files in it");
    }

    @Test
    void aFileThatMayNotBeRead() throws IOException {
        var file = write("1 2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "the superuser reads everything");
        assertThat(fault(file)).isEqualTo(file + ": may not be read; check its permissions (ls -l)");
    }

    @Test
    void nothingInTheFile() throws IOException {
        assertThat(told("")).isEqualTo(": is empty; " + NEEDS_A_LINE);
        assertThat(told(EdgeListSourceTest.gzipped(""))).isEqualTo(": is empty; " + NEEDS_A_LINE);
        assertThat(told("\ufeff")).isEqualTo(": holds only comments and blank lines; " + NEEDS_A_LINE);
        assertThat(told("# one\n\n% two")).isEqualTo(": holds only comments and blank lines; " + NEEDS_A_LINE);
        assertThat(told(EdgeListSourceTest.gzipped("// one\n"))).isEqualTo(": holds only comments and blank lines; " + NEEDS_A_LINE);
        assertThat(told("# one\nfrom,to\n")).isEqualTo(": holds a header line but no edges; " + NEEDS_A_LINE);
    }

    @Test
    void oneColumn() throws IOException {
        String rest = " has one column; an edge needs two, source and target, separated by ";
        assertThat(told("1 2\n3\n")).isEqualTo(":2: \"3\"" + rest + "blanks or a tab (or name the separator: --separator)");
        assertThat(told("1 2\n3 \n")).isEqualTo(":2: \"3 \"" + rest + "blanks or a tab (or name the separator: --separator)");
        assertThat(told("1,2\n3,\n")).isEqualTo(":2: \"3,\"" + rest + "a comma (or name the separator: --separator)");
        assertThat(told("1,2\n3 4\n")).isEqualTo(":2: \"3 4\"" + rest + "a comma (or name the separator: --separator)");
        assertThat(told("1;2\n3,4")).isEqualTo(":2: \"3,4\"" + rest + "a semicolon (or name the separator: --separator)");
        assertThat(told("1\t2\nfour\n")).isEqualTo(":2: \"four\"" + rest + "blanks or a tab (or name the separator: --separator)");
        assertThat(told("1|2\n")).isEqualTo(":1: \"1|2\"" + rest + "blanks or a tab (or name the separator: --separator)");
        var forced = new EdgeListSource(List.of(write("1\t2\n3 4\n")), new EdgeListOptions(Optional.of('\t'), WeightColumn.AUTO));
        assertThat(fault(forced, Weights.IGNORED, 1)).endsWith(":2: \"3 4\"" + rest + "a tab (or name the separator: --separator)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "1.5", "1x", "-", "+", "--1", "0x10", "1e3", "\"1\"", "é"})
    void lettersInPlaceOfAnId(String id) throws IOException {
        assertThat(told("# c\n1 2\n" + id + " 4\n")).isEqualTo(":3: \"" + id + "\" is no vertex id; ids are whole numbers");
        assertThat(told("# c\r\n1 2\r\n4 " + id + "\r\n")).isEqualTo(":3: \"" + id + "\" is no vertex id; ids are whole numbers");
        assertThat(told("1,2,3\n4, " + id + " , 5\n")).isEqualTo(":2: \"" + id + "\" is no vertex id; ids are whole numbers");
    }

    @Test
    void anEmptyColumn() throws IOException {
        assertThat(told("1,2\n,4\n")).isEqualTo(":2: \"\" is no vertex id; ids are whole numbers");
        assertThat(told("1,2,3\n4,,5\n")).isEqualTo(":2: \"\" is no vertex id; ids are whole numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "+9223372036854775808", "99999999999999999999",
        "10000000000000000000000000"})
    void anIdOutOfRange(String id) throws IOException {
        String rest = "\" is out of range; ids are 64-bit numbers, -9223372036854775808 to 9223372036854775807";
        assertThat(told("1 2\n3 " + id)).isEqualTo(":2: vertex id \"" + id + rest);
        assertThat(told(id + "\t3\n")).isEqualTo(":1: vertex id \"" + id + rest);
        assertThat(told(id + "," + id + "\n")).isEqualTo(":1: vertex id \"" + id + rest);
    }

    @Test
    void offendingTextIsCutAndStaysOnOneLine() throws IOException {
        String rest = "\" is no vertex id; ids are whole numbers";
        assertThat(told("1 2\n" + "x".repeat(60) + " 3\n")).isEqualTo(":2: \"" + "x".repeat(40) + "..." + rest);
        assertThat(told("1,2\n3,\u00074\t5\r6,7\n")).isEqualTo(":2: \"?4\\t5\\r6" + rest);
        assertThat(told("1 2\n" + "x".repeat(39) + "é 3\n")).isEqualTo(":2: \"" + "x".repeat(39) + "..." + rest);
    }

    @ParameterizedTest
    @CsvSource({"abc,is no number", "1d,is no number", "0x1p3,is no number", "1e,is no number", "1.2.3,is no number", ".,is no number",
        "-,is no number", "NaN,is not finite", "nan,is not finite", "Infinity,is not finite", "-inf,is not finite", "1e999,is not finite",
        "-1e999,is not finite"})
    void aWeightThatIsNoFiniteNumber(String weight, String what) throws IOException {
        var file = write("1 2 3\n4 5 " + weight + "\n");
        assertThat(fault(source(file), Weights.OPTIONAL, 1)).isEqualTo(file + ":2: weight \"" + weight + "\" " + what + "; " + OR_WITHOUT);
        assertThat(DrainedEdges.of(source(file), Weights.IGNORED).edges()).containsExactly("1 2", "4 5");
    }

    @Test
    void aWeightThatTheProgramDoesNotTake() throws IOException {
        var file = write("1\t2\t0\n4\t5\t-3\n");
        assertThat(fault(source(file), Weights.OPTIONAL.atLeast(0), 1))
            .isEqualTo(file + ":2: weight -3 is negative; the program takes weights of at least 0");
        assertThat(fault(source(file), Weights.OPTIONAL.atLeast(0.5), 1))
            .isEqualTo(file + ":1: weight 0 is too small; the program takes weights of at least 0.5");
        assertThat(fault(source(file), Weights.OPTIONAL.atLeast(1), 1))
            .isEqualTo(file + ":1: weight 0 is too small; the program takes weights of at least 1");
        assertThat(DrainedEdges.of(source(file), Weights.OPTIONAL.atLeast(-3)).edges()).containsExactly("1 2 0.0", "4 5 -3.0");
    }

    @Test
    void aMissingWeight() throws IOException {
        String rest = "\" has no weight in column 3, which other lines have; add it, or leave weights out (--weights none)";
        assertThat(told("1 2 3\n4 5\n")).isEqualTo(":2: \"4 5" + rest);
        assertThat(told("1,2\n4,5,6\n")).isEqualTo(":1: \"1,2" + rest);
        assertThat(told("1,2,3\n4,5,,7\n")).isEqualTo(":2: \"4,5,,7" + rest);
    }

    @Test
    void weightsThatTheProgramNeeds() throws IOException {
        var file = write("1 2\n");
        assertThat(fault(source(file), Weights.REQUIRED, 1))
            .isEqualTo(file + ": has no third column, but the program needs weights; add them: \"source target weight\"");
        var off = new EdgeListSource(List.of(file), new EdgeListOptions(Optional.empty(), WeightColumn.NONE));
        assertThat(fault(off, Weights.REQUIRED, 1))
            .isEqualTo("the program needs weights, but they are turned off; leave out --weights none");
    }

    @Test
    void oneFileWithWeightsAndOneWithout() throws IOException {
        var with = Files.writeString(folder.resolve("with"), "1 2 3\n");
        var without = Files.writeString(folder.resolve("without"), "1 2\n");
        var both = new EdgeListSource(List.of(with, without), EdgeListOptions.AUTO);
        assertThat(fault(both, Weights.OPTIONAL, 1)).isEqualTo(without + ": has no weights, but " + with
            + " has; add a third column, or leave weights out (--weights none)");
        assertThat(DrainedEdges.of(both, Weights.IGNORED).edges()).containsExactly("1 2", "1 2");
    }

    @Test
    void aGzipFileCutOffAnywhere() throws IOException {
        byte[] whole = EdgeListSourceTest.gzipped(randomLines(500));
        String told = ": ends in the middle of its compressed data; download or copy it again";
        for (int length = 3; length < whole.length; length += length < 40 || length > whole.length - 20 ? 1 : 97) {
            assertThat(told(Arrays.copyOf(whole, length))).as("%d of %d bytes", length, whole.length).isEqualTo(told);
        }
    }

    @Test
    void aGzipFileWithFlippedBits() throws IOException {
        byte[] whole = EdgeListSourceTest.gzipped(randomLines(500));
        var random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            byte[] flipped = whole.clone();
            // Neither in the ten bytes of the header nor in the last byte of data, of which some bits mean nothing.
            int at = random.nextInt(10, flipped.length - 1);
            flipped[at < flipped.length - 9 ? at : at + 1] ^= (byte) (1 << random.nextInt(8));
            // A flipped bit may also spoil a line before the sum is checked, or make the data seem to go on.
            assertThat(told(flipped)).as("flip %d", i).matches(": (its compressed data is damaged|ends in the middle of its compressed "
                + "data); download or copy it again|:\\d+: (?s).*");
        }
    }

    @Test
    void whatFollowsAGzipMemberMustBeOne() throws IOException {
        byte[] whole = EdgeListSourceTest.gzipped("1 2\n");
        byte[] more = Arrays.copyOf(whole, whole.length + 3);
        System.arraycopy("3 4".getBytes(ISO_8859_1), 0, more, whole.length, 3);
        assertThat(told(more)).isEqualTo(": its compressed data is damaged; download or copy it again");
    }

    @Test
    void plainTextThatIsNamedGz() throws IOException {
        var file = Files.writeString(folder.resolve("edges.tsv.GZ"), "1 2\n");
        assertThat(fault(file)).isEqualTo(file + ": is named .gz but holds no gzip data; rename it, or compress it with gzip");
    }

    @Test
    void otherEncodingsAndCompressions() throws IOException {
        assertThat(told("1 2\n".getBytes(UTF_16))).isEqualTo(": is UTF-16 text; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)");
        assertThat(told("1 2\r3 4\r")).isEqualTo(": its lines end in carriage returns alone; convert them (tr '\\r' '\\n')");
        assertThat(told(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2}))
            .isEqualTo(": is compressed with zstd; unpack it, or compress it with gzip instead");
        assertThat(told("BZh91AY")).isEqualTo(": is compressed with bzip2; unpack it, or compress it with gzip instead");
        assertThat(told("PK\u0003\u0004")).isEqualTo(": is compressed with zip; unpack it, or compress it with gzip instead");
    }

    @Test
    void matrixMarketIsNoEdgeList() throws IOException {
        assertThat(told("%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n1 2\n2 3\n"))
            .isEqualTo(": is a Matrix Market file, which is not read yet; make an edge list of it"
                + " (grep -v '^%' FILE | tail -n +2 > EDGES)");
    }

    @Test
    void samplingLeavesAnEndlessLineToReading() throws IOException {
        var endless = new byte[EdgeFile.LONGEST_LINE + 100];
        Arrays.fill(endless, (byte) '7');
        System.arraycopy("1 2\n".getBytes(UTF_8), 0, endless, 0, 4);
        Path file = Files.write(folder.resolve("endless"), endless);
        try (var reader = source(file).open(0, 1, Weights.IGNORED)) {
            assertThat(reader.sample()).hasValueSatisfying(sample -> assertThat(sample.sources()).containsOnly(1));
        }
    }

    @Test
    void aFileWithoutLineEnds() throws IOException {
        var endless = new byte[EdgeFile.LONGEST_LINE * 2 + 100];
        Arrays.fill(endless, (byte) 'x');
        System.arraycopy("1 2 3\n4 5 6 ".getBytes(UTF_8), 0, endless, 0, 12);
        assertThat(told(endless)).isEqualTo(":2: the line is longer than 16 MB; an edge list has one edge a line");
        assertThat(told(EdgeListSourceTest.gzipped(new String(endless, UTF_8))))
            .isEqualTo(":2: the line is longer than 16 MB; an edge list has one edge a line");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theEarliestFaultIsToldForAnyNumberOfThreads(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var lines = new ArrayList<>(Arrays.asList(randomLines(3000).split("\n")));
        int earliest = Integer.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            int line = random.nextInt(lines.size());
            lines.set(line, "bad" + line);
            earliest = Math.min(earliest, line);
        }
        String text = String.join("\n", lines);
        byte[] gzip = EdgeListSourceTest.gzipped(text);
        var files = List.of(Files.writeString(folder.resolve("plain"), text), Files.write(folder.resolve("whole.gz"), gzip),
            Files.write(folder.resolve("cut.gz"), Arrays.copyOf(gzip, gzip.length - 5)));
        var good = Files.write(folder.resolve("good.gz"), EdgeListSourceTest.gzipped(randomLines(5000)));
        for (var file : files) {
            for (var input : List.of(List.of(file), List.of(good, file, files.get(0), files.get(1)))) {
                for (int threads : new int[] {1, 2, 3, 8}) {
                    var source = new EdgeListSource(input, EdgeListOptions.AUTO, 500, 200);
                    assertThat(fault(source, Weights.OPTIONAL, threads)).as("seed %d, %d threads", seed, threads)
                        .startsWith(file + ":" + (earliest + 1) + ": \"bad" + earliest + "\" has one column");
                }
            }
        }
    }

    @Test
    void aSinkThatFailsStopsTheOtherThreads() throws IOException {
        var source = new EdgeListSource(List.of(write(randomLines(1000))), EdgeListOptions.AUTO, 100, 100);
        try (var reader = source.open(0, 1, Weights.IGNORED)) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> reader.read(batch -> {
                throw new IllegalStateException("full");
            }, (bytes, edges) -> {
            }));
            reader.read(batch -> {
                throw new AssertionError("nothing is left to claim");
            }, (bytes, edges) -> {
            });
        }
    }

    private static String randomLines(int count) {
        var random = new SplittableRandom(count);
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(100_000)).append('\t').append(random.nextInt(1000)).append('\n');
        }
        return text.toString();
    }

    private String told(String text) throws IOException {
        return told(text.getBytes(UTF_8));
    }

    /** What follows the file's name in the message, for a program that takes weights. */
    private String told(byte[] content) throws IOException {
        var file = Files.write(folder.resolve("edges"), content);
        String message = fault(file);
        assertThat(message).startsWith(file.toString()).doesNotContain("\n");
        return message.substring(file.toString().length());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("edges"), text);
    }

    private static EdgeListSource source(Path file) {
        return new EdgeListSource(List.of(file), EdgeListOptions.AUTO);
    }

    private static String fault(Path file) {
        return fault(source(file), Weights.OPTIONAL, 2);
    }

    private static String fault(EdgeListSource source, Weights weights, int threads) {
        try {
            DrainedEdges.of(source, weights, 1, threads);
        } catch (InputException e) {
            return e.getMessage();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("the input was taken");
    }
}
