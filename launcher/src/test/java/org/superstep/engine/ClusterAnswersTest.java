package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.cluster.TestCluster;
import org.superstep.cluster.TestJobs;
import org.superstep.datasets.TextRows;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.net.InProcessNetwork;
import org.superstep.net.ToClient;

/** A job on a cluster leaves the same bytes and figures behind as the same job in one process, whatever the program and the workers. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClusterAnswersTest {
    private static final int[] WORKERS = {1, 2, 3, 5};
    private static final int GRAPHS = 3;

    @TempDir
    private static Path folder;
    private static TestJobs jobs;
    private static TestCluster cluster;

    @BeforeAll
    static void startFiveWorkers() {
        jobs = new TestJobs();
        var network = new InProcessNetwork();
        cluster = new TestCluster(folder.resolve("scratch"), jobs, () -> network, 5);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @ParameterizedTest
    @MethodSource("org.superstep.engine.DeterminismTest#programs")
    void aClusterGivesTheEmbeddedAnswer(Supplier<Program> programs) throws IOException {
        String name = programs.get().name();
        for (int i = 0; i < GRAPHS; i++) {
            long seed = name.hashCode() * 1000L + i;
            var random = new SplittableRandom(seed);
            var sample = DeterminismTest.fit(RandomGraphs.any(seed), programs.get());
            Supplier<Program> program = () -> DeterminismTest.program(programs, sample);
            String figures = TestJobs.figures(Superstep.run(program.get(), sample.graph(),
                options(program, "embedded", seed).apply(JobOptions.DEFAULT)).report());
            int workers = WORKERS[random.nextInt(WORKERS.length)];
            String what = name + " on " + sample + ", " + workers + " workers";
            Supplier<Graph> graph = sample::graph;
            ToClient end = cluster.run(jobs.spec(program, graph, options(program, "cluster", seed), workers, random.nextInt(12)));
            assertThat(end).as(what).isInstanceOf(ToClient.Done.class);
            assertThat(((ToClient.Done) end).figures()).as(what).isEqualTo(figures);
            for (Path file : files(program, "embedded")) {
                Path other = folder.resolve(file.getFileName().toString().replace("embedded", "cluster"));
                assertThat(Files.mismatch(file, other)).as("%s: where %s differs", what, other).isEqualTo(-1);
            }
        }
    }

    private static UnaryOperator<JobOptions> options(Supplier<Program> program, String where, long seed) {
        List<Path> files = files(program, where);
        return options -> {
            var all = options.withSeed(seed).withMaxSupersteps(1000).withOutput(files.get(0), BitRows.FORMAT);
            int next = 1;
            for (RecordOutput output : program.get().declarations().recordOutputs()) {
                all = all.withRecords(output.name(), files.get(next++), TextRows.TSV);
            }
            return all;
        };
    }

    private static List<Path> files(Supplier<Program> program, String where) {
        var files = new ArrayList<>(List.of(folder.resolve("rows." + where)));
        for (RecordOutput output : program.get().declarations().recordOutputs()) {
            files.add(folder.resolve("records-" + files.size() + "." + where));
        }
        return files;
    }
}
