package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.RecoveryLog;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.Segment;
import org.superstep.graph.Program;
import org.superstep.job.Version;
import org.superstep.net.JobSpec;

/** Which run a folder of checkpoints makes of {@code superstep resume}, and what is refused. */
final class ResumeCommandTest {
    @TempDir Path scratch;
    private Path folder;
    private JobOptions asked;
    private Program program;

    @BeforeEach void nameAFolder() {
        folder = scratch.resolve("saved");
    }

    /** A checkpoint of this job before this superstep. */
    private void save(String version, int superstep, JobIdentity job) throws IOException {
        var saved = new CheckpointFolder(folder);
        var segment = new Segment("1-1-1-w0.state", 0, 0, 0);
        saved.commit(new Manifest(version, job, 1, saved.lead(), superstep, new long[0],
            new MasterState(0, 0, 0, 0, 0, 0, false, 0, 0, 0, 0, 0, new long[0], new long[0], new long[0][]),
            List.of(new Manifest.Entry(0, 0, 0, segment, segment, List.of()))));
    }

    private void save(String... words) throws IOException {
        save(Version.text(), 5, new JobIdentity("token", words.length == 0 ? "pagerank" : words[0], List.of(words), List.of(), 1));
    }

    /** What the engine is asked for by {@code superstep resume} with these words behind the folder; it then breaks down. */
    private Session resumed(String... more) {
        var words = new ArrayList<>(List.of("resume", folder.toString()));
        words.addAll(List.of(more));
        return Session.with((named, edges, options) -> {
            program = named;
            asked = options;
            throw new JobException("enough", null);
        }, words.toArray(String[]::new));
    }

    private String parameter(String name) {
        return program.declarations().parameters().stream().filter(parameter -> parameter.name().equals(name)).findFirst().orElseThrow()
            .text().orElseThrow();
    }

    @Test void theRunIsMadeAgainFromItsWords() throws IOException {
        save("pagerank", "--input=" + scratch.resolve("gone.tsv"), "--iterations=7", "--seed=9", "--partitions=3", "--undirected",
            "--checkpoint-every=5", "--keep-checkpoints=4", "--checkpoint-dir=/where/it/was/before", "--checkpoint-token=token",
            "--output=" + scratch.resolve("ranks.tsv"));
        var session = resumed("--threads", "2", "--workers-in-process", "2");
        assertThat(session.faults()).containsExactly("superstep: enough",
            "    continue with: superstep resume " + folder);
        assertThat(program.name()).isEqualTo("pagerank");
        assertThat(parameter("iterations")).isEqualTo("7");
        assertThat(asked.seed()).isEqualTo(9);
        assertThat(asked.partitions()).isEqualTo(3);
        assertThat(asked.threads()).isEqualTo(2);
        assertThat(asked.workers()).isEqualTo(2);
        assertThat(asked.output()).contains(scratch.resolve("ranks.tsv"));
        var checkpoints = asked.checkpoints().orElseThrow();
        assertThat(checkpoints.folder()).isEqualTo(folder);
        assertThat(checkpoints.everySupersteps()).isEqualTo(5);
        assertThat(checkpoints.keep()).isEqualTo(4);
        assertThat(checkpoints.job().orElseThrow().token()).isEqualTo("token");
    }

    @Test void whatIsSaidNowIsSaidInPlaceOfWhatWasSaidThen() throws IOException {
        save("pagerank", "--input=x", "--checkpoint-every=auto", "--mtbf=2h", "--max-restarts=5", "--output=" + scratch.resolve("a.tsv"),
            "--max-supersteps=3", "--partial-output", "--checkpoint-dir=/x", "--checkpoint-token=token");
        resumed("--checkpoint-every", "2", "--recovery", "none", "--output", scratch.resolve("b.csv").toString(), "--max-supersteps", "30");
        assertThat(asked.checkpoints().orElseThrow().everySupersteps()).isEqualTo(2);
        assertThat(asked.maxRestarts()).isZero();
        assertThat(asked.output()).contains(scratch.resolve("b.csv"));
        assertThat(asked.format().orElseThrow().title()).isEqualTo("csv");
        assertThat(asked.maxSupersteps()).isEqualTo(30);
        assertThat(asked.partialOutput()).isTrue();
        assertThat(asked.checkpoints().orElseThrow().job().orElseThrow().words()).as("next time that is what was said").contains(
            "--checkpoint-every=2", "--output=" + scratch.resolve("b.csv"), "--max-supersteps=30").doesNotContain("--mtbf=2h");
    }

