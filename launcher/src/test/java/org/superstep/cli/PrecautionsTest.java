package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.Injection;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.RecoveryLog;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.net.JobSpec;

/** What a command line says of checkpoints, losses and faults. */
final class PrecautionsTest {
    @TempDir Path folder;
    private Path graph;
    private JobOptions asked;

    @BeforeEach void writeAGraph() throws IOException {
        graph = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n");
    }

    /** What the engine is asked for by these words, after {@code run pagerank --input ...}; it then breaks down. */
    private JobOptions asked(String... more) {
        var words = new ArrayList<>(List.of("run", "pagerank", "--input", graph.toString()));
        words.addAll(List.of(more));
        var session = Session.with((program, edges, options) -> {
            asked = options;
            throw new JobException("enough", null);
        }, words.toArray(String[]::new));
        assertThat(session.faults()).contains("superstep: enough");
        return asked;
    }

    private Submission submission(String... more) throws IOException {
        var said = ProgramWords.of(List.of(more), RunOptions.SUBMIT.ofAnyProgram());
        var program = Programs.named("pagerank");
        var arguments = RunOptions.SUBMIT.parse(program, said);
        var request = RunRequest.of(program, "submit", arguments, Thread.currentThread().getContextClassLoader());
        return Submission.of(program, "pagerank", Optional.empty(), arguments, request, Optional.empty(), 3, 3);
    }

    @ParameterizedTest @CsvSource(delimiter = ';', value = {
        "--checkpoint-every 0; --checkpoint-every must be auto or an integer of at least 1, was \"0\"",
        "--checkpoint-every often; --checkpoint-every must be auto or an integer of at least 1, was \"often\"",
        "--checkpoint-every auto --mtbf 1; --mtbf must be a span of time such as 500ms, 10s, 5m, 2h or 1d, was \"1\"",
        "--checkpoint-every auto --mtbf 0s; --mtbf must be longer than nothing, was \"0s\"",
        "--checkpoint-every 5 --mtbf 1d; --mtbf says how often --checkpoint-every auto saves the job; 5 supersteps need no such word",
        "--mtbf 1d; --mtbf needs checkpoints; --checkpoint-every N has the job saved after every N supersteps",
        "--keep-checkpoints 2; --keep-checkpoints needs checkpoints",
        "--checkpoint-every 5 --keep-checkpoints 0; --keep-checkpoints must be an integer of at least 1, was \"0\"",
        "--checkpoint-dir pom.xml; --checkpoint-dir pom.xml: is a file; name a folder",
        "--checkpoint-dir pom.xml/inside; pom.xml is not a folder",
        "--checkpoint-dir src; --checkpoint-dir src: holds ",
        "--checkpoint-dir s3://x/y; --checkpoint-dir s3://x/y: only files",
        "--recovery sideways; --recovery must be one of rollback, confined, none, was \"sideways\"",
        "--recovery confined; --recovery confined needs checkpoints; --checkpoint-every N has the job saved after every N supersteps",
        "--log-memory 1g; --log-memory says how much workers keep for --recovery confined; say that too, or leave it out",
        "--checkpoint-every 5 --recovery none --log-limit 1g; --log-limit says how much workers keep for --recovery confined",
        "--checkpoint-every 5 --recovery confined --log-limit 4; --log-limit must be a number of gigabytes or megabytes such as 4g or 900m,"
            + " was \"4\"",
        "--checkpoint-every 5 --recovery confined --log-memory 9999999999g; --log-memory must be a number of gigabytes or megabytes",
        "--checkpoint-every 5 --recovery confined --log-memory -1m; --log-memory must be a number of gigabytes or megabytes",
        "--recovery none --max-restarts 2; leave one of them out",
        "--max-restarts -1; --max-restarts must be an integer of at least 0, was \"-1\"",
        "--elastic; run pagerank has no option --elastic",
        "--rebalance; --rebalance needs checkpoints; --checkpoint-every N",
        "--rebalance --checkpoint-every 5; there is 1 worker; say --workers N",
        "--checkpoint-tokn 5; run pagerank has no option --checkpoint-tokn"})
    void whatIsWrongIsTold(String words, String told) {
        var session = Session.of(("run pagerank --input x " + words).split(" "));
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: ").contains(told)
            .doesNotContain("mean --checkpoint-token");
        assertThat(session.status()).isEqualTo(2);
    }

    @ParameterizedTest @CsvSource(delimiter = ';', value = {
        "--checkpoint-every 5; --checkpoint-every needs --checkpoint-dir PATH: a folder that all machines see",
        "--rebalance; --rebalance needs checkpoints; --checkpoint-every N",
        "--rebalance --checkpoint-every 5 --checkpoint-dir x --workers 1; there is 1 worker; say --workers N",
        "--elastic; --elastic needs checkpoints; --checkpoint-every N"})
    void whatIsWrongOnAClusterIsTold(String words, String told) {
        var session = Session.of(("submit pagerank --input x " + words).split(" "));
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: ").contains(told);
        assertThat(session.status()).isEqualTo(2);
    }

