package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes of {@code superstep run --workers} when one of them dies, or is stopped: none outlives the command. */
final class LocalWorkersIT {
    /** What the issue allows an orphan, and a little for a busy machine. */
    private static final long ORPHAN_SECONDS = 20;
    private static final int WORKERS = 2;

    @TempDir Path folder;
    private Path scratch;
    private Path err;
    private Process command;
    private List<ProcessHandle> workers = List.of();

    @BeforeEach void startAJobWithoutEnd() throws IOException {
        Path graph = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n3\t1\n4\t1\n5\t4\n");
        scratch = Files.createDirectory(folder.resolve("tmp"));
        err = folder.resolve("err");
        command = new Script(folder, Path.of("target/superstep/bin/superstep").toAbsolutePath().toString())
            .with("SUPERSTEP_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch)
            .start(folder.resolve("out"), err, "run", "pagerank", "--input", graph.toString(), "--iterations", "2000000000", "--verbose",
                "--output", folder.resolve("ranks").toString(), "--workers", Integer.toString(WORKERS), "--threads", "2",
                "--recovery", "none");
        Script.await(command, err, "superstep 100:");
        workers = command.children().toList();
        assertThat(workers).hasSize(WORKERS);
    }

    @AfterEach void endWhatIsLeft() {
        workers.forEach(ProcessHandle::destroyForcibly);
        command.destroyForcibly();
    }

    private void requireAllGone() throws Exception {
        for (ProcessHandle worker : workers) {
            CompletableFuture<ProcessHandle> end = worker.onExit();
            end.get(ORPHAN_SECONDS, TimeUnit.SECONDS);
        }
        awaitEmpty(scratch);
    }

    /** A worker that has lost its command deletes its scratch folder and then ends; another may be a moment later. */
    private static void awaitEmpty(Path place) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ORPHAN_SECONDS);
        while (!names(place).isEmpty()) {
            assertThat(System.nanoTime()).as("still there: " + names(place)).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void signal(String name, long process) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor()).isZero();
    }

    @Test void aCommandThatIsKilledLeavesNoWorker() throws Exception {
        command.destroyForcibly();
        assertThat(Script.end(command)).isEqualTo(137);
        requireAllGone();
        assertThat(folder.resolve("ranks")).doesNotExist();
    }

    @Test void aCommandThatIsBrokenOffEndsItsWorkersStoppedOrNot() throws Exception {
        signal("STOP", workers.get(1).pid());
        command.destroy();
        assertThat(Script.end(command)).isEqualTo(143);
        requireAllGone();
        assertThat(Files.readString(err)).endsWith("superstep: interrupted\n");
        assertThat(names(folder)).containsExactly("err", "graph.tsv", "out", "tmp");
    }

    @Test void ctrlCIsTheCommandsToCarryOut() throws Exception {
        // A terminal tells all of its processes.
        for (ProcessHandle worker : workers) {
            signal("INT", worker.pid());
        }
        signal("INT", command.pid());
        assertThat(Script.end(command)).isEqualTo(130);
        requireAllGone();
        assertThat(Files.readString(err)).endsWith("superstep: interrupted\n").doesNotContain("ended with status");
        assertThat(names(folder)).containsExactly("err", "graph.tsv", "out", "tmp");
    }

    @Test void aWorkerThatDiesFailsTheRunInALine() throws Exception {
        signal("KILL", workers.get(0).pid());
        assertThat(Script.end(command)).isEqualTo(1);
        requireAllGone();
        assertThat(Files.readString(err))
            .containsPattern("superstep: worker [12] of 2 ended with status 137 \\(killed; out of memory\\?\\)");
        assertThat(names(folder)).containsExactly("err", "graph.tsv", "out", "tmp");
    }
}
