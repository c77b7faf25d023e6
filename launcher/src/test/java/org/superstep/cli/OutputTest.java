package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.Superstep;
import org.superstep.graph.io.PartFile;

/** Where rows, tables and summaries go, and that a file appears whole or not at all. */
final class OutputTest {
    private static final Engine NEVER = (program, graph, options) -> {
        throw new AssertionError("nothing may be computed");
    };

    @TempDir Path folder;
    private String input;
    private Path output;

    @BeforeEach void writeAGraph() throws IOException {
        input = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n3\t1\n4\t1\n").toString();
        output = folder.resolve("out");
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test void rowsGoToTheFileAndTheTableToStandardOutput() throws IOException {
        var session = Session.of("run", "bfs", "--source", "4", "--input", input, "--output", output.toString());
        assertThat(session.status()).isZero();
        assertThat(output).hasContent("id\tlevel\n1\t1\n2\t2\n3\t3\n4\t0\n");
        assertThat(session.out()).isEqualTo("""
            level  vertices
                0         1
                1         1
                2         1
                3         1
            """);
        assertThat(session.err()).contains("4 vertices", "4 edges", "supersteps", "load ", "compute ", "write ",
            "ns per edge and superstep", "memory", output.toString());
        assertThat(files()).containsExactly("graph.tsv", "out");
    }

    @Test void isolatedVerticesAndFirstValuesComeFromAFileOfTheirOwn() throws IOException {
        Path vertices = Files.writeString(folder.resolve("vertices.tsv"), "person\tname\n17\tAda\n-3\tGrace\n2\tEdsger\n");
        var session = Session.of("run", "bfs", "--source", "17", "--input", input, "--vertices", vertices.toString(), "--vertex-columns",
            "-", "--output", output.toString(), "--report", folder.resolve("report").toString());
        assertThat(session.status()).isZero();
        assertThat(output).hasContent("id\tlevel\n-3\t-1\n1\t-1\n2\t-1\n3\t-1\n4\t-1\n17\t0\n");
        assertThat(session.err()).contains("\nvertices vertices.tsv\ngraph    6 vertices, 4 edges");
        assertThat(folder.resolve("report")).content().contains("\"vertexPaths\"", "vertices.tsv");
    }

    @Test void filesThatAreNamedLikePartsAreNotTouched() throws IOException {
        Path other = Files.writeString(folder.resolve("out.part"), "somebody else's");
        Path link = Files.createSymbolicLink(folder.resolve("out.part1"), other);
        assertThat(Session.of("run", "wcc", "--input", input, "--output", output.toString(), "--workers-in-process", "2").status())
            .isZero();
        assertThat(other).hasContent("somebody else's");
        assertThat(link).isSymbolicLink();
        assertThat(files()).containsExactly("graph.tsv", "out", "out.part", "out.part1");
    }

    @Test void anOldOutputsPermissionsAreKept() throws IOException {
        var secret = java.nio.file.attribute.PosixFilePermissions.fromString("rw-------");
        Files.writeString(output, "old");
        Files.setPosixFilePermissions(output, secret);
        assertThat(Session.of("run", "wcc", "--input", input, "--output", output.toString()).status()).isZero();
        assertThat(Files.getPosixFilePermissions(output)).isEqualTo(secret);
        assertThat(output).content().startsWith("id\tcomponent\n");
    }

    @Test void theOutputsNameDecidesItsFormatUnlessToldOtherwise() {
        Path csv = folder.resolve("rows.csv");
        assertThat(Session.of("run", "wcc", "--input", input, "--output", csv.toString()).status()).isZero();
        assertThat(csv).content().startsWith("id,component\n");
        assertThat(Session.of("run", "wcc", "--input", input, "--output", csv.toString(), "--output-format", "tsv").status()).isZero();
        assertThat(csv).content().startsWith("id\tcomponent\n");
    }

    @Test void quietMeansNothingOnStandardError() {
        var session = Session.of("run", "bfs", "--source", "4", "--input", input, "--quiet", "--top", "0");
        assertThat(session).isEqualTo(new Session(0, "", ""));
    }

    @Test void standardOutputHoldsOnlyRowsWhereRowsGoThere() {
        var session = Session.of("run", "bfs", "--source", "4", "--input", input, "--output", "-");
        assertThat(session.out()).isEqualTo("id\tlevel\n1\t1\n2\t2\n3\t3\n4\t0\n");
        assertThat(session.err()).startsWith("level  vertices\n").contains("4 vertices, 4 edges");
    }

    @ParameterizedTest @ValueSource(strings = {"tsv", "csv", "jsonl"})
    void everyFormatIsTheSameInAFileAndOnStandardOutput(String format) throws IOException {
        var streamed = Session.of("run", "pagerank", "--input", input, "--output", "-", "--output-format", format);
        var filed = Session.of("run", "pagerank", "--input", input, "--output", output.toString(), "--output-format", format);
        assertThat(streamed.status() + filed.status()).isZero();
        assertThat(Files.readString(output)).isEqualTo(streamed.out()).startsWith(switch (format) {
            case "tsv" -> "id\trank\n1\t0.";
            case "csv" -> "id,rank\n1,0.";
            default -> "{\"id\":1,\"rank\":0.";
        });
        assertThat(streamed.out().lines()).hasSize(format.equals("jsonl") ? 4 : 5);
    }

    @Test void theTableHasAsManyRowsAsAskedFor() {
        var session = Session.of("run", "pagerank", "--input", input, "--top", "2", "--quiet");
        assertThat(session.out().lines()).hasSize(3).first().isEqualTo("#  vertex      rank");
    }

    @Test void aFailedRunLeavesNothing() throws IOException {
        Files.writeString(folder.resolve("bad.tsv"), "1\t2\n2\n");
        var session = Session.of("run", "pagerank", "--input", folder.resolve("bad.tsv").toString(), "--output", output.toString());
        assertThat(session.status()).isEqualTo(2);
        assertThat(files()).containsExactly("bad.tsv", "graph.tsv");
    }

    @Test void aFailedRunDestroysNoOldOutput() throws IOException {
        Files.writeString(output, "precious");
        Files.writeString(folder.resolve("bad.tsv"), "1\t2\n2\n");
        var session = Session.of("run", "pagerank", "--input", folder.resolve("bad.tsv").toString(), "--output", output.toString());
        assertThat(session.status()).isEqualTo(2);
        assertThat(output).hasContent("precious");
        assertThat(files()).containsExactly("bad.tsv", "graph.tsv", "out");
    }

    @Test void aSuccessfulRunReplacesAnOldOutput() throws IOException {
        Files.writeString(output, "outdated");
        assertThat(Session.of("run", "bfs", "--source", "4", "--input", input, "--output", output.toString()).status()).isZero();
        assertThat(Files.readString(output)).startsWith("id\tlevel\n");
    }

    @Test void aLinkToAnOutputStaysALink() throws IOException {
        Files.writeString(output, "outdated");
        Path link = Files.createSymbolicLink(folder.resolve("link"), output);
        var session = Session.of("run", "bfs", "--source", "4", "--input", input, "--output", link.toString());
        assertThat(session.status()).isZero();
        assertThat(session.err()).as("named as the user does").contains("output   " + link + ", ");
        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(output)).startsWith("id\tlevel\n");
    }

