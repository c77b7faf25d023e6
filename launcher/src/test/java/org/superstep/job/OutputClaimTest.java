package org.superstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An output belongs to one job at a time, and to none for ever. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputClaimTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("rows.tsv" + OutputClaim.SUFFIX);
    }

    @Test
    void theSecondIsRefusedUntilTheFirstLetsGo() throws IOException {
        var first = new OutputClaim(file(), "one");
        var second = new OutputClaim(file(), "two");
        first.take();
        assertThatThrownBy(second::take).isInstanceOf(IOException.class).hasMessage("another job of this process writes it");
        second.release();
        second.abandon();
        assertThat(file()).as("a claim is let go of by whose it is alone").exists();
        first.release();
        assertThat(file()).doesNotExist();
        second.take();
        second.abandon();
        assertThat(folder).isEmptyDirectory();
    }

    /** What the claim of that process would hold, if it were one of ours. */
    private String claimOf(long process, int changedLine, String value) throws IOException {
        var some = new OutputClaim(file(), "one");
        some.take();
        var lines = new ArrayList<>(Files.readAllLines(file()));
        some.release();
        String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
        lines.set(0, Long.toString(process));
        lines.set(1, stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
        if (changedLine >= 0) {
            lines.set(changedLine, value);
        }
        return String.join("\n", lines);
    }

    @Test
    void aClaimLivesAsLongAsItsProcess() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")));
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(file(), claimOf(other.pid(), -1, ""));
            var claim = new OutputClaim(file(), "two");
            assertThatThrownBy(claim::take).hasMessageContaining("another job writes it, of process " + other.pid() + " on ")
                .hasMessageEndingWith("; if that is none any more, delete " + file());
            other.destroyForcibly().waitFor();
            claim.take();
            claim.release();
            assertThat(folder).isEmptyDirectory();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aProcessThatHasGotTheNumberOfADeadOneIsAnother() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")));
        Files.writeString(file(), claimOf(ProcessHandle.current().pid(), 1, "1"));
        var claim = new OutputClaim(file(), "two");
        claim.take();
        assertThat(claim.isTaken()).isTrue();
    }

    @Test
    void theLastInAClaimIsWhoseItIs() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")));
        String dead = claimOf(ProcessHandle.current().pid(), 1, "1");
        String elsewhere = claimOf(ProcessHandle.current().pid(), 2, "another machine");
        Files.writeString(file(), dead + "\n" + elsewhere);
        assertThatThrownBy(() -> new OutputClaim(file(), "two").take()).hasMessageContaining("another job writes it");
        Files.writeString(file(), elsewhere + "\n" + dead);
        new OutputClaim(file(), "two").take();
        assertThatThrownBy(() -> new OutputClaim(file(), "three").take()).hasMessage("another job of this process writes it");
        new OutputClaim(file(), "two").abandon();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatADeadProcessHasLeftHalfDoneGoes() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")));
        String dead = claimOf(ProcessHandle.current().pid(), 1, "1");
        Files.writeString(file(), dead);
        for (String name : List.of("rows.tsv.one.part", "rows.tsv.one.part2", "rows.tsv.one-3.part", "rows.tsv.one-3.part1",
                "rows.tsv.other.part", "rows.tsv.one-more.part", "rows.tsv")) {
            Files.writeString(folder.resolve(name), "half");
        }
        Output next = new OutputFile(folder.resolve("rows.tsv"), "two", 1);
        next.claim();
        next.clear(false);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("rows.tsv", "rows.tsv.other.part", "rows.tsv.one-more.part");
    }

    @Test
    void aFolderThatADeadProcessHasLeftHalfDoneIsEmptied() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")));
        String dead = claimOf(ProcessHandle.current().pid(), 1, "1");
        Path rows = Files.createDirectory(folder.resolve("rows"));
        Path inside = Files.createDirectory(rows.resolve("_temporary-one"));
        Files.writeString(rows.resolve(OutputClaim.SUFFIX), dead);
        Files.writeString(inside.resolve("2-part-00001"), "half");
        Files.writeString(rows.resolve("part-00000"), "half");
        Output next = new OutputFolder(rows, "two");
        next.claim();
        assertThat(rows.toFile().list()).containsExactlyInAnyOrder("_temporary-two", OutputClaim.SUFFIX);
        next.clear(false);
        // Where it is whole, it stays as it is.
        Files.writeString(rows.resolve(OutputClaim.SUFFIX), dead);
        Files.createDirectory(inside);
        Files.writeString(rows.resolve("part-00000"), "whole");
        Files.writeString(rows.resolve("_SUCCESS"), "");
        assertThatThrownBy(new OutputFolder(rows, "two")::claim).hasMessageContaining("already; name another, or empty it");
        assertThat(rows.resolve("part-00000")).hasContent("whole");
    }

    @Test
    void attemptsWriteOtherPartsUnderOneClaim() throws IOException {
        for (boolean isFolder : new boolean[] {false, true}) {
            Path rows = folder.resolve(isFolder ? "folder" : "file");
            Output first = isFolder ? new OutputFolder(rows, "one") : new OutputFile(rows, "one", 3);
            first.claim();
            Files.writeString(first.part(2), "of three");
            Output second = first.attempt(2, 1);
            assertThat(second.isClaimed()).isTrue();
            assertThat(second.part(0)).isNotEqualTo(first.part(0));
            Files.writeString(second.part(0), "of one");
            second.join(List.of(second.part(0)));
            second.commit();
            second.clear(true);
            if (isFolder) {
                assertThat(rows.toFile().list()).containsExactlyInAnyOrder("part-00000", "_SUCCESS");
            }
            assertThat(isFolder ? rows.resolve("part-00000") : rows).hasContent("of one");
        }
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("file", "folder");
    }

    @Test
    void aClaimFromElsewhereIsNeverTakenOver() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")));
        for (String found : List.of(claimOf(ProcessHandle.current().pid(), 2, "another machine"), "", "not\na\nclaim")) {
            Files.writeString(file(), found);
            assertThatThrownBy(() -> new OutputClaim(file(), "two").take()).as(found).hasMessageContaining("another job writes it")
                .hasMessageEndingWith("delete " + file());
            assertThat(file()).hasContent(found);
        }
    }

    @Test
    void ofManyThatTakeOverADeadClaimOneSucceeds() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")));
        String dead = claimOf(ProcessHandle.current().pid(), 1, "1");
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int attempt = 0; attempt < 200; attempt++) {
                Files.writeString(file(), dead);
                var takers = new ArrayList<Callable<Boolean>>();
                for (int i = 0; i < 8; i++) {
                    var claim = new OutputClaim(file(), "t" + i);
                    takers.add(() -> {
                        try {
                            claim.take();
                            return true;
                        } catch (IOException e) {
                            return false;
                        }
                    });
                }
                int taken = 0;
                for (Future<Boolean> future : threads.invokeAll(takers)) {
                    taken += future.get() ? 1 : 0;
                }
                assertThat(taken).as("attempt %d", attempt).isEqualTo(1);
                Files.deleteIfExists(file());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
