package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.Checkpoints;
import org.superstep.Graph;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.checkpoint.JobIdentity;

/** What {@code superstep replay} shows of a job, and that it leaves the job alone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReplayCommandTest {
    private static final Graph GRAPH = Graph.of(new long[] {1, 2, 3, 1, 4}, new long[] {2, 3, 4, 4, 5}, new double[] {1, 2, 3, 4, 5});
    private static final String SUPERSTEP_2 = """
        superstep 2, vertex 5
            graph       5 vertices, 5 edges; 0 out of this one, 1 into it
            received    9.0, combined of 9.0 from 4
            state       distance = Infinity
            becomes     distance = 9.0 (was Infinity)
            broadcasts  9.0 to 0 neighbours
            halts       until a message comes
        """;

    @TempDir Path scratch;
    private Path folder;

    @BeforeEach void nameAFolder() {
        folder = scratch.resolve("saved");
    }

    /** Shortest paths from vertex 1, saved before every superstep: 0 to 3, in the last of which nobody hears anything new. */
    private Result save(int keep, JobObserver observer, String... more) {
        var program = new ShortestPaths(1);
        var words = new ArrayList<>(List.of("sssp", "--source=1", "--input=" + scratch.resolve("gone.tsv"),
            "--output=" + scratch.resolve("rows.tsv"), "--checkpoint-dir=/where/it/was", "--checkpoint-token=token"));
        words.addAll(List.of(more));
        return Superstep.run(program, GRAPH, JobOptions.DEFAULT.withThreads(1).withPartitions(3).withObserver(observer)
            .withCheckpoints(Checkpoints.in(folder).every(1).awaited().keeping(keep)
                .of(new JobIdentity("token", "sssp", words, List.of(), 1))));
    }

    private Session replay(String vertex, String superstep, String... more) {
        var words = new ArrayList<>(List.of("replay", folder.toString(), "--vertex", vertex, "--superstep", superstep));
        words.addAll(List.of(more));
        return Session.of(words.toArray(String[]::new));
    }

    /** All files with their times and bytes. */
    private Map<String, String> files() throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.walk(scratch)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.getLastModifiedTime(file) + " "
                    + HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        files.put("", Files.getLastModifiedTime(folder).toString());
        return files;
    }

    @Test void aVertexIsShownAsItWas() throws IOException {
        save(2, JobObserver.SILENT);
        var before = files();
        var session = replay("5", "3");
        assertThat(session.err()).isEqualTo("sssp, from the checkpoint before superstep 3\n");
        assertThat(session.out()).isEqualTo("""
            superstep 3, vertex 5
                did not compute: it slept, and nothing was said to it
                state       distance = 9.0
            """);
        assertThat(session.status()).isZero();
        assertThat(replay("1", "3").status()).isZero();
        assertThat(files()).as("nothing has changed, and nothing come").isEqualTo(before);
    }

    @Test void severalAreShownInOrder() throws IOException {
        save(9, JobObserver.SILENT);
        var session = replay("5,1", "0-3", "--threads", "2", "--quiet");
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).startsWith("superstep 0, vertex 1\n").contains(SUPERSTEP_2);
        assertThat(session.out().lines().filter(line -> line.startsWith("superstep"))).containsExactly("superstep 0, vertex 1",
            "superstep 0, vertex 5", "superstep 2, vertex 5");
    }

    @Test void aDamagedCheckpointIsPassedOver() throws IOException {
        save(9, JobObserver.SILENT);
        Path state = folder.resolve("2-1-1-w0.state");
        byte[] bytes = Files.readAllBytes(state);
        bytes[bytes.length / 2] ^= 1;
        Files.write(state, bytes);
        var session = replay("5", "2");
        assertThat(session.err()).isEqualTo("sssp, from the checkpoint before superstep 1\n");
        assertThat(session.out()).isEqualTo(SUPERSTEP_2);
        for (String name : List.of("0", "1")) {
            Files.delete(folder.resolve(name + "-1-1-w0.state"));
        }
        assertThat(replay("5", "2").faults()).singleElement().asString()
            .contains("no checkpoint from which superstep 2 can be shown is whole", "2-1-1-w0.state", "checkpoints ls");
    }

    @Test void aJobThatRunsIsLeftAlone() throws Exception {
        var isHeld = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var job = new FutureTask<>(() -> save(9, new JobObserver() {
            @Override public void superstep(JobReport.Superstep ended) {
                if (ended.number() == 2) {
                    isHeld.countDown();
                    await(goOn);
                }
            }
        }));
        new Thread(job, "job").start();
        await(isHeld);
        var before = files();
        assertThat(replay("5", "2").out()).isEqualTo(SUPERSTEP_2);
        assertThat(files()).isEqualTo(before);
        goOn.countDown();
        assertThat(ended(job).report().supersteps()).hasSize(4);
        assertThat(folder).exists();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Result ended(FutureTask<Result> job) throws InterruptedException, ExecutionException, TimeoutException {
        return job.get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "99  | 2 | there is no such vertex in superstep 2",
        "5   | 9 | the job has ended with superstep",
        "five| 2 | --vertex must be the ids of vertices",
        "5   | x | --superstep must be a superstep, such as 3, or from one to another, such as 3-7"})
    void whatIsNotThereIsRefused(String vertex, String superstep, String message) {
        save(9, JobObserver.SILENT);
        var session = replay(vertex, superstep);
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.faults()).last().asString().contains(message);
    }

    @Test void whatIsLackingIsTold() throws IOException {
        assertThat(Session.of("replay").faults()).singleElement().asString().contains("replay which job?");
        assertThat(Session.of("replay", folder.toString()).faults()).singleElement().asString().contains("--vertex ID");
        assertThat(Session.of("replay", folder.toString(), "--vertex", "5").faults()).singleElement().asString().contains("--superstep S");
        assertThat(replay("5", "2").faults()).singleElement().asString().contains("there is no such folder");
        Files.createDirectory(folder);
        assertThat(replay("5", "2").faults()).singleElement().asString().contains("there is no checkpoint");
        assertThat(Session.of("replay", "--help").out()).contains("usage: superstep replay FOLDER").contains("--as-test FILE.java");
    }

    @Test void whatNoCheckpointReachesIsRefusedWithWhatWouldDo() {
        save(1, JobObserver.SILENT);
        var session = replay("5", "0");
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.faults()).singleElement().asString().contains("the earliest checkpoint in").contains("is that before superstep")
            .contains("--keep-checkpoints N");
    }

    @Test void aLimitOfTheJobsIsOneHereToo() {
        save(9, JobObserver.SILENT, "--max-supersteps=2");
        assertThat(replay("5", "2").faults()).singleElement().asString().contains("the last is superstep 1");
    }

    @Test void aJobOfAProgramOfJavaIsRefused() {
        Superstep.run(new ShortestPaths(1), GRAPH,
            JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(folder).every(1).awaited().keeping(9)));
        assertThat(replay("5", "2").faults()).singleElement().asString().contains("was started by a program of Java");
    }

    @Test void whatIsShownIsWrittenAsATestOfItsPackage() throws IOException {
        save(9, JobObserver.SILENT);
        Path file = Files.createDirectories(scratch.resolve("src/test/java/com/acme")).resolve("FarTest.java");
        var session = replay("5", "2", "--as-test", file.toString());
        assertThat(session.out()).isEqualTo(SUPERSTEP_2);
        assertThat(session.err()).endsWith("wrote " + file + ", 1 test\n");
        assertThat(file).hasContent("""
            package com.acme;

            import org.junit.jupiter.api.Test;
            import org.superstep.algorithms.ShortestPaths;
            import org.superstep.testkit.LoneVertex;
            import org.superstep.testkit.VertexStep;

            /** Found by superstep replay in a run of sssp. */
            class FarTest {
                @Test
                void vertex5InSuperstep2() {
                    LoneVertex vertex = LoneVertex.of(new ShortestPaths(), 5L);
                    vertex.parameter("source", "1");
                    vertex.superstep(2).seed(1L);
                    vertex.graph(5L, 5L).degrees(0, 1);
                    vertex.holds("distance", Double.POSITIVE_INFINITY);
                    vertex.hears(4L, 9.0);
                    VertexStep step = vertex.compute();
                    step.assertHolds("distance", 9.0);
                    step.assertBroadcasts(9.0);
                    step.assertSends(0);
                    step.assertHalts();
                }
            }
            """);
        assertThat(replay("5", "2", "--as-test", file.toString()).faults()).singleElement().asString().contains("is there already");
        assertThat(replay("5", "2", "--as-test", scratch.resolve("test.txt").toString()).faults()).singleElement().asString()
            .contains("name a file of Java");
        assertThat(replay("5", "2", "--as-test", scratch.resolve("gone/A.java").toString()).faults()).singleElement().asString()
            .contains("there is no folder");
        assertThat(replay("5", "1", "--as-test", scratch.resolve("A.java").toString()).faults()).last().asString()
            .contains("there is nothing to test");
        assertThat(scratch.resolve("A.java")).doesNotExist();
    }

    /** As users do it: a program of their own, which throws, in a run that keeps its checkpoints. */
    @Test void aProgramOfTheUsersOwnIsMadeOfItsJar() throws IOException {
        Path jar = new JarBuilder(scratch).source("com.acme.Divides", """
            package com.acme;

            import org.superstep.graph.*;

            public final class Divides extends LongProgram {
                private final LongColumn value = longColumn("value", 7);
                private final LongParameter by = longParameter("by", 0, "what it divides by");

                @Override public LongCombiner combiner() {
                    return LongCombiner.SUM;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    v.set(value, v.superstep() == 1 && v.id() == 2 ? in.combined() / by.get() : 3);
                    v.broadcast(v.get(value));
                }
            }
            """).write(scratch.resolve("mine.jar"));
        Path edges = Files.writeString(scratch.resolve("edges.tsv"), "1\t2\n2\t1\n3\t2\n");
        var run = Session.of("run", "--jar", jar.toString(), "com.acme.Divides", "--input", edges.toString(), "--checkpoint-dir",
            folder.toString(), "--checkpoint-every", "1", "--inject", "slow worker 1 at superstep 0 compute for 2s", "--quiet");
        assertThat(run.status()).isEqualTo(1);
        Files.delete(edges);
        Files.delete(jar);
        Path file = scratch.resolve("DividesTest.java");
        var session = replay("2", "1", "--as-test", file.toString());
        assertThat(session.out()).isEqualTo("""
            superstep 1, vertex 2
                graph       3 vertices, 3 edges; 1 out of this one, 2 into it
                received    6, combined of 3 from 1, 3 from 3
                state       value = 3
                throws      java.lang.ArithmeticException: / by zero
            """);
        assertThat(session.err()).contains("superstep: the job fails in superstep 1: ");
        assertThat(session.status()).isZero();
        assertThat(file).content().contains("import com.acme.Divides;",
            "assertThrows(java.lang.ArithmeticException.class, vertex::compute);");
        Path beside = Files.createDirectories(scratch.resolve("src/test/java/com/acme")).resolve("DividesTest.java");
        assertThat(replay("2", "1", "--as-test", beside.toString()).status()).isZero();
        assertThat(beside).content().startsWith("package com.acme;\n").contains("new Divides()").doesNotContain("import com.acme");
    }
}
