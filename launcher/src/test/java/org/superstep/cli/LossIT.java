package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose processes die or stand still: what they write in the end is what they would have written undisturbed, to the byte. */
final class LossIT {
    /** The job stands still here for longer than a test may take, until a worker is lost: so each loss comes in the middle of it. */
    private static final int MIDDLE = 300;
    private static final String ANYWHERE = "localhost:0";

    @TempDir Path folder;
    private final Script superstep = new Script(Path.of("").toAbsolutePath(),
        Path.of("target/superstep/bin/superstep").toAbsolutePath().toString());
    private final List<Process> started = new ArrayList<>();
    private Path graph;

    @BeforeEach void writeAGraph() throws IOException {
        var edges = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            edges.append(i).append('\t').append(i * 7 % 60).append('\n').append(i).append('\t').append(i * i % 59).append('\n');
        }
        graph = Files.writeString(folder.resolve("graph.tsv"), edges);
    }

    @AfterEach void endWhatIsLeft() throws InterruptedException {
        started.forEach(Process::destroyForcibly);
        for (Process process : started) {
            process.waitFor();
        }
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private Process start(String name, String... words) throws IOException {
        Process process = superstep.start(file(name + ".out"), file(name + ".err"), words);
        started.add(process);
        return process;
    }

    private String err(String name) throws IOException {
        return Files.readString(file(name + ".err"));
    }

    /** The words for the job that stands still, as this command has it. */
    private String[] words(String command, String... more) {
        var words = new ArrayList<>(List.of(command));
        words.addAll(List.of("pagerank", "--iterations", "400", "--input", graph.toString(), "--output", file("ranks").toString(),
            "--verbose", "--checkpoint-every", "50", "--checkpoint-dir", file("saved").toString(),
            "--inject", "slow worker 1 at superstep " + MIDDLE + " compute for 10m"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private void awaitMiddle(Process job, String name) throws IOException {
        Script.await(job, file(name + ".err"), "superstep " + (MIDDLE - 1) + ":");
    }

    private void requireTheSame(Process job, String name) throws Exception {
        assertThat(Script.end(job)).as(err(name)).isZero();
        var undisturbed = Session.of("run", "pagerank", "--iterations", "400", "--quiet", "--input", graph.toString(), "--output",
            file("undisturbed").toString());
        assertThat(undisturbed.status()).as(undisturbed.err()).isZero();
        assertThat(file("ranks")).hasSameBinaryContentAs(file("undisturbed"));
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()).filter(path -> path.startsWith(".") || path.startsWith("ranks")))
                .as("nothing is half written").containsExactly("ranks");
        }
        assertThat(file("saved")).as("the checkpoints of a job that has ended well").doesNotExist();
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor()).isZero();
    }

    /** Starts a master at this address, and returns where it listens. */
    private String startMaster(String name, String listen, String... more) throws IOException {
        var words = new ArrayList<>(List.of("master", "--listen", listen));
        words.addAll(List.of(more));
        Process master = start(name, words.toArray(String[]::new));
        Script.await(master, file(name + ".err"), "the master listens at ");
        return err(name).replaceAll("(?s).*the master listens at (\\S+).*", "$1");
    }

    private Process startWorker(String name, String master, String... more) throws IOException {
        var words = new ArrayList<>(List.of("worker", "--master", master, "--threads", "1"));
        words.addAll(List.of(more));
        Process worker = start(name, words.toArray(String[]::new));
        Script.await(worker, file(name + ".err"), "this is worker ");
        return worker;
    }

    @Test void aWorkerOfACommandThatIsKilledIsReplaced() throws Exception {
        Process run = start("run", words("run", "--workers", "3", "--threads", "3"));
        awaitMiddle(run, "run");
        ProcessHandle worker = run.children().findFirst().orElseThrow();
        assertThat(err("run")).containsPattern("worker processes: .*" + worker.pid());
        worker.destroyForcibly();
        requireTheSame(run, "run");
        assertThat(err("run")).containsPattern("process " + worker.pid() + " was killed by signal 9; process \\d+ takes its place")
            .containsPattern("superstep: worker [123] \\(127.0.0.1:\\d+\\) was lost: .*; going back to the checkpoint before superstep ");
    }

    @Test void onlyThePartitionsOfAKilledWorkerComputeAgainWhereThatIsSaid() throws Exception {
        Process run = start("run", "run", "pagerank", "--iterations", "400", "--input", graph.toString(), "--output",
            file("ranks").toString(), "--workers", "3", "--threads", "3", "--checkpoint-every", "50", "--checkpoint-dir",
            file("saved").toString(), "--recovery", "confined", "--inject", "slow worker 1 at superstep 110 compute for 1s",
            "kill worker 2 at superstep 120 exchange");
        requireTheSame(run, "run");
        assertThat(err("run"))
            .containsPattern("superstep: worker 2 \\(127.0.0.1:\\d+\\) was lost: .*; those that are left keep what they have computed since"
                + " the checkpoint before superstep \\d+\n")
            .containsPattern("superstep: partitions? [0-9, -]+ on worker \\d+ \\(127.0.0.1:\\d+\\).* computes? supersteps? \\d+( to \\d+)?"
                + " again, while the others wait: \\d+ of 60 vertices\n")
            .containsPattern("superstep: all partitions have computed superstep 120, [0-9.]+ m?s after the loss: [0-9,]+ vertices computed"
                + " again, where going back would have cost [0-9,]+\n")
            .contains("\nrestarts 1, confined\n").doesNotContain("going back to", "go back to");
    }

    @Test void aWorkerOfAClusterThatIsKilledIsDoneWithout() throws Exception {
        String master = startMaster("master", ANYWHERE);
        Process first = startWorker("first", master);
        startWorker("second", master);
        Process submit = start("submit", words("submit", "--master", master));
        awaitMiddle(submit, "submit");
        first.destroyForcibly();
        requireTheSame(submit, "submit");
        assertThat(err("submit")).contains("superstep: worker 1 (localhost:").contains("; going back to the checkpoint before superstep");
    }

    @Test void onlyPartitionsOfAWorkerThatIsKilledComputeAgain() throws Exception {
        String master = startMaster("master", ANYWHERE);
        Process first = startWorker("first", master);
        startWorker("second", master);
        startWorker("third", master);
        Process submit = start("submit", words("submit", "--master", master, "--recovery", "confined"));
        awaitMiddle(submit, "submit");
        first.destroyForcibly();
        requireTheSame(submit, "submit");
        requireConfined("submit", 1);
    }

    /** Processes that are killed while others compute again what was lost, and replaced by processes that have kept nothing. */
    @Test void aSecondWorkerOfACommandIsKilledWhileTheFirstOnesPartitionsComputeAgain() throws Exception {
        Process run = start("run", "run", "pagerank", "--iterations", "400", "--input", graph.toString(), "--output",
            file("ranks").toString(), "--checkpoint-every", "50", "--checkpoint-dir", file("saved").toString(), "--workers", "3",
            "--threads", "3", "--recovery", "confined", "--inject", "kill worker 1 at superstep 271 compute", "--inject",
            "kill worker 2 at superstep 260 exchange in attempt 2");
        requireTheSame(run, "run");
        assertThat(err("run")).containsPattern("(?s)takes its place.*takes its place");
        requireConfined("run", 2);
    }

    private void requireConfined(String name, int losses) throws IOException {
        List<String> lines = err(name).lines().toList();
        assertThat(lines).filteredOn(line -> line.contains(" was lost: ")).as(err(name)).hasSize(losses);
        assertThat(lines).filteredOn(line -> line.contains("computed again")).as(err(name)).isNotEmpty();
    }

    @Test void aWorkerThatStandsStillForTooLongJoinsAnew() throws Exception {
        String master = startMaster("master", ANYWHERE, "--heartbeat-timeout", "1s");
        Process first = startWorker("first", master, "--heartbeat-timeout", "1s");
        startWorker("second", master, "--heartbeat-timeout", "1s");
        Process submit = start("submit", words("submit", "--master", master));
        awaitMiddle(submit, "submit");
        signal("STOP", first);
        Script.await(submit, file("submit.err"), "nothing was heard from ");
        signal("CONT", first);
        requireTheSame(submit, "submit");
        Script.await(first, file("first.err"), "this is worker 3 of the cluster");
        assertThat(first.isAlive()).isTrue();
    }

    @Test void aMasterThatIsKilledAndStartedAgainGoesOn() throws Exception {
        String state = file("state").toString();
        String at = startMaster("master", ANYWHERE, "--state-dir", state);
        startWorker("first", at);
        startWorker("second", at);
        Process submit = start("submit", words("submit", "--master", at));
        awaitMiddle(submit, "submit");
        started.get(0).destroyForcibly().waitFor();
        assertThat(startMaster("again", at, "--state-dir", state)).isEqualTo(at);
        requireTheSame(submit, "submit");
        assertThat(err("submit")).contains("going on from the checkpoint before superstep ");
    }

    @Test void aJobAllOfWhoseWorkersAreKilledWaitsForOthers() throws Exception {
        String master = startMaster("master", ANYWHERE);
        Process first = startWorker("first", master);
        Process second = startWorker("second", master);
        Process submit = start("submit", words("submit", "--master", master));
        awaitMiddle(submit, "submit");
        first.destroyForcibly();
        second.destroyForcibly();
        Script.await(submit, file("submit.err"), "waiting for workers");
        startWorker("third", master);
        requireTheSame(submit, "submit");
    }
}
