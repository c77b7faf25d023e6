package org.superstep.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.datasets.TextRows;
import org.superstep.graph.FileParameter;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Parameter;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.VerticesParameter;

/** A run gives the same bytes whether its files are on HDFS or here. */
final class RunOverHdfsIT {
    @TempDir private Path local;
    private Path remote;
    private Path graph;

    @BeforeEach void writeAGraph() throws IOException {
        remote = SmallHdfs.folder();
        var random = new SplittableRandom(5);
        var text = new StringBuilder();
        // Over two megabytes, so that it has several blocks and chunks.
        for (int edge = 0; edge < 200_000; edge++) {
            text.append(random.nextInt(20_000)).append('\t').append(random.nextInt(20_000)).append('\n');
        }
        graph = Files.writeString(local.resolve("graph.tsv"), text);
    }

    private Command.Session superstep(String... words) throws IOException, InterruptedException {
        return new Command(local, "").run(words);
    }

    private void assertSame(Path there, Path here) throws IOException {
        assertThat(Files.mismatch(there, here)).as("first difference of %s and %s", there, here).isEqualTo(-1);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test void inputAndOutputMayBeThere() throws IOException, InterruptedException {
        Path input = Files.copy(graph, remote.resolve("graph.tsv"));
        Path packed = remote.resolve("graph.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(graph, out);
        }
        assertThat(superstep("run", "pagerank", "--input", "graph.tsv", "--output", "ranks.csv", "--quiet", "--top", "0").status())
            .isZero();
        for (Path some : List.of(input, packed)) {
            var session = superstep("run", "pagerank", "--input", some.toString(), "--output", remote.resolve("ranks.csv").toString(),
                "--quiet", "--top", "0");
            assertThat(session).isEqualTo(new Command.Session(0, "", ""));
            assertSame(remote.resolve("ranks.csv"), local.resolve("ranks.csv"));
            assertThat(names(remote)).containsExactly("graph.tsv", "graph.tsv.gz", "ranks.csv");
        }
    }

    @Test void severalProcessesReadAndWriteThere() throws IOException, InterruptedException {
        Path input = Files.copy(graph, remote.resolve("graph.tsv"));
        assertThat(superstep("run", "wcc", "--input", "graph.tsv", "--output", "components", "--quiet", "--top", "0").status()).isZero();
        var session = superstep("run", "wcc", "--input", input.toString(), "--output", remote.resolve("components").toString(), "--workers",
            "3", "--quiet", "--top", "0");
        assertThat(session).isEqualTo(new Command.Session(0, "", ""));
        assertSame(remote.resolve("components"), local.resolve("components"));

        var parts = superstep("run", "wcc", "--input", input.toString(), "--output", remote.resolve("parts") + "/", "--workers", "3",
            "--quiet", "--top", "0");
        assertThat(parts).isEqualTo(new Command.Session(0, "", ""));
        assertThat(names(remote.resolve("parts"))).containsExactly("_SUCCESS", "part-00000", "part-00001", "part-00002");
        assertThat(names(remote)).containsExactly("components", "graph.tsv", "parts");
    }

    /** Vertices from a file send a number to those that hear them, who write down what they have heard. */
    public static final class Heard extends LongProgram {
        private final VerticesParameter speakers = verticesParameter("speakers", "who speaks");
        private final FileParameter words = fileParameter("words", "what is said");
        private final LongColumn degree = longColumn("degree", 0);
        private final RecordOutput heard = recordOutput("heard", "vertex", "word");

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(degree, v.outDegree());
            if (v.superstep() == 0 && speakers.contains(v.id())) {
                v.broadcast(words.get().getFileName().toString().length());
            } else if (!in.isEmpty()) {
                v.emit(heard, v.id(), in.combined());
            }
            v.halt();
        }
    }

