package org.superstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.datasets.TextRows;
import org.superstep.graph.Program;
import org.superstep.net.Network;
import org.superstep.net.ToClient;
import org.superstep.net.socket.Packing;
import org.superstep.net.socket.SocketNetwork;
import org.superstep.net.socket.SocketOptions;

/** Where connections pack all that they can, a cluster gives the same answer and figures, in fewer bytes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PackedClusterTest {
    private static final int VERTICES = 20_000;
    private static final int EDGES = 100_000;
    private static final long SEED = 4;

    @TempDir
    private Path folder;

    static Stream<Named<Supplier<Program>>> programs() {
        return Stream.<Supplier<Program>>of(() -> new PageRank(0.85, 5), ConnectedComponents::new,
            () -> new ShortestPaths(0), () -> new BreadthFirstSearch(0)).map(program -> Named.of(program.get().name(), program));
    }

    private static Graph graph() {
        var random = new SplittableRandom(SEED);
        long[] sources = random.longs(EDGES, 0, VERTICES).toArray();
        return Graph.of(sources, random.longs(EDGES, 0, VERTICES).toArray());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void answersAreTheSameToTheByteAndBytesOnTheWireFewer(Supplier<Program> program) throws IOException {
        Path embedded = folder.resolve("embedded.tsv");
        String figures = TestJobs.figures(Superstep.run(program.get(), graph(), options(embedded).apply(JobOptions.DEFAULT)).report());
        Map<Packing, Long> sent = new EnumMap<>(Packing.class);
        for (Packing packing : new Packing[] {Packing.NEVER, Packing.ALWAYS}) {
            Path output = folder.resolve(packing + ".tsv");
            JobReport.Effort effort = runOnCluster(program, packing, output, figures);
            assertThat(Files.mismatch(embedded, output)).as("where %s differs", output).isEqualTo(-1);
            assertThat(effort.receivedBytes()).as("what is sent is received").isEqualTo(effort.sentBytes());
            sent.put(packing, effort.sentBytes());
        }
        assertThat(sent.get(Packing.ALWAYS)).as("bytes sent packed, and not packed %d", sent.get(Packing.NEVER))
            .isBetween(1L, sent.get(Packing.NEVER) * 95 / 100);
    }

    private JobReport.Effort runOnCluster(Supplier<Program> program, Packing packing, Path output, String figures) {
        var jobs = new TestJobs();
        try (var cluster = new TestCluster(folder.resolve("scratch"), jobs, () -> network(packing), 3)) {
            ToClient end = cluster.run(jobs.spec(program, PackedClusterTest::graph, options(output), 3, 6));
            assertThat(end).as("%s, the processes said %s", packing, cluster.log()).isInstanceOf(ToClient.Done.class);
            assertThat(((ToClient.Done) end).figures()).as("%s", packing).isEqualTo(figures);
        }
        return jobs.reports().remove().workerTotals().stream().reduce(JobReport.Effort.NONE, JobReport.Effort::plus);
    }

    private static Network network(Packing packing) {
        try {
            return new SocketNetwork(SocketOptions.defaults().withPacking(packing));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static UnaryOperator<JobOptions> options(Path output) {
        return options -> options.withOutput(output, TextRows.TSV);
    }
}
