package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.graph.Program;

/** Runs that are saved, broken off and gone on with: they come to the bytes of one to which nothing has happened. */
final class SavedRunTest {
    @TempDir Path scratch;
    private Path graph;
    private Path folder;
    private Path output;
    private byte[] expected;

    @BeforeEach void runUndisturbed() throws IOException {
        var edges = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            edges.append(i).append('\t').append((i + 1) % 60).append('\n').append(i).append('\t').append(i * i % 31).append('\n');
        }
        graph = Files.writeString(scratch.resolve("graph.tsv"), edges);
        folder = scratch.resolve("saved");
        output = scratch.resolve("ranks.tsv");
        assertThat(run("--workers-in-process", "2").status()).isZero();
        expected = Files.readAllBytes(output);
        Files.delete(output);
    }

    private Session run(String... more) {
        var words = new ArrayList<>(List.of("run", "pagerank", "--input", graph.toString(), "--undirected",
            "--output", output.toString()));
        words.addAll(List.of(more));
        return Session.with(SavedRunTest::runPatiently, words.toArray(String[]::new));
    }

    /** The real engine, which waits for checkpoints: so small a job would be over before the disk has written anything. */
    private static Result runPatiently(Program program, Graph edges, JobOptions options) {
        return Superstep.run(program, edges, options.checkpoints().map(saved -> options.withCheckpoints(saved.awaited())).orElse(options));
    }

    private Session saved(String... more) {
        var words = new ArrayList<>(List.of("--checkpoint-every", "2", "--checkpoint-dir", folder.toString()));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    @ParameterizedTest @CsvSource({"1, compute, 0", "2, exchange, 2", "7, barrier, 6"})
    void aWorkerThatIsLostChangesNothing(int superstep, String moment, int checkpoint) throws IOException {
        var session = saved("--workers-in-process", "3", "--inject", "kill worker 2 at superstep " + superstep + " " + moment);
        assertThat(session.status()).as(session.err()).isZero();
        assertThat(session.err()).contains("superstep: worker 2 of 3 was lost: an injected fault has killed it; going back to the"
            + " checkpoint before superstep " + checkpoint + "\n", "restarts 1\n");
        assertThat(output).hasBinaryContent(expected);
        assertThat(folder).as("a job that has ended well needs no checkpoint").doesNotExist();
    }

    @Test void whereOnlyLostPartitionsComputeAgainTheUserSeesWhatThatSpares() throws IOException {
        var session = saved("--workers-in-process", "3", "--recovery", "confined", "--inject", "kill worker 2 at superstep 7 compute",
            "--report", scratch.resolve("report").toString());
        assertThat(session.status()).as(session.err()).isZero();
        assertThat(session.err())
            .contains("superstep: worker 2 of 3 was lost: an injected fault has killed it; those that are left keep what they have computed"
                + " since the checkpoint before superstep 6\n")
            .containsPattern("superstep: partitions? .* on worker .* computes? supersteps 6 to 7 again, while the others wait: [0-9]+ of 60"
                + " vertices\n")
            .containsPattern("superstep: all partitions have computed superstep 7, [0-9.]+ m?s after the loss: [0-9]+ vertices computed"
                + " again, where going back would have cost 120\n")
            .containsPattern("\nrestarts 1, confined\nlost     [0-9.]+ .?s; [0-9]+ vertices computed again, where going back would have"
                + " cost 120\n");
        assertThat(Files.readString(scratch.resolve("report"))).contains("\"restarts\" : 1,", "\"confined\" : 1,", "\"lostNanos\" : ",
            "\"computedAgain\" : ", "\"computedAgainOfAll\" : 120");
        assertThat(output).hasBinaryContent(expected);
    }

    @ParameterizedTest @CsvSource({"--threads, 1", "--workers-in-process, 2", "--workers-in-process, 4"})
    void aRunThatWasBrokenOffGoesOnToTheSameBytes(String option, String value) throws IOException {
        var broken = saved("--workers-in-process", "3", "--max-supersteps", "9");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.faults()).last().asString().isEqualTo("    continue with: superstep resume " + folder);
        assertThat(output).doesNotExist();

        Files.delete(graph);
        var session = Session.of("resume", folder.toString(), option, value, "--max-supersteps", "0", "--report",
            scratch.resolve("report").toString());
        assertThat(session.status()).as(session.err()).isZero();
        assertThat(session.err()).contains("superstep: going on from the checkpoint before superstep 8 in " + folder + "\n",
            "input    graph.tsv: not read again\n", "resumed  before superstep 8\n");
        assertThat(Files.readString(scratch.resolve("report"))).contains("\"recovery\" : {", "\"resumedFrom\" : ", "\"restarts\" : 0");
        assertThat(output).hasBinaryContent(expected);
        assertThat(folder).doesNotExist();
    }

    @Test void aRunThatMayNotBeginAnewFailsAndCanGoOn() throws IOException {
        var broken = saved("--workers-in-process", "3", "--recovery", "none", "--inject", "kill worker 3 at superstep 8 compute");
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err()).contains("superstep: worker 3 of 3 was lost: ", "    continue with: superstep resume " + folder);
        var session = Session.of("resume", folder.toString(), "--output", scratch.resolve("other.tsv").toString());
        assertThat(session.status()).as("the fault that was tried is none of the job's: " + session.err()).isZero();
        assertThat(scratch.resolve("other.tsv")).hasBinaryContent(expected);
        assertThat(output).doesNotExist();
    }

    @Test void whatGoesToStandardOutputGoesThereAgain() {
        var broken = Session.with(SavedRunTest::runPatiently, "run", "pagerank", "--input", graph.toString(),
            "--undirected", "--output", "-", "--checkpoint-dir", folder.toString(), "--checkpoint-every", "3", "--max-supersteps", "5");
        assertThat(broken.status()).isEqualTo(1);
        var session = Session.of("resume", folder.toString(), "--max-supersteps", "0");
        assertThat(session.out().getBytes(StandardCharsets.UTF_8)).containsExactly(expected);
    }

    @Test void aLossWithoutCheckpointsBeginsAnewFromTheInput() {
        var session = run("--workers-in-process", "2", "--inject", "kill worker 1 at superstep 3 barrier");
        assertThat(session.faults()).anyMatch(line -> line.endsWith("; beginning anew from the input")).contains("restarts 1");
        assertThat(output).hasBinaryContent(expected);
    }

    @Test void checkpointsThatAreToStayDo() {
        assertThat(saved("--keep-checkpoints", "3").status()).isZero();
        assertThat(new SavedRun(folder).canGoOn()).isTrue();
        assertThat(saved().faults()).singleElement().asString().contains("holds checkpoints of another run, pagerank before superstep ");
    }

    @Test void aRunThatNamesNoFolderLeavesNone() throws IOException {
        var session = run("--checkpoint-every", "4");
        assertThat(session.status()).isZero();
        var told = Pattern.compile("saved in (superstep-checkpoints/pagerank-[0-9a-f]{12}) while it runs").matcher(session.err());
        assertThat(told.find()).as(session.err()).isTrue();
        assertThat(Path.of(told.group(1))).doesNotExist();
        assertThat(output).hasBinaryContent(expected);
    }
}