    @Test void aDeviceIsWrittenAndNotReplaced() {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.exists(device));
        assertThat(Session.of("run", "bfs", "--source", "4", "--input", input, "--output", "/dev/null").status()).isZero();
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    @Test void aRunThatIsCutAtItsLimitWritesOnlyIfAsked() throws IOException {
        var path = Files.writeString(folder.resolve("path.tsv"), "1\t2\n2\t3\n3\t4\n").toString();
        var rows = folder.resolve("rows.tsv");
        var words = List.of("run", "bfs", "--source", "1", "--input", path, "--max-supersteps", "2", "--output", rows.toString());
        String fault = "superstep: bfs has not halted after 2 supersteps, the limit: 0 vertices are awake and 1 message in flight; raise"
            + " --max-supersteps, or let vertices halt";
        var failed = Session.of(words.toArray(new String[0]));
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.faults()).containsExactly(fault);
        assertThat(rows).doesNotExist();

        var asked = new ArrayList<>(words);
        asked.addAll(List.of("--partial-output", "--report", folder.resolve("report.json").toString()));
        var cut = Session.of(asked.toArray(new String[0]));
        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.faults()).endsWith(fault).anyMatch(line -> line.startsWith("run      2 supersteps") && line.contains("; cut there"));
        assertThat(rows).hasContent("id\tlevel\n1\t0\n2\t1\n3\t-1\n4\t-1\n");
        assertThat(folder.resolve("report.json")).content().contains("\"cut\" : \"bfs has not halted after 2 supersteps");
        assertThat(cut.out()).isNotEmpty();
    }

    @Test void tracesGoToStandardErrorAndChangeNoRow() throws IOException {
        var path = Files.writeString(folder.resolve("path.tsv"), "-1\t2\n2\t3\n").toString();
        var words = List.of("run", "bfs", "--source", "-1", "--input", path, "--output", "-");
        var plain = Session.of(words.toArray(new String[0]));
        var asked = new ArrayList<>(words);
        asked.addAll(List.of("--trace-vertex", "-1,3,77", "--trace-supersteps", "0-1"));
        var traced = Session.of(asked.toArray(new String[0]));
        assertThat(traced.status()).isZero();
        assertThat(traced.out()).isEqualTo(plain.out());
        assertThat(traced.err()).contains("input    path.tsv");
        asked.add("--quiet");
        assertThat(Session.of(asked.toArray(new String[0])).err()).isEqualTo("""
            vertex 77 is to be traced, but is none of the graph so far
            superstep 0, vertex -1
                received    none
                state       level = -1
                becomes     level = 0 (was -1)
                broadcasts  0 to 1 neighbour
                halts       for good
            superstep 0, vertex 3
                received    none
                state       level = -1
                halts       until a message comes
            """);
    }

    @Test void aDeviceThatIsFullIsAFailure() {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        var session = Session.of("run", "bfs", "--source", "4", "--input", input, "--output", "/dev/full", "--quiet");
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.err()).isEqualTo("superstep: /dev/full: No space left on device\n");
    }

    @Test void aReportForWhichThereIsNoRoomIsNamed() {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        var session = Session.of("run", "bfs", "--source", "4", "--input", input, "--report", "/dev/full", "--quiet", "--top", "0");
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.err()).isEqualTo("superstep: /dev/full: No space left on device\n");
    }

    @Test void aFolderThatDoesNotExistIsFoundOutBeforeTheComputation() {
        for (String option : List.of("--output", "--report")) {
            var session = Session.with(NEVER, "run", "pagerank", "--input", input, option, folder.resolve("no/such").toString());
            assertThat(session.status()).isEqualTo(2);
            assertThat(session.faults()).singleElement().asString()
                .startsWith("superstep: " + option).contains("there is no folder " + folder.resolve("no"), "mkdir -p");
        }
    }

    @Test void aFolderThatCannotBeWrittenIsFoundOutBeforeTheComputation() throws IOException {
        // Root may write into every folder, except where the kernel itself says no.
        Path shut = Path.of("/proc");
        if (!Files.isDirectory(shut)) {
            shut = Files.createDirectory(folder.resolve("shut"));
            assertThat(shut.toFile().setWritable(false)).isTrue();
        }
        var session = Session.with(NEVER, "run", "pagerank", "--input", input, "--output", shut.resolve("out.tsv").toString());
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.faults()).singleElement().asString()
            .contains(shut.resolve("out.tsv").toString(), "no file can be written there");
    }

    @Test void outputsThatWouldDestroySomethingAreRefused() throws IOException {
        assertThat(Session.with(NEVER, "run", "pagerank", "--input", input, "--output", folder.toString()).err())
            .contains("the folder holds graph.tsv already; name another, or empty it");
        assertThat(Session.with(NEVER, "run", "pagerank", "--input", input, "--report", folder + "/new/").err())
            .contains("is a folder; name a file in it");
        assertThat(Session.with(NEVER, "run", "pagerank", "--input", input, "--output", input + "/").err())
            .contains("is a file; name a folder, or leave out the / at the end");
        assertThat(Session.with(NEVER, "run", "pagerank", "--input", input, "--output", input).err()).contains("would replace the input");
        assertThat(Session.with(NEVER, "run", "pagerank", "--input", input, "--output", "./" + output, "--report", output.toString()).err())
            .contains("superstep: --output");
        assertThat(Session.with(NEVER, "run", "pagerank", "--input", input, "--output", output.toString(), "--report", output.toString())
            .err()).contains("name the same file");
        assertThat(Session.with(NEVER, "run", "pagerank", "--input", input, "--output", input + "/x").err()).contains("is not a folder");
        assertThat(Files.readString(Path.of(input))).startsWith("1\t2\n");
        assertThat(files()).containsExactly("graph.tsv");
    }

    @Test void failuresAreOneLineWithStatusOne() {
        assertThat(Session.with((program, graph, options) -> {
            throw new JobException("worker 2 is gone", null);
        }, "run", "pagerank", "--input", input)).isEqualTo(new Session(1, "", "superstep: worker 2 is gone\n"));
        assertThat(Session.with((program, graph, options) -> {
            throw new IllegalStateException("surprise\nin two lines");
        }, "run", "pagerank", "--input", input).faults()).singleElement().asString()
            .contains("java.lang.IllegalStateException: surprise in two lines", "--verbose");
    }

    @Test void outOfMemorySaysHowToGiveMore() {
        var session = Session.with((program, graph, options) -> {
            throw new OutOfMemoryError("Java heap space");
        }, "run", "pagerank", "--input", input);
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.faults()).singleElement().asString().contains("out of memory", "SUPERSTEP_HEAP=", "--threads");
    }

    @Test void anInterruptionRemovesPartFiles() throws IOException {
        var console = new Console(OutputStream.nullOutputStream(), System.err, false);
        var interruption = new Interruption(console);
        interruption.watch(Destination.of("output", output.toString()));
        interruption.watch(Destination.of("output", "-"));
        Files.writeString(PartFile.of(output, 0), "half");
        Files.writeString(output, "old");
        interruption.run();
        assertThat(files()).containsExactly("graph.tsv", "out");
    }

    @ParameterizedTest @ValueSource(strings = {"rows.tsv", "rows/"})
    void anInterruptedRunLeavesNothing(String name) throws IOException {
        var interruption = new Interruption(new Console(OutputStream.nullOutputStream(), System.err, false));
        var files = new ArrayList<String>();
        var left = new ArrayList<String>();
        Engine interrupted = (program, graph, options) -> Superstep.run(program, graph, options.withObserver(new JobObserver() {
            @Override public void writing() {
                try {
                    files.addAll(files());
                    interruption.run();
                    left.addAll(files());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                throw new JobException("interrupted", null);
            }
        }));
        var console = new Console(OutputStream.nullOutputStream(), new PrintStream(OutputStream.nullOutputStream()), false);
        assertThat(new Main(console, interrupted, interruption).run("run", "wcc", "--input", input, "--workers-in-process", "2", "--output",
            folder + "/" + name)).isEqualTo(1);
        assertThat(files).as("there was something to delete").hasSizeGreaterThan(1);
        assertThat(left).containsExactly("graph.tsv");
        assertThat(files()).containsExactly("graph.tsv");
    }

    @Test void anEndedCommandRemovesNothing() throws IOException {
        var interruption = new Interruption(new Console(OutputStream.nullOutputStream(), System.err, false));
        var destination = Destination.of("output", output.toString());
        interruption.watch(destination);
        Files.writeString(destination.part(), "somebody else's");
        interruption.over();
        interruption.run();
        assertThat(files()).containsExactly("graph.tsv", destination.part().getFileName().toString());
    }

    @ParameterizedTest @ValueSource(strings = {"1", "2", "3", "5"})
    void aFolderGetsPartsThatMakeTheFile(String workers) throws IOException {
        for (String format : List.of("tsv", "csv", "jsonl")) {
            String file = folder.resolve("file." + format).toString();
            String parts = folder + "/parts." + format + "/";
            String[] words = {"run", "pagerank", "--input", input, "--workers-in-process", workers, "--output"};
            assertThat(Session.of(append(words, file)).status()).isZero();
            var session = Session.of(append(words, parts));
            assertThat(session.status()).as(session.err()).isZero();
            assertThat(session.err()).contains("output   " + parts.substring(0, parts.length() - 1) + ", 4 rows");
            assertThat(contents(Path.of(parts))).as(format).isEqualTo(Files.readString(Path.of(file)));
        }
    }

    private static String[] append(String[] words, String last) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }

    /** What {@code cat part-*} would print, of a folder that holds nothing else but the sign of success. */
    private static String contents(Path parts) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.list(parts)) {
            for (Path part : files.sorted().toList()) {
                if (part.getFileName().toString().startsWith("part-")) {
                    text.append(Files.readString(part));
                } else {
                    assertThat(part.getFileName()).hasToString("_SUCCESS");
                    assertThat(part).isEmptyFile();
                }
            }
        }
        assertThat(parts.resolve("_SUCCESS")).exists();
        return text.toString();
    }

    @Test void aFolderThatIsThereAndHoldsOnlyHiddenFilesIsFilled() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Files.writeString(parts.resolve(".keep"), "");
        assertThat(Session.of("run", "wcc", "--input", input, "--output", parts.toString()).status()).isZero();
        assertThat(parts.resolve("part-00000")).hasContent("id\tcomponent\n1\t1\n2\t1\n3\t1\n4\t1\n");
        assertThat(Session.with(NEVER, "run", "wcc", "--input", input, "--output", parts.toString()).faults()).singleElement().asString()
            .startsWith("superstep: --output " + parts + ": the folder holds ").endsWith(" already; name another, or empty it");
    }

    @Test void aFailedRunLeavesNoFolderThatItHasMade() throws IOException {
        String bad = Files.writeString(folder.resolve("bad.tsv"), "1\t2\n2\n").toString();
        assertThat(Session.of("run", "wcc", "--input", bad, "--output", folder + "/new/").status()).isEqualTo(2);
        Path old = Files.createDirectory(folder.resolve("old"));
        assertThat(Session.of("run", "wcc", "--input", bad, "--output", old.toString()).status()).isEqualTo(2);
        assertThat(files()).containsExactly("bad.tsv", "graph.tsv", "old");
        assertThat(old).isEmptyDirectory();
    }

    @Test void theReportHoldsWhatTheRunDid() throws IOException {
        Path report = folder.resolve("report.json");
        var session = Session.of("run", "sssp", "--source", "4", "--input", input, "--undirected", "--report", report.toString(), "--seed",
            "12", "--threads", "1", "--output", output.toString(), "--output-format", "csv");
        assertThat(session.status()).isZero();
        var json = JsonValues.of(Files.readString(report));
        assertThat(json).containsEntry("program", "sssp").containsEntry("parameters.source", "4").containsEntry("input.paths.0", input)
            .containsEntry("input.undirected", "true").containsEntry("seed", "12").containsEntry("threads", "1")
            .containsEntry("delivery", "auto").containsEntry("vertices", "4").containsEntry("edges", "8")
            .containsEntry("output.path", output.toRealPath().toString()).containsEntry("output.format", "csv")
            .containsEntry("supersteps.0.number", "0").containsEntry("supersteps.0.computed", "4")
            .containsKeys("superstep", "input.description", "loadNanos", "computeNanos", "writeNanos", "nanosPerEdgeAndSuperstep",
                "partitions", "workers", "droppedMessages", "supersteps.1.messages", "supersteps.1.awake", "supersteps.1.nanos",
                "supersteps.1.phase", "supersteps.1.delivery");
        assertThat(files()).containsExactly("graph.tsv", "out", "report.json");
    }

    @Test void theReportHoldsWhatAggregatorsCameTo() throws IOException {
        Path report = folder.resolve("report.json");
        assertThat(Session.of("run", "pagerank", "--input", input, "--report", report.toString()).status()).isZero();
        assertThat(JsonValues.of(Files.readString(report))).containsKeys("supersteps.0.aggregates.rank held by sinks",
            "supersteps.1.aggregates.rank held by sinks").doesNotContainKeys("globals", "supersteps.0.globals");
    }

    @Test void generatingIsRepeatable() throws IOException {
        var first = Session.of("generate", "rmat", "--scale", "6", "--seed", "3", "--output", output.toString());
        assertThat(first.status()).isZero();
        assertThat(first.err()).startsWith("wrote 1,024 lines to ").contains("duplicates", "self-loops");
        byte[] bytes = Files.readAllBytes(output);
        Session.of("generate", "rmat", "--scale", "6", "--seed", "3", "--output", output.toString(), "--threads", "1", "--quiet");
        assertThat(output).hasBinaryContent(bytes);
        assertThat(files()).containsExactly("graph.tsv", "out");
    }

    @Test void severalFilesAreOneGraph() throws IOException {
        Session.of("generate", "rmat", "--scale", "5", "--output", output.toString(), "--sort", "--both-directions", "--weights",
            "--quiet");
        var some = Session.of("run", "sssp", "--source", "1", "--input", output.toString(), input, "--dedupe", "--no-self-loops");
        assertThat(some.status()).isEqualTo(2);
        assertThat(some.faults()).singleElement().asString().contains(input + ": has no weights", "--weights none");
        assertThat(Session.of("run", "sssp", "--source", "1", "--input", output.toString(), input, "--weights", "none").status()).isZero();
    }
}
