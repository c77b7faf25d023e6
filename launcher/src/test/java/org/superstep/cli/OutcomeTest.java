package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.JobException;
import org.superstep.engine.ChangePrograms;
import org.superstep.engine.RecordPrograms;
import org.superstep.graph.Program;
import org.superstep.job.Job;
import org.superstep.job.JobRun;
import org.superstep.job.NoHarm;
import org.superstep.job.OutputFiles;
import org.superstep.master.Capacity;
import org.superstep.net.InProcessTransport;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/** A job whose master has no columns and nothing but what workers tell: the same table, figures and files as of one in this process. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OutcomeTest {
    private static final String GRAPH = "datasets/graphs/les-miserables.tsv";
    private static final WorkerJob.ReadListener DEAF = new WorkerJob.ReadListener() {
        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    };

    @TempDir Path folder;
    private String input;

    @BeforeEach void findTheGraph() {
        input = Stream.of(Path.of(GRAPH), Path.of("..", GRAPH)).filter(Files::exists).findFirst().orElseThrow().toString();
    }

    /** What one process makes of the words that it is sent. */
    private record Process(RunRequest request, Job job, OutputFiles files) {
        static Process of(Program program, int workers, String... words) {
            var said = new ProgramWords(Optional.of(program.name()), List.of(), List.of(words));
            var request = RunRequest.of(program, program.name(), RunOptions.RUN.parse(program, said), OutcomeTest.class.getClassLoader());
            var options = request.writingOptions().withWorkers(workers);
            var hosts = IntStream.range(0, workers).mapToObj(i -> "host-" + i).toList();
            return new Process(request, new Job(program, request.graph(), options, request.top()),
                new OutputFiles(program, options).shared("7-1").attempt(1, workers, hosts));
        }
    }

    /** Runs a job whose master and workers have made their parts of it apart; everything happens on this thread. */
    private static Outcome run(Process master, List<Process> others) {
        int count = others.size();
        var transport = new InProcessTransport(count);
        var workers = new ArrayList<Worker>();
        var run = new JobRun(master.job, text -> { });
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(i, count, 1,
                others.get(i).job.part(i, others.get(i).files, 1L << 28, Path.of("."), new NoHarm(), DEAF), transport));
            run.opened(i, "an input", 1);
        }
        try {
            var names = IntStream.rangeClosed(1, count).mapToObj(i -> "worker " + i).toList();
            run.begin(master.files, names, Capacity.equal(count, count, 1L << 30),
                command -> IntStream.range(0, count).forEach(i -> transport.toWorker(i, command)));
            while (!run.isOver()) {
                for (int i = 0; i < count; i++) {
                    for (Object message = transport.pollForWorker(i); message != null; message = transport.pollForWorker(i)) {
                        if (message instanceof ToWorker command) {
                            workers.get(i).on(command);
                        } else {
                            workers.get(i).on((ToPeer) message);
                        }
                    }
                }
                for (ToMaster event = transport.pollForMaster(); event != null; event = transport.pollForMaster()) {
                    run.on(event);
                }
            }
        } finally {
            workers.forEach(Worker::close);
            run.close();
        }
        return Outcome.of(master.request, run.report(), run.parts());
    }

    private Process[] processes(int workers, Supplier<Program> program, String... words) {
        return IntStream.rangeClosed(0, workers).mapToObj(i -> Process.of(program.get(), workers, words)).toArray(Process[]::new);
    }

    private static Outcome run(Process... processes) {
        return run(processes[0], Arrays.asList(processes).subList(1, processes.length));
    }

    @ParameterizedTest @ValueSource(ints = {1, 2, 3, 5})
    void bundledProgramsShowTheSameTable(int workers) throws IOException {
        for (Program bundled : Programs.all()) {
            for (String top : List.of("1", "10", "1000", "0")) {
                var words = new ArrayList<>(List.of("--input", input, "--undirected", "--top", top));
                if (bundled.declarations().parameters().stream().anyMatch(parameter -> parameter.name().equals("source"))) {
                    words.addAll(List.of("--source", "11"));
                }
                String[] all = words.toArray(new String[0]);
                var expected = embedded(Process.of(Programs.named(bundled.name()), 1, all));
                var outcome = run(processes(workers, () -> Programs.named(bundled.name()), all));
                assertThat(outcome.table()).as("%s, --top %s", bundled.name(), top).isEqualTo(expected.table());
                assertThat(outcome.rows()).isEqualTo(expected.rows()).isPositive();
                assertThat(outcome.table().isEmpty()).isEqualTo(top.equals("0"));
            }
        }
    }

    private static Outcome embedded(Process process) {
        return Outcome.of(process.request, Engine.LOCAL.run(process.request.program(), process.request.graph(),
            process.request.writingOptions()));
    }

    @ParameterizedTest @ValueSource(ints = {1, 2, 3, 5})
    void rowsAndRecordsAreThoseOfOneProcess(int workers) throws IOException {
        for (Supplier<Program> program : List.<Supplier<Program>>of(RecordPrograms.Walks::new, RecordPrograms.RecordsWhileChanging::new)) {
            for (String format : List.of("tsv", "csv", "jsonl")) {
                String name = program.get().declarations().recordOutputs().get(0).name();
                String[] words = {"--input", input, "--output-format", format, "--records", name + "=" + folder.resolve("records"),
                    "--output"};
                var expected = embedded(Process.of(program.get(), 1, with(words, folder.resolve("rows").toString())));
                byte[] rows = Files.readAllBytes(folder.resolve("rows"));
                byte[] records = Files.readAllBytes(folder.resolve("records"));
                var file = run(processes(workers, program, with(words, folder.resolve("rows").toString())));
                assertThat(folder.resolve("rows")).hasBinaryContent(rows);
                assertThat(folder.resolve("records")).hasBinaryContent(records);
                var parts = run(processes(workers, program, with(words, folder.resolve("parts") + "/")));
                assertThat(folder.resolve("records")).hasBinaryContent(records);
                var cat = new StringBuilder();
                for (int i = 0; i < workers; i++) {
                    cat.append(Files.readString(folder.resolve("parts/part-0000" + i)));
                    Files.delete(folder.resolve("parts/part-0000" + i));
                }
                Files.delete(folder.resolve("parts/_SUCCESS"));
                Files.delete(folder.resolve("parts"));
                assertThat(cat.toString().getBytes(StandardCharsets.UTF_8)).isEqualTo(rows);
                for (Outcome outcome : List.of(file, parts)) {
                    assertThat(outcome.records()).isEqualTo(expected.records());
                    assertThat(outcome.rows()).isEqualTo(expected.rows());
                    assertThat(outcome.table()).isEqualTo(expected.table());
                }
                assertThat(names(folder)).as("nothing is left over").containsExactly("records", "rows");
            }
        }
    }

    private static String[] with(String[] words, String last) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test void aChangedGraphsRowsAreCountedWhereNothingIsWritten() {
        var expected = embedded(Process.of(new ChangePrograms.VerticesComeAndGo(), 1, "--input", input, "--top", "0"));
        var outcome = run(processes(2, ChangePrograms.VerticesComeAndGo::new, "--input", input, "--top", "0"));
        assertThat(outcome.rows()).isEqualTo(expected.rows()).isNotEqualTo(outcome.job().vertices());
    }

    @Test void whatAMasterTellsOfItIsWhatARunPrints() throws IOException {
        var processes = processes(2, () -> Programs.named("pagerank"), "--input", input, "--output", folder.resolve("rows").toString());
        var outcome = run(processes);
        var done = outcome.done(3, processes[0].request);
        assertThat(done.job()).isEqualTo(3);
        assertThat(done.table()).isEqualTo(outcome.table()).contains("#  vertex ");
        assertThat(done.figures()).contains("\nrun      21 supersteps on 2 threads of 2 workers\n", "\noutput   " + folder.resolve("rows")
            + ", 77 rows").doesNotContain("memory").doesNotEndWith("\n");
        assertThat(JsonValues.of(new String(done.report(), StandardCharsets.UTF_8))).containsEntry("program", "pagerank")
            .containsEntry("workers", "2").doesNotContainKeys("peakResidentBytes", "heapBytes");
        assertThat(done.cut()).isEmpty();
    }

    @ParameterizedTest @ValueSource(strings = {"rows", "rows/"})
    void aPartThatTheMasterDoesNotSeeIsAFailureThatNamesTheWorker(String name) throws IOException {
        Path here = Files.createDirectory(folder.resolve("here"));
        Path there = Files.createDirectory(folder.resolve("there"));
        Supplier<Process> shared = () -> Process.of(Programs.named("wcc"), 2, "--input", input, "--output", here + "/" + name);
        var master = shared.get();
        var first = shared.get();
        var second = Process.of(Programs.named("wcc"), 2, "--input", input, "--output", there + "/" + name);
        // Where a folder is asked for, one has been made there before, which is the mistake: a folder on each machine's own disk.
        if (name.endsWith("/")) {
            Files.createDirectories(there.resolve("rows/_temporary-7-1"));
        }
        assertThatThrownBy(() -> run(master, List.of(first, second))).isInstanceOf(JobException.class)
            .hasMessageStartingWith("worker 1 (host-1) wrote its part of " + here.resolve("rows") + " where this machine does not see it (")
            .hasMessageEndingWith("; name an output that all machines share, such as an NFS folder");
        assertThat(here).isEmptyDirectory();
        assertThat(names(there)).hasSize(1);
        second.files.discard(1);
        assertThat(Files.walk(there).filter(Files::isRegularFile)).isEmpty();
    }

    @Test void aMachineWithoutTheFolderSaysSo() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Supplier<Process> shared = () -> Process.of(Programs.named("wcc"), 2, "--input", input, "--output", folder.resolve("rows")
            .toString());
        var second = Process.of(Programs.named("wcc"), 2, "--input", input, "--output", gone + "/rows");
        Files.delete(gone);
        assertThatThrownBy(() -> run(shared.get(), List.of(shared.get(), second))).isInstanceOf(JobException.class)
            .hasMessageContaining("the folder " + gone + " has gone, or is not on this machine: name an output that all machines share");
        assertThat(folder).isEmptyDirectory();
    }

    @Test void aTokenIsNoWayOutOfTheFolder() {
        var process = Process.of(Programs.named("wcc"), 1, "--input", input);
        for (String token : List.of("", "../x", "a/b", "a b", "x".repeat(65))) {
            assertThatThrownBy(() -> process.files.shared(token)).as(token).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