    @Test void howALossIsTakenStaysUnlessItIsSaidAnew() throws IOException {
        save("pagerank", "--input=x", "--checkpoint-every=2", "--recovery=confined", "--log-memory=1m", "--log-limit=2m",
            "--max-restarts=5", "--checkpoint-dir=/x", "--checkpoint-token=token");
        resumed();
        assertThat(asked.recoveryLog()).contains(new RecoveryLog(OptionalLong.of(1 << 20), 2 << 20));
        resumed("--max-restarts", "7", "--log-limit", "3m");
        assertThat(asked.recoveryLog()).contains(new RecoveryLog(OptionalLong.of(1 << 20), 3 << 20));
        assertThat(asked.maxRestarts()).isEqualTo(7);
        resumed("--recovery", "rollback");
        assertThat(asked.recoveryLog()).isEmpty();
        assertThat(asked.maxRestarts()).isEqualTo(5);
        resumed("--recovery", "none");
        assertThat(asked.maxRestarts()).isZero();
    }

    @Test void aRunThatDidNotOutliveALossMayDoSoWhenItGoesOn() throws IOException {
        save("pagerank", "--input=x", "--checkpoint-every=2", "--recovery=none", "--checkpoint-dir=/x", "--checkpoint-token=token");
        resumed("--max-restarts", "2");
        assertThat(asked.maxRestarts()).isEqualTo(2);
        resumed("--recovery", "confined");
        assertThat(asked.recoveryLog()).contains(RecoveryLog.DEFAULT);
        assertThat(asked.maxRestarts()).isEqualTo(3);
    }

    @Test void aRunThatWasCutGoesOnWithoutALimit() throws IOException {
        save("pagerank", "--input=x", "--max-supersteps=3", "--partial-output", "--checkpoint-dir=/x", "--checkpoint-token=token");
        resumed("--max-supersteps", "0");
        assertThat(asked.maxSupersteps()).isZero();
        assertThat(asked.partialOutput()).isFalse();
    }

    @Test void aCheckpointThatCannotBeReadIsPassedOver() throws IOException {
        save("wcc", "--input=x", "--checkpoint-dir=/x");
        Files.writeString(folder.resolve("manifest-00000009-00000001"), "what is this");
        resumed();
        assertThat(program.name()).isEqualTo("wcc");
    }

    @Test void aUsersProgramComesFromTheFolder() throws IOException {
        Path jar = new JarBuilder(scratch).source("com.acme.Sums", """
            package com.acme;

            import org.superstep.graph.*;

            public final class Sums extends LongProgram {
                private final LongColumn value = longColumn("value", 0);

                @Override public LongCombiner combiner() {
                    return LongCombiner.SUM;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    v.halt();
                }
            }
            """).write(scratch.resolve("box/mine.jar"));
        var words = List.of("run", "--jar", jar.toString(), "Sums", "--input", "x", "--checkpoint-dir", folder.toString());
        Session.with((named, edges, options) -> {
            asked = options;
            throw new JobException("enough", null);
        }, words.toArray(String[]::new));
        var job = asked.checkpoints().orElseThrow().job().orElseThrow();
        assertThat(job.jars()).containsExactly(JobSpec.Jar.of(jar).sha256());
        save(Version.text(), 3, job);
        Files.delete(jar);
        resumed();
        assertThat(program.getClass().getName()).isEqualTo("com.acme.Sums");
        assertThat(asked.checkpoints().orElseThrow().job()).contains(job);

        Path kept = folder.resolve("jars").resolve(job.jars().get(0) + ".jar");
        Files.write(kept, new byte[] {0});
        assertThat(resumed().faults()).singleElement().asString().contains(kept + " has been changed");
        Files.delete(kept);
        assertThat(resumed().faults()).singleElement().asString().contains(kept + " cannot be read (no such file or folder)");
    }

