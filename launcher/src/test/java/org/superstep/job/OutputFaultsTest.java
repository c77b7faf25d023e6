package org.superstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.datasets.TextRows;

/** What happens to an output when the world is against it: a clear line, and nothing half written. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputFaultsTest {
    @TempDir
    private Path folder;

    /** A star of so many vertices. */
    private Graph graph(int vertices) throws IOException {
        Path edges = folder.resolve("edges.tsv");
        Files.write(edges, IntStream.range(1, vertices).mapToObj(i -> "0\t" + i).toList());
        return Graph.edges(edges);
    }

    private static JobOptions options(int workers, Path output, boolean isFolder) {
        var options = JobOptions.DEFAULT.withWorkers(workers).withThreads(workers);
        return isFolder ? options.withOutputFolder(output, TextRows.TSV) : options.withOutput(output, TextRows.TSV);
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void delete(Path tree) {
        try (var files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does something when all has been computed. */
    private static JobObserver atTheEnd(Runnable what) {
        return new JobObserver() {
            @Override public void writing() {
                what.run();
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "1, true", "2, true"})
    void aFolderThatVanishesMidwayIsAFailureThatNamesIt(int workers, boolean isFolder) throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        var options = options(workers, there.resolve("rows"), isFolder).withObserver(atTheEnd(() -> delete(there)));
        var graph = graph(20);
        assertThatThrownBy(() -> Superstep.run(new ConnectedComponents(), graph, options)).isInstanceOf(JobException.class)
            .hasMessageContaining("no such file or folder").hasMessageContaining("the folder " + there).hasMessageContaining("has gone");
        assertThat(names(folder)).containsExactly("edges.tsv");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoJobsMayNotWriteOneOutput(boolean isFolder) throws IOException {
        Path output = folder.resolve("rows");
        var graph = graph(20);
        var refusal = new AtomicReference<Throwable>();
        var options = options(2, output, isFolder);
        Superstep.run(new ConnectedComponents(), graph, options.withObserver(atTheEnd(() -> {
            try {
                Superstep.run(new ConnectedComponents(), graph, options);
            } catch (JobException e) {
                refusal.set(e);
            }
        })));
        assertThat(refusal.get()).hasMessage("the output " + output + " cannot be written: another job of this process writes it");
        assertThat(isFolder ? names(output) : List.of(output.getFileName().toString()))
            .isEqualTo(isFolder ? List.of("_SUCCESS", "part-00000", "part-00001") : List.of("rows"));
        assertThat(names(folder)).containsExactly("edges.tsv", "rows");
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAsItIs() throws IOException {
        Path output = Files.createDirectory(folder.resolve("rows"));
        Files.writeString(output.resolve("part-00000"), "precious");
        var graph = graph(20);
        assertThatThrownBy(() -> Superstep.run(new ConnectedComponents(), graph, options(1, output, true)))
            .hasMessage("the output " + output + " cannot be written: the folder holds part-00000 already; name another, or empty it");
        assertThat(names(output)).containsExactly("part-00000");
        assertThat(output.resolve("part-00000")).hasContent("precious");
    }

    @ParameterizedTest
    @CsvSource({"1, false, 64k, make room there", "2, false, 64k, make room there", "1, true, 64k, make room there",
        "2, true, 64k, make room there", "2, false, 280k, cannot be written: No space left on device"})
    void aFullDiskIsAFailureThatLeavesItEmpty(int workers, boolean isFolder, String size, String told) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(Files.isExecutable(Path.of("/bin/mount")) && succeeds("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs",
            disk.toString()), "only root can make a small disk");
        try {
            var graph = graph(30_000);
            var options = options(workers, disk.resolve("rows"), isFolder);
            assertThatThrownBy(() -> Superstep.run(new ConnectedComponents(), graph, options)).isInstanceOf(JobException.class)
                .hasMessageContaining("No space left on device").hasMessageContaining(told);
            assertThat(disk).isEmptyDirectory();
        } finally {
            assertThat(succeeds("umount", disk.toString())).isTrue();
        }
    }

    private static boolean succeeds(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }
}