    @ParameterizedTest @CsvSource(delimiter = ';', value = {
        "''; kill wroker 2 at load; \"kill wroker 2 at load\": expected \"worker\" after \"kill\", was \"wroker\"",
        "''; kill worker 2 at load; \"kill worker 2 at load\": there is 1 worker, counted from 1",
        "--workers-in-process 3; kill worker 4 at load; there are 3 workers, counted from 1",
        "--workers 3; kill worker 4 at load; there are 3 workers, counted from 1",
        "--workers-in-process 3; pause worker 2 at load for 5s; cannot stand still without all of it",
        "--workers 3; corrupt worker 2 at superstep 1 exchange; corrupt at checkpoint flips one that is saved",
        "''; kill worker 1 at checkpoint; the job is not saved; --checkpoint-every N has it saved"})
    void aFaultThatCannotHappenIsRefused(String words, String fault, String told) {
        var all = new ArrayList<>(List.of("run", "pagerank", "--input", "x", "--inject", fault));
        all.addAll(words.isEmpty() ? List.of() : List.of(words.split(" ")));
        var session = Session.of(all.toArray(String[]::new));
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: --inject \"").contains(told);
        assertThat(session.status()).isEqualTo(2);
    }

    @Test void aRunWithoutAWordIsNotSavedAndBeginsAnewThreeTimes() {
        assertThat(asked().checkpoints()).isEmpty();
        assertThat(asked().maxRestarts()).isEqualTo(3);
        assertThat(asked().injections()).isEmpty();
        assertThat(asked("--recovery", "none").maxRestarts()).isZero();
        assertThat(asked("--max-restarts", "7").maxRestarts()).isEqualTo(7);
    }

    @Test void onlyLostPartitionsComputeAgainWhereThatIsSaid() {
        assertThat(asked("--checkpoint-every", "5").recoveryLog()).isEmpty();
        assertThat(asked("--checkpoint-every", "5", "--recovery", "rollback").recoveryLog()).isEmpty();
        assertThat(asked("--checkpoint-dir", folder.resolve("saved").toString(), "--recovery", "confined").recoveryLog())
            .contains(RecoveryLog.DEFAULT);
        assertThat(asked.maxRestarts()).isEqualTo(3);
        assertThat(asked("--checkpoint-every", "5", "--recovery", "confined", "--log-memory", "0m", "--log-limit", "2G").recoveryLog())
            .contains(new RecoveryLog(OptionalLong.of(0), 2L << 30));
        assertThat(asked("--checkpoint-every", "5", "--recovery", "confined", "--log-limit", "30m", "--max-restarts", "7").recoveryLog())
            .contains(new RecoveryLog(OptionalLong.empty(), 30L << 20));
        assertThat(asked.maxRestarts()).isEqualTo(7);
    }

    @ParameterizedTest @CsvSource({"'', true", "--workers-in-process 3, false", "--quiet, false"})
    void oneWorkerIsToldThatItHasNobodyWhoKeepsAnything(String more, boolean isTold) {
        var words = new ArrayList<>(List.of("run", "pagerank", "--input", graph.toString(), "--checkpoint-every", "5", "--recovery",
            "confined"));
        words.addAll(more.isEmpty() ? List.of() : List.of(more.split(" ")));
        var session = Session.with((program, edges, options) -> {
            throw new JobException("enough", null);
        }, words.toArray(String[]::new));
        String told = "superstep: --recovery confined spares what other workers have computed, and there is 1 worker; say --workers N";
        assertThat(session.faults().contains(told)).as(session.err()).isEqualTo(isTold);
        assertThat(session.faults()).contains("superstep: enough");
    }

    @Test void aRunIsSavedInAFolderOfItsOwnWhereNoneIsNamed() {
        var checkpoints = asked("--checkpoint-every", "5").checkpoints().orElseThrow();
        assertThat(checkpoints.everySupersteps()).isEqualTo(5);
        assertThat(checkpoints.folder().toString()).matches("superstep-checkpoints/pagerank-[0-9a-f]{12}");
        assertThat(checkpoints.stay()).isFalse();
        assertThat(checkpoints.folder()).as("nothing is made before the job begins").doesNotExist();
        var other = asked("--checkpoint-every", "5").checkpoints().orElseThrow();
        assertThat(other.job().orElseThrow().token()).isNotEqualTo(checkpoints.job().orElseThrow().token());
        assertThat(other.folder()).isNotEqualTo(checkpoints.folder());
    }

    @Test void whereARunIsSavedIsTold() {
        var session = Session.with((program, edges, options) -> {
            throw new JobException("enough", null);
        }, "run", "pagerank", "--input", graph.toString(), "--checkpoint-every", "5");
        assertThat(session.faults()).first().asString().matches("saved in superstep-checkpoints/pagerank-[0-9a-f]{12} while it runs");
    }

    @Test void allThatIsSaidOfCheckpointsIsAskedOfTheEngine() {
        var often = asked("--checkpoint-dir", folder.resolve("new/saved").toString(), "--mtbf", "90m").checkpoints().orElseThrow();
        assertThat(often.folder()).isEqualTo(folder.resolve("new/saved"));
        assertThat(often.everySupersteps()).as("auto").isZero();
        assertThat(often.failures()).isEqualTo(Duration.ofMinutes(90));
        assertThat(often.keep()).isEqualTo(2);
        var kept = asked("--checkpoint-dir", folder.resolve("saved").toString(), "--checkpoint-every", "auto", "--keep-checkpoints", "4")
            .checkpoints().orElseThrow();
        assertThat(kept.everySupersteps()).isZero();
        assertThat(kept.failures()).isEqualTo(Duration.ofDays(1));
        assertThat(kept.keep()).isEqualTo(4);
        assertThat(kept.stay()).isTrue();
        assertThat(folder).as("nothing is made to find out").isDirectoryNotContaining("glob:**saved");
    }

    @Test void aRunCanBeMadeAgainFromWhatItSaves() {
        var job = asked("--checkpoint-dir", folder.resolve("saved").toString(), "--checkpoint-every", "5", "--iterations", "7", "--seed",
            "9", "--threads", "2", "--quiet", "--output", "-", "--inject", "kill worker 1 at superstep 2 compute", "slow worker 1 at load"
            + " for 1ms").checkpoints().orElseThrow().job().orElseThrow();
        assertThat(job.program()).isEqualTo("pagerank");
        assertThat(job.seed()).isEqualTo(9);
        assertThat(job.jars()).isEmpty();
        assertThat(job.words()).containsExactly("pagerank", "--input=" + graph, "--checkpoint-every=5", "--iterations=7", "--seed=9",
            "--checkpoint-dir=" + folder.resolve("saved"), "--checkpoint-token=" + job.token(), "--output=-");
        assertThat(asked.injections()).containsExactly(Injection.parse("kill worker 1 at superstep 2 compute"),
            Injection.parse("slow worker 1 at load for 1ms"));
    }

    @Test void eachProcessOfAClusterSavesTheSameJobInTheSameFolder() throws IOException {
        var sent = submission("--input", graph.toString(), "--checkpoint-every", "5", "--checkpoint-dir", folder + "/./saved",
            "--elastic", "--rebalance", "--max-restarts", "1", "--recovery", "confined", "--log-memory", "64m", "--inject",
            "kill worker 3 at superstep 1 barrier").spec();
        assertThat(sent.recovery()).isEqualTo(new JobSpec.Recovery(1, true, true, true));
        assertThat(sent.words()).contains("--checkpoint-dir=" + folder.resolve("saved"),
            "--inject=kill worker 3 at superstep 1 barrier").doesNotContain("--elastic");
        for (int i = 0; i < 2; i++) {
            try (var made = new CommandLineJobs().make(sent, List.of(), 3, 3, JobObserver.SILENT)) {
                var checkpoints = made.job().options().checkpoints().orElseThrow();
                var job = checkpoints.job().orElseThrow();
                assertThat(checkpoints.folder()).isEqualTo(folder.resolve("saved"));
                assertThat(made.job().options().isRebalanced()).isTrue();
                assertThat(sent.words()).contains("--checkpoint-token=" + job.token());
                assertThat(job.words()).containsAll(sent.words().stream().filter(word -> !word.startsWith("--inject")).toList())
                    .noneMatch(word -> word.contains("kill"));
                assertThat(made.job().options().injections()).hasSize(1);
                assertThat(made.job().options().maxRestarts()).isEqualTo(1);
                assertThat(made.job().options().recoveryLog()).contains(RecoveryLog.DEFAULT.withMemory(64L << 20));
            }
        }
        assertThat(submission("--input", graph.toString()).spec().recovery()).isEqualTo(new JobSpec.Recovery(3, false, false, false));
    }

    @Test void whatTheCommandWritesToAStreamGoesToAStreamAgain() throws IOException {
        var job = asked("--checkpoint-dir", folder.resolve("saved").toString(), "--output", "-").checkpoints().orElseThrow().job();
        var sent = submission("--input", graph.toString(), "--checkpoint-dir", folder.resolve("saved").toString(), "--output",
            folder.resolve("instead.tsv").toString()).spec();
        try (var made = new CommandLineJobs(job).make(sent, List.of(), 1, 1, JobObserver.SILENT)) {
            assertThat(made.job().options().output()).contains(folder.resolve("instead.tsv"));
            assertThat(made.job().options().checkpoints().orElseThrow().job().orElseThrow().words()).contains("--output=-");
        }
    }

    @Test void aFolderInWhichAJobHasBegunWithoutACheckpointIsFree() throws IOException {
        new CheckpointFolder(folder.resolve("saved")).lead();
        assertThat(asked("--checkpoint-dir", folder.resolve("saved").toString()).checkpoints()).isPresent();
    }
}
