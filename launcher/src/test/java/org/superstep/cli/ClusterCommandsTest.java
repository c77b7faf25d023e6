package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a cluster, with one master and two workers inside this process, and sockets between them. */
final class ClusterCommandsTest {
    @TempDir static Path shared;
    private static Path secret;
    private static Background master;
    private static final List<Background> WORKERS = new ArrayList<>();
    private static String address;

    @TempDir Path folder;
    private String graph;
    private Path output;

    @BeforeAll static void start() throws IOException {
        secret = Files.writeString(shared.resolve("secret"), "a secret of the cluster's own\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        master = new Background("master", "--listen", "localhost:0", "--secret-file", secret.toString());
        address = master.await("the master listens at (\\S+)").group(1);
        for (int i = 1; i <= 2; i++) {
            WORKERS.add(new Background("worker", "--master", address, "--threads", "1", "--secret-file", secret.toString()));
            master.await("worker " + i + " .*joined");
        }
    }

    @AfterAll static void end() throws InterruptedException {
        for (Background worker : WORKERS) {
            worker.close();
            assertThat(worker.end().status()).as(worker.err()).isZero();
        }
        master.close();
        assertThat(master.end().status()).as(master.err()).isZero();
    }

    @BeforeEach void writeAGraph() throws IOException {
        graph = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n3\t1\n4\t1\n5\t4\n").toString();
        output = folder.resolve("out");
    }

    private static String[] words(String command, String... words) {
        var all = new ArrayList<>(List.of(command, "--master", address, "--secret-file", secret.toString()));
        all.addAll(Arrays.asList(words));
        return all.toArray(new String[0]);
    }

    private static Session session(String command, String... words) {
        return Session.of(words(command, words));
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test void aSubmittedRunLooksLikeOneHere() throws IOException {
        var here = Session.of("run", "pagerank", "--input", graph, "--output", folder.resolve("here").toString());
        var submitted = session("submit", "pagerank", "--input", graph, "--output", output.toString(), "--report",
            folder.resolve("report").toString());
        assertThat(submitted.status()).as(submitted.err()).isZero();
        assertThat(submitted.out()).isEqualTo(here.out());
        assertThat(output).hasSameBinaryContentAs(folder.resolve("here"));
        assertThat(submitted.err()).contains("graph    5 vertices, 5 edges", " on 2 threads of 2 workers",
            "output   " + output + ", 5 rows").doesNotContain("memory");
        assertThat(folder.resolve("report")).content().contains("\"program\" : \"pagerank\"", "\"workers\" : 2");
        assertThat(files()).containsExactly("graph.tsv", "here", "out", "report");
    }

    @Test void everySuperstepIsToldWhereThatIsWanted() {
        var session = session("submit", "bfs", "--source", "5", "--input", graph, "--verbose", "--workers", "1", "--trace-vertex", "4");
        assertThat(session.err()).contains("loaded 5 vertices and 5 edges\nsuperstep 0: ", "superstep 3: ", "superstep 1, vertex 4\n");
        assertThat(session.status()).isZero();
        var quiet = session("submit", "bfs", "--source", "5", "--input", graph, "--quiet", "--top", "0");
        assertThat(quiet).isEqualTo(new Session(0, "", ""));
    }

    @Test void aFolderGetsAPartOfEachWorker() throws IOException {
        assertThat(Session.of("run", "wcc", "--input", graph, "--output", folder.resolve("here").toString()).status()).isZero();
        var session = session("submit", "wcc", "--input", graph, "--output", output + "/");
        assertThat(session.status()).as(session.err()).isZero();
        assertThat(output.resolve("_SUCCESS")).isEmptyFile();
        assertThat(Files.readString(output.resolve("part-00000")) + Files.readString(output.resolve("part-00001")))
            .isEqualTo(Files.readString(folder.resolve("here")));
    }

    @Test void aJobThatNobodyWaitsForIsShownLater() throws IOException {
        var submitted = session("submit", "wcc", "--input", graph, "--output", output.toString(), "--detach");
        assertThat(submitted.status()).isZero();
        String job = submitted.out().strip();
        assertThat(job).matches("[0-9]+");
        assertThat(submitted.err()).isEqualTo("job " + job + " was submitted; superstep attach --master " + address + " --secret-file "
            + secret + " " + job + " shows it, superstep cancel --master " + address + " --secret-file " + secret + " "
            + job + " ends it\n");
        var attached = session("attach", job);
        assertThat(attached.status()).as(attached.err()).isZero();
        assertThat(attached.out()).isEqualTo(Session.of("run", "wcc", "--input", graph).out());
        assertThat(output).exists();
        assertThat(session("jobs").out()).containsPattern("(?m)^ *" + job + "  wcc +done ");
    }

    @Test void aJobThatIsCancelledLeavesNothing() throws IOException, InterruptedException {
        try (var submitted = new Background(words("submit", "pagerank", "--input", graph, "--output", output.toString(), "--iterations",
            "2000000000", "--verbose"))) {
            submitted.await("superstep 10:");
            var status = session("status");
            assertThat(status.out()).contains("2 workers, 2 threads").containsPattern("running  job [0-9]+, pagerank");
            var waiting = session("submit", "wcc", "--input", graph, "--detach");
            assertThat(session("status").out()).contains("waiting  job " + waiting.out().strip() + ", wcc");
            assertThat(session("cancel", waiting.out().strip()).status()).isZero();
            String job = session("status").out().replaceAll("(?s).*running  job ([0-9]+),.*", "$1");
            assertThat(session("cancel", job)).isEqualTo(new Session(0, "", "job " + job + " is being cancelled\n"));
            var end = submitted.end();
            assertThat(end.status()).isEqualTo(1);
            assertThat(end.faults()).anyMatch(line -> line.startsWith("superstep: ") && line.contains("cancelled"));
            assertThat(session("jobs").out()).containsPattern("(?m)^ *" + job + "  pagerank +cancelled ");
        }
        assertThat(files()).containsExactly("graph.tsv");
    }

    @Test void aJobThatIsSuspendedGoesOnAnywhere() throws IOException, InterruptedException {
        Path saved = folder.resolve("saved");
        String before;
        try (var submitted = new Background(words("submit", "pagerank", "--input", graph, "--output", output.toString(), "--iterations",
            "2000000000", "--verbose", "--checkpoint-dir", saved.toString(), "--checkpoint-every", "1000000"))) {
            submitted.await("superstep 10:");
            String job = session("status").out().replaceAll("(?s).*running  job ([0-9]+),.*", "$1");
            assertThat(session("suspend", job)).isEqualTo(new Session(0, "", "job " + job + " will be suspended when its superstep has"
                + " ended\n"));
            var end = submitted.end();
            assertThat(end.status()).as(end.err()).isEqualTo(3);
            assertThat(end.faults()).last().asString().matches("superstep: the job is suspended before superstep [0-9]+; it goes on with:"
                + " superstep resume " + saved);
            before = end.faults().get(end.faults().size() - 1).replaceAll(".*before superstep ([0-9]+);.*", "$1");
            assertThat(session("jobs").out()).containsPattern("(?m)^ *" + job + "  pagerank +suspended ");
            assertThat(session("suspend", job).faults()).singleElement().asString().contains("job " + job + " is over already");
        }
        String limit = Integer.toString(Integer.parseInt(before) + 7);
        var failed = Session.of(words("resume", saved.toString(), "--max-supersteps", limit));
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.faults()).last().asString().isEqualTo("    continue with: superstep resume " + saved + " --master " + address
            + " --secret-file " + secret);
        var resumed = Session.of(words("resume", saved.toString(), "--max-supersteps", limit, "--partial-output"));
        assertThat(resumed.err()).contains("superstep: going on from the checkpoint before superstep " + before + " in " + saved + "\n",
            "resumed  before superstep " + before + "\n", "the limit: ");
        var here = Session.of("run", "pagerank", "--input", graph, "--output", folder.resolve("here").toString(), "--iterations",
            "2000000000", "--max-supersteps", limit, "--partial-output");
        assertThat(here.status()).isEqualTo(1);
        assertThat(output).hasSameBinaryContentAs(folder.resolve("here"));
    }

    @Test void aJobThatIsNotSavedIsNotSuspended() throws InterruptedException {
        try (var submitted = new Background(words("submit", "pagerank", "--input", graph, "--iterations", "2000000000", "--verbose"))) {
            submitted.await("superstep 10:");
            String job = session("status").out().replaceAll("(?s).*running  job ([0-9]+),.*", "$1");
            assertThat(session("suspend", job).faults()).singleElement().asString().contains("job " + job + " is not saved");
            assertThat(session("cancel", job).status()).isZero();
            assertThat(submitted.end().status()).isEqualTo(1);
        }
    }

    @Test void aWorkerThatIsDrainedEndsWell() throws InterruptedException {
        try (var worker = new Background("worker", "--master", address, "--threads", "1", "--secret-file", secret.toString())) {
            String number = worker.await("this is worker ([0-9]+) of the cluster").group(1);
            assertThat(session("drain", number)).isEqualTo(new Session(0, "", "worker " + number + " will end when it has handed over what"
                + " it holds\n"));
            var end = worker.end();
            assertThat(end.status()).as(end.err()).isZero();
            assertThat(end.err()).contains("it was drained");
            assertThat(session("drain", number).faults()).singleElement().asString().contains("there is no worker " + number);
        }
    }

    @Test void whoBreaksOffASubmissionHearsHowToGoOn() throws InterruptedException {
        String job;
        try (var submitted = new Background(words("submit", "pagerank", "--input", graph, "--iterations", "2000000000", "--verbose"))) {
            submitted.await("superstep 10:");
            Thread hook = submitted.breakOff();
            var told = submitted.await("superstep: job ([0-9]+) goes on; superstep attach --master (.*) [0-9]+ shows how, superstep cancel"
                + " --master .* [0-9]+ ends it\n");
            hook.join();
            job = told.group(1);
            assertThat(session("status").out()).contains("running  job " + job + ", pagerank");
            assertThat(session("cancel", job).status()).isZero();
        }
    }

    @Test void whatIsWrongWithTheInputIsToldAsInARun() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.tsv"), "1\t2\n2\n");
        var session = session("submit", "wcc", "--input", bad.toString(), "--output", output.toString(), "--quiet");
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.faults()).singleElement().asString().contains(bad + ":2: ", "worker ");
        assertThat(output).doesNotExist();
    }

    @Test void whatIsNotThereIsRefused() {
        var session = session("cancel", "987654");
        assertThat(session.faults()).singleElement().asString().contains("987654");
        assertThat(session.status()).isPositive();
        assertThat(session("attach", "987654").status()).isPositive();
    }

    @Test void aUsersProgramTravels() throws IOException {
        Path jar = new JarBuilder(folder).source("com.acme.Greatest", """
            package com.acme;

            import org.superstep.graph.*;

            public final class Greatest extends LongProgram {
                private final LongColumn greatest = longColumn("greatest", 0);

                @Override public LongCombiner combiner() {
                    return LongCombiner.MAX;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    if (v.id() == 77) {
                        throw new IllegalStateException("not that one");
                    }
                    long best = Math.max(v.id(), in.combined());
                    if (v.superstep() == 0 || best > v.get(greatest)) {
                        v.set(greatest, best);
                        v.broadcast(best);
                    }
                    v.halt();
                }
            }
            """).write(folder.resolve("mine.jar"));
        var session = session("submit", "--jar", jar.toString(), "Greatest", "--input", graph, "--output", output.toString());
        assertThat(session.status()).as(session.err()).isZero();
        assertThat(output).hasContent("id\tgreatest\n1\t5\n2\t5\n3\t5\n4\t5\n5\t5\n");

        Path more = Files.writeString(folder.resolve("more.tsv"), "1\t77\n");
        var failed = session("submit", "--jar", jar.toString(), "Greatest", "--input", more.toString(), "--quiet");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("not that one", "vertex 77", "worker ");
    }

    @Test void whoDoesNotKnowTheSecretIsTurnedAway() {
        var session = Session.of("status", "--master", address);
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.faults()).singleElement().asString().contains("secret");
    }

    @Test void aPortInUseIsToldInALine() {
        var session = Session.of("master", "--listen", address, "--secret-file", secret.toString());
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: ").contains(address.substring(address.indexOf(':')));
    }

    @Test void whereNoMasterListensThatIsSaid() throws IOException {
        String free;
        try (var socket = new ServerSocket(0)) {
            free = "localhost:" + socket.getLocalPort();
        }
        var session = Session.of("jobs", "--master", free);
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.faults()).last().asString().startsWith("superstep: no master answers at " + free);
    }
}
