package org.superstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    @TempDir Path scratch;
    private Path path;
    private CheckpointFolder folder;

    @BeforeEach void folder() {
        path = scratch.resolve("job");
        folder = new CheckpointFolder(path);
    }

    @Test void aFolderThatIsNotThereHoldsNothing() throws IOException {
        assertThat(folder.manifests()).isEmpty();
    }

    @Test void whatIsCommittedIsReadAgain() throws IOException {
        long leader = folder.lead();
        var manifest = Samples.checkpoint(folder, leader, 5, 1);
        assertThat(folder.commit(manifest)).isEqualTo("manifest-00000005-00000001");
        assertThat(folder.manifests()).containsExactly("manifest-00000005-00000001");
        assertThat(folder.read("manifest-00000005-00000001")).usingRecursiveComparison().isEqualTo(manifest);
        folder.verify(manifest, true);
        assertThat(names()).containsExactly("5-1-1-w0.records", "5-1-1-w0.state", "5-1-1-w0.topology", "leader-00000001",
            "manifest-00000005-00000001");
    }

    @Test void theLatestSuperstepComesFirstAndOfOneSuperstepTheLatestLeader() throws IOException {
        long first = folder.lead();
        folder.commit(Samples.checkpoint(folder, first, 5, 1));
        folder.commit(Samples.checkpoint(folder, first, 10, 1));
        long second = folder.lead();
        folder.commit(Samples.checkpoint(folder, second, 10, 2));
        folder.commit(Samples.checkpoint(folder, second, 123_456_789, 2));
        assertThat(folder.manifests()).containsExactly("manifest-123456789-00000002", "manifest-00000010-00000002",
            "manifest-00000010-00000001", "manifest-00000005-00000001");
    }

    @Test void ofManyWhoLeadAtOnceEachHasANumberOfItsOwnAndOnlyTheLastCommits() throws Exception {
        int processes = 16;
        var threads = Executors.newFixedThreadPool(processes);
        try {
            var tasks = new ArrayList<Callable<Long>>();
            for (int process = 0; process < processes; process++) {
                tasks.add(() -> new CheckpointFolder(path).lead());
            }
            var numbers = new TreeSet<Long>();
            for (Future<Long> number : threads.invokeAll(tasks)) {
                numbers.add(number.get());
            }
            assertThat(numbers).hasSize(processes).first().isEqualTo(1L);
            for (long leader : numbers.headSet(numbers.last())) {
                assertThatThrownBy(() -> folder.commit(Samples.checkpoint(folder, leader, 5, 1))).isInstanceOf(OvertakenException.class);
                assertThatThrownBy(() -> folder.prune(leader, 1, "")).isInstanceOf(OvertakenException.class);
                assertThatThrownBy(() -> folder.delete(leader)).isInstanceOf(OvertakenException.class);
            }
            folder.commit(Samples.checkpoint(folder, numbers.last(), 5, 1));
            assertThat(folder.manifests()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Leaders follow each other while each commits and prunes: what is left is always a checkpoint that is whole. */
    @Test void leadersThatOvertakeEachOtherLeaveAWholeCheckpoint() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var tasks = new ArrayList<Callable<Void>>();
            for (int process = 0; process < 4; process++) {
                tasks.add(() -> {
                    for (int takeover = 0; takeover < 10; takeover++) {
                        leadUntilOvertaken(new CheckpointFolder(path));
                    }
                    return null;
                });
            }
            for (Future<Void> ended : threads.invokeAll(tasks)) {
                ended.get();
            }
        } finally {
            threads.shutdownNow();
        }
        long last = folder.lead();
        folder.commit(Samples.checkpoint(folder, last, 50, 1));
        folder.prune(last, 1, "");
        folder.prune(last, 1, "");
        assertThat(names()).containsExactly("50-" + last + "-1-w0.records", "50-" + last + "-1-w0.state", "50-" + last + "-1-w0.topology",
            "leader-%08d".formatted(last), "manifest-00000050-%08d".formatted(last));
        folder.verify(folder.read(folder.manifests().get(0)), true);
    }

    private static void leadUntilOvertaken(CheckpointFolder folder) throws IOException {
        long leader = folder.lead();
        try {
            for (int superstep = 0; superstep < 5; superstep++) {
                folder.commit(Samples.checkpoint(folder, leader, superstep, 1));
                folder.prune(leader, 1, "");
                var manifest = folder.read("manifest-%08d-%08d".formatted(superstep, leader));
                assertThat(manifest.leader()).isEqualTo(leader);
            }
        } catch (OvertakenException | DamagedException e) {
            // The next leader's deletions may have come first.
            assertThat(folder.lead()).isGreaterThan(leader + 1);
        }
    }

    @Test void everyFlippedByteOfACheckpointIsFound() throws IOException {
        String name = folder.commit(Samples.checkpoint(folder, folder.lead(), 5, 1));
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at++) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << at % 8);
                Files.write(file, flipped);
                assertThatThrownBy(() -> folder.verify(folder.read(name), true)).as("byte " + at + " of " + file)
                    .isInstanceOf(DamagedException.class).hasMessageStartingWith(file + " ");
            }
            Files.write(file, bytes);
        }
        assertThatCode(() -> folder.verify(folder.read(name), true)).doesNotThrowAnyException();
    }

    @Test void everyTruncationOfACheckpointIsFoundEvenByAGlance() throws IOException {
        String name = folder.commit(Samples.checkpoint(folder, folder.lead(), 5, 1));
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int length = 0; length < bytes.length; length++) {
                Files.write(file, Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> folder.verify(folder.read(name), false)).as(length + " bytes of " + file)
                    .isInstanceOf(DamagedException.class).hasMessageStartingWith(file + " ");
            }
            Files.delete(file);
            assertThatThrownBy(() -> folder.verify(folder.read(name), false)).isInstanceOf(DamagedException.class)
                .hasMessage(file + " is missing");
            Files.write(file, bytes);
        }
    }

    @Test void aFaultIsToldForEachFile() throws IOException {
        var manifest = Samples.checkpoint(folder, folder.lead(), 5, 1);
        Files.delete(folder.file("5-1-1-w0.records"));
        Files.write(folder.file("5-1-1-w0.topology"), new byte[144]);
        assertThat(folder.faults(manifest, false)).singleElement().extracting(Throwable::getMessage)
            .isEqualTo(folder.file("5-1-1-w0.records") + " is missing");
        assertThat(folder.faults(manifest, true)).hasSize(2);
    }

    @Test void aManifestUnderTheNameOfAnotherIsDamaged() throws IOException {
        folder.commit(Samples.checkpoint(folder, folder.lead(), 5, 1));
        Files.move(folder.file("manifest-00000005-00000001"), folder.file("manifest-00000006-00000001"));
        assertThatThrownBy(() -> folder.read("manifest-00000006-00000001")).isInstanceOf(DamagedException.class)
            .hasMessage(folder.file("manifest-00000006-00000001") + " was committed as manifest-00000005-00000001");
    }

    @Test void pruningKeepsWhatTheKeptOnesNameAndWhatIsBeingWritten() throws IOException {
        long leader = folder.lead();
        var first = Samples.checkpoint(folder, leader, 0, 1);
        folder.commit(first);
        folder.commit(Samples.checkpoint(folder, leader, 5, 1));
        var last = Samples.checkpoint(folder, leader, 10, 1);
        var shared = new ArrayList<Manifest.Entry>();
        for (int partition = 0; partition < 3; partition++) {
            var entry = last.partitions().get(partition);
            var topology = first.partitions().get(partition).topology();
            shared.add(new Manifest.Entry(entry.vertices(), entry.edges(), entry.neededBytes(), topology, entry.state(), entry.records()));
        }
        folder.commit(Samples.manifest(leader, 10, shared));
        Files.write(path.resolve("15-1-1-w0.state"), new byte[4]);
        Files.write(path.resolve("12-1-1-w1.state"), new byte[4]);
        Files.write(path.resolve("notes.txt"), new byte[4]);
        Files.write(path.resolve("manifest-00000012-00000001.tmp"), new byte[4]);
        folder.prune(leader, 1, "15-1-1");
        assertThat(names()).containsExactly("0-1-1-w0.topology", "10-1-1-w0.records", "10-1-1-w0.state", "15-1-1-w0.state",
            "5-1-1-w0.state.spare", "leader-00000001", "manifest-00000010-00000001", "notes.txt");
        folder.verify(folder.read("manifest-00000010-00000001"), true);
    }

    @Test void aFileThatIsNotNeededAnyMoreIsWrittenOver() throws IOException {
        long leader = folder.lead();
        folder.commit(Samples.checkpoint(folder, leader, 0, 1));
        Object blocks = Files.readAttributes(path.resolve("0-1-1-w0.state"), BasicFileAttributes.class).fileKey();
        Files.write(path.resolve("0-1-1-w0.state"), new byte[1000], StandardOpenOption.APPEND);
        Files.write(path.resolve("3-1-1-w0.state"), new byte[1000]);
        folder.commit(Samples.checkpoint(folder, leader, 5, 1));
        folder.prune(leader, 1, "");
        // What no manifest has named may still have a writer.
        assertThat(names()).containsExactly("0-1-1-w0.state.spare", "5-1-1-w0.records", "5-1-1-w0.state", "5-1-1-w0.topology",
            "leader-00000001", "manifest-00000005-00000001");
        var manifest = Samples.checkpoint(folder, leader, 10, 1);
        assertThat(Files.readAttributes(path.resolve("10-1-1-w0.state"), BasicFileAttributes.class).fileKey()).isEqualTo(blocks);
        assertThat(names()).doesNotContain("0-1-1-w0.state.spare");
        assertThat(Files.size(path.resolve("10-1-1-w0.state"))).isEqualTo(manifest.partitions().get(2).state().end());
        folder.verify(manifest, true);
        folder.commit(manifest);
        folder.prune(leader, 1, "");
        folder.prune(leader, 1, "");
        assertThat(names()).as("a spare that nobody takes goes").noneMatch(name -> name.endsWith(".spare"));
    }

    @Test void aDamagedManifestCostsNoOtherCheckpointItsFiles() throws IOException {
        long leader = folder.lead();
        folder.commit(Samples.checkpoint(folder, leader, 5, 1));
        folder.commit(Samples.checkpoint(folder, leader, 10, 1));
        String damaged = folder.commit(Samples.checkpoint(folder, leader, 15, 1));
        Files.write(folder.file(damaged), new byte[100]);
        folder.prune(leader, 1, "");
        assertThat(folder.manifests()).containsExactly(damaged, "manifest-00000010-00000001");
        folder.verify(folder.read("manifest-00000010-00000001"), true);
        assertThat(names()).contains("15-1-1-w0.state").doesNotContain("5-1-1-w0.state");
    }

    @Test void whatComesAfterADamagedCheckpointIsNotPrunedInItsFavour() throws IOException {
        long leader = folder.lead();
        folder.commit(Samples.checkpoint(folder, leader, 45, 1));
        folder.commit(Samples.checkpoint(folder, leader, 50, 1));
        folder.commit(Samples.checkpoint(folder, leader, 5, 2));
        folder.prune(leader, 2, "");
        assertThat(folder.manifests()).containsExactly("manifest-00000005-00000001");
        assertThat(names()).containsExactly("5-1-2-w0.records", "5-1-2-w0.state", "5-1-2-w0.topology", "leader-00000001",
            "manifest-00000005-00000001");
    }

    /** As if the first leader had looked whether it still leads, and had then stood still until the second one had come so far. */
    @Test void whoCommitsTooLateDeletesNothingOfTheNextLeaders() throws IOException {
        long first = folder.lead();
        long second = folder.lead();
        String later = folder.commit(Samples.checkpoint(folder, second, 200, 1));
        Files.delete(folder.file("leader-0000000" + second));
        String late = folder.commit(Samples.checkpoint(folder, first, 100, 1));
        assertThat(folder.manifests()).containsExactly(later, late);
    }

    @Test void aCheckpointIsCommittedAgainAfterItsFirstWasDamaged() throws IOException {
        long leader = folder.lead();
        folder.commit(Samples.checkpoint(folder, leader, 5, 1));
        var again = Samples.checkpoint(folder, leader, 5, 2);
        assertThat(folder.read(folder.commit(again))).usingRecursiveComparison().isEqualTo(again);
    }

    @Test void theCheckpointsOfAJobThatHasEndedGoAndNothingElse() throws IOException {
        folder.lead();
        long leader = folder.lead();
        folder.commit(Samples.checkpoint(folder, leader, 5, 1));
        Files.createDirectory(path.resolve("jars"));
        Files.write(path.resolve("jars").resolve("0123456789abcdef".repeat(4) + ".jar"), new byte[4]);
        Files.write(path.resolve("notes.txt"), new byte[4]);
        folder.delete(leader);
        assertThat(names()).containsExactly("notes.txt");
        Files.delete(path.resolve("notes.txt"));
        long next = folder.lead();
        folder.delete(next);
        assertThat(path).doesNotExist();
    }

    @Test void aLeaderWhoseFolderWasEmptiedCommitsNothing() throws IOException {
        folder.lead();
        long leader = folder.lead();
        var manifest = Samples.checkpoint(folder, leader, 5, 1);
        folder.delete(leader);
        folder.lead();
        assertThatThrownBy(() -> folder.commit(manifest)).isInstanceOf(OvertakenException.class).hasMessageContaining("is gone");
        assertThat(folder.manifests()).isEmpty();
    }

    @Test void aManifestThatDoesNotFitOnTheDiskIsNotThere() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "only Linux has a device that is always full");
        long leader = folder.lead();
        folder.commit(Samples.checkpoint(folder, leader, 5, 1));
        var manifest = Samples.checkpoint(folder, leader, 10, 1);
        Path link = Files.createSymbolicLink(path.resolve("manifest-00000010-00000001.tmp"), full);
        assertThatThrownBy(() -> folder.commit(manifest)).isInstanceOf(IOException.class)
            .hasMessage("cannot write " + folder.file("manifest-00000010-00000001") + ": No space left on device");
        Files.delete(link);
        assertThat(folder.manifests()).containsExactly("manifest-00000005-00000001");
        folder.verify(folder.read("manifest-00000005-00000001"), true);
    }

    @Test void aFolderThatCannotBeOneIsToldInOneLine() throws IOException {
        Files.write(path, new byte[1]);
        assertThatThrownBy(() -> folder.lead()).isInstanceOf(IOException.class)
            .hasMessage("cannot make folder " + path + ": a file of that name is there already");
        assertThatThrownBy(() -> folder.manifests()).isInstanceOf(IOException.class)
            .hasMessage("cannot list " + path + ": it is not a folder");
    }

    /** Data files and the manifest. */
    private List<Path> files() throws IOException {
        return names().stream().filter(name -> !name.startsWith("leader")).map(path::resolve).toList();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