    @ParameterizedTest @CsvSource(delimiter = ';', value = {
        "--seed 3; --seed was said when the job began: one that goes on keeps its program, parameters, input, partitions, seed and folder",
        "--input y; --input was said when the job began",
        "--iterations 3; --iterations was said when the job began",
        "--partitions 3; --partitions was said when the job began",
        "--checkpoint-dir z; --checkpoint-dir was said when the job began",
        "--jar z; --jar was said when the job began",
        "--dedup; resume has no option --dedup (superstep resume --help lists them)",
        "--thread 3; resume has no option --thread; did you mean --threads?",
        "pagerank; \"pagerank\" is left over",
        "--detach; --detach is for a cluster; name its master: --master HOST:PORT",
        "--elastic; --elastic is for a cluster"})
    void whatMayNotChangeIsRefused(String words, String told) throws IOException {
        save("pagerank", "--input=x", "--checkpoint-dir=/x");
        var session = resumed(words.split(" "));
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: ").contains(told);
        assertThat(session.status()).isEqualTo(2);
    }

    private void assertRefused(String told) {
        var session = resumed();
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: " + folder + ": ").contains(told);
        assertThat(session.status()).isEqualTo(2);
    }

    @Test void aJobThatHasEndedIsNotThereAnyMore() {
        assertRefused("there is no such folder; check the path (a job that has ended well deletes its checkpoints, unless"
            + " --keep-checkpoints was said)");
        assertThat(folder).doesNotExist();
    }

    @Test void aFolderThatCannotBeReachedIsNotSaidToBeGone() throws IOException {
        // To newer Javas a folder inside a file is just not there.
        folder = Files.createDirectory(folder).resolve("x".repeat(300));
        assertRefused("cannot be read (File name too long); check the path");
    }

    @Test void aFolderWithoutACheckpointIsNone() throws IOException {
        Files.createDirectory(folder);
        assertRefused("there is no checkpoint; name the folder where the job was saved");
        Path parent = folder;
        folder = parent.resolve("pagerank-1");
        save("pagerank", "--input=x");
        folder = parent;
        assertRefused("there is no checkpoint, but there is one in " + folder.resolve("pagerank-1"));
    }

    @Test void aFileIsNoFolder() throws IOException {
        Files.createFile(folder);
        assertRefused("is a file; name the folder where the job was saved");
    }

    @Test void checkpointsThatCannotBeReadAreNone() throws IOException {
        save("pagerank", "--input=x");
        for (String name : new CheckpointFolder(folder).manifests()) {
            Files.writeString(folder.resolve(name), "what is this");
        }
        assertRefused("no checkpoint can be read (");
    }

    @Test void anotherVersionsCheckpointIsForThatVersion() throws IOException {
        save("0.0.7", 3, new JobIdentity("token", "pagerank", List.of("pagerank", "--input=x"), List.of(), 1));
        assertRefused("was saved by Superstep 0.0.7, and this is " + Version.text());
    }

    @Test void whatJavaHasBegunJavaGoesOnWith() throws IOException {
        save();
        assertRefused("pagerank was started by a program of Java");
    }

    @Test void aNewRunWantsAFolderOfItsOwn() throws IOException {
        save("pagerank", "--input=x");
        var session = Session.of("run", "wcc", "--input", "x", "--checkpoint-dir", folder.toString());
        assertThat(session.faults()).containsExactly("superstep: --checkpoint-dir " + folder + ": holds checkpoints of another run,"
            + " pagerank before superstep 5; superstep resume " + folder + " goes on with it, a new run needs another folder");
        assertThat(session.status()).isEqualTo(2);
    }

    @Test void onAClusterTheInputNeedNotBeThereAnyMore() throws IOException {
        save("pagerank", "--input=" + scratch.resolve("gone"), "--checkpoint-dir=/x");
        var spec = new JobSpec("pagerank", List.of("pagerank", "--input=" + scratch.resolve("gone"), "--checkpoint-dir=" + folder,
            "--checkpoint-token=token"), List.of(), List.of(), 0, 0);
        try (var made = new CommandLineJobs().make(spec, List.of(), 1, 1, JobObserver.SILENT)) {
            assertThat(made.job().options().checkpoints()).isPresent();
        }
        var session = resumed("--master", "localhost:1", "--secret-file", "nowhere");
        assertThat(session.faults()).as("the words of the submission are right").singleElement().asString()
            .contains("--secret-file nowhere: there is no such file");
    }
}