    @Test void recordsAreWrittenThereAndParametersReadThence() throws IOException {
        Files.writeString(remote.resolve("speakers"), "1\n2\n77\n");
        Files.writeString(remote.resolve("words"), "");
        Files.copy(remote.resolve("speakers"), local.resolve("speakers"));
        Files.copy(remote.resolve("words"), local.resolve("words"));
        for (Path folder : List.of(local, remote)) {
            for (int workers : new int[]{1, 3}) {
                var program = new Heard();
                for (Parameter parameter : program.declarations().parameters()) {
                    parameter.parse((parameter.name().equals("speakers") ? "@" : "") + folder.resolve(parameter.name()));
                }
                Superstep.run(program, Graph.edges(graph), JobOptions.DEFAULT.withWorkers(workers)
                    .withRecords("heard", folder.resolve("heard" + workers), TextRows.TSV));
                assertThat(Files.size(folder.resolve("heard" + workers))).isGreaterThan(100);
                assertSame(folder.resolve("heard" + workers), local.resolve("heard1"));
            }
        }
        assertThat(names(remote)).containsExactly("heard1", "heard3", "speakers", "words");
    }

    @Test void aDataNodeMayBeGone() throws Exception {
        Path input = Files.copy(graph, remote.resolve("graph.tsv"));
        assertThat(superstep("run", "pagerank", "--input", "graph.tsv", "--output", "ranks", "--quiet", "--top", "0").status()).isZero();
        SmallHdfs.withoutOneDataNode(() -> {
            var session = superstep("run", "pagerank", "--input", input.toString(), "--output", remote.resolve("ranks").toString(),
                "--quiet", "--top", "0");
            assertThat(session).isEqualTo(new Command.Session(0, "", ""));
            assertSame(remote.resolve("ranks"), local.resolve("ranks"));
        });
    }

    @Test void whatIsMissingThereIsToldAsItIsHere() throws IOException, InterruptedException {
        Path none = remote.resolve("none.tsv");
        var session = superstep("run", "pagerank", "--input", none.toString());
        assertThat(session).isEqualTo(new Command.Session(2, "", "superstep: " + none + ": no such file; check the path\n"));
        var folder = superstep("run", "pagerank", "--input", "graph.tsv", "--output", remote.resolve("no/ranks").toString());
        assertThat(folder.err()).startsWith("superstep: --output " + remote.resolve("no/ranks") + ": there is no folder "
            + remote.resolve("no"));
        var self = superstep("run", "pagerank", "--input", remote.toString());
        assertThat(self.err()).isEqualTo("superstep: " + remote + ": is a folder; name the files in it\n");
    }

    @Test void whereNobodyAnswersOneLineSaysSo() throws IOException, InterruptedException {
        String uri;
        try (var socket = new ServerSocket(0)) {
            uri = "hdfs://localhost:" + socket.getLocalPort();
        }
        var read = superstep("run", "pagerank", "--input", uri + "/graph.tsv", "--quiet");
        assertThat(read.err()).startsWith("superstep: ").contains(uri + "/graph.tsv", "no NameNode answers at " + uri.substring(7))
            .hasLineCount(1);
        assertThat(read.status()).isNotZero();
        var written = superstep("run", "pagerank", "--input", "graph.tsv", "--output", uri + "/ranks", "--quiet");
        assertThat(written.err()).startsWith("superstep: --output " + uri + "/ranks: ").contains("no NameNode answers").hasLineCount(1);
        assertThat(written.status()).isEqualTo(2);
    }

    @Test void aNameServiceIsKnownByTheUsersFiles() throws IOException, InterruptedException {
        Path configuration = Files.createDirectory(local.resolve("conf"));
        Files.writeString(configuration.resolve("core-site.xml"), "<configuration><property><name>fs.defaultFS</name><value>"
            + SmallHdfs.uri() + "</value></property></configuration>\n");
        Path input = Files.copy(graph, remote.resolve("graph.tsv"));
        String name = input.toString().substring(SmallHdfs.uri().length());
        var session = new Command(local, configuration.toString()).run("run", "pagerank", "--input", "hdfs://" + name, "--output",
            "hdfs://" + name + ".ranks", "--quiet", "--top", "0");
        assertThat(session).isEqualTo(new Command.Session(0, "", ""));
        assertThat(Files.size(remote.resolve("graph.tsv.ranks"))).isPositive();
    }
}
