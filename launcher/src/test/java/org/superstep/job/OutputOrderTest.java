package org.superstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.JobOptions;
import org.superstep.datasets.TextRows;
import org.superstep.engine.RecordPrograms;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.io.PartFile;
import org.superstep.master.Capacity;
import org.superstep.net.InProcessTransport;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/** Whichever partitions each worker owns, neighbours or not, the outputs are the same bytes. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputOrderTest {
    private static final int PARTITIONS = 9;
    private static final WorkerJob.ReadListener DEAF = new WorkerJob.ReadListener() {
        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    };

    @TempDir
    private Path folder;

    /** A ring with chords, among which some partitions are empty: many ids begin with one cut. */
    private static Graph graph() {
        long[] sources = LongStream.range(0, 400).map(i -> i % 200).toArray();
        long[] targets = LongStream.range(0, 400).map(i -> i < 200 ? (i + 1) % 200 : i % 2).toArray();
        return Graph.of(sources, targets);
    }

    private JobOptions options(Program program, TextRows format, boolean isFolder) {
        var options = JobOptions.DEFAULT.withPartitions(PARTITIONS);
        options = isFolder ? options.withOutputFolder(folder.resolve("rows"), format) : options.withOutput(folder.resolve("rows"), format);
        for (RecordOutput output : program.declarations().recordOutputs()) {
            options = options.withRecords(output.name(), folder.resolve(output.name()), format);
        }
        return options;
    }

    /** Runs one attempt on this thread, with partitions where the owners say. */
    private void run(Program program, JobOptions options, int attempt, int count, int[] owners) {
        var job = new Job(program, graph(), options);
        OutputFiles files = new OutputFiles(program, options).attempt(attempt, count, List.of());
        var transport = new InProcessTransport(count);
        var run = new JobRun(job, text -> { });
        List<Worker> workers = IntStream.range(0, count)
            .mapToObj(i -> new Worker(i, count, 2, job.part(i, files, 1L << 28, Path.of("."), new NoHarm(), DEAF), transport)).toList();
        try {
            var names = IntStream.range(0, count).mapToObj(i -> "worker " + i).toList();
            run.begin(files, names, Capacity.equal(count, count, 1L << 30), command -> {
                ToWorker announced = command instanceof ToWorker.Load load
                    ? new ToWorker.Load(new Placement(load.placement().firsts(), owners), load.wantedVertices()) : command;
                IntStream.range(0, count).forEach(i -> transport.toWorker(i, announced));
            });
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
    }

    /** What stands in the folder, by name, and as text; parts are one file, and all is gone afterwards. */
    private TreeMap<String, String> taken() throws IOException {
        var texts = new TreeMap<String, String>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString();
                if (!name.endsWith("_SUCCESS")) {
                    texts.merge(name.startsWith("rows/part-") ? "rows" : name, Files.readString(file, StandardCharsets.UTF_8),
                        String::concat);
                }
                Files.delete(file);
            }
        }
        Files.deleteIfExists(folder.resolve("rows"));
        return texts;
    }

    private static int runs(int[] owners) {
        return 1 + (int) IntStream.range(1, owners.length).filter(p -> owners[p] != owners[p - 1]).count();
    }

    @ParameterizedTest
    @EnumSource(TextRows.class)
    void whoOwnsWhatDoesNotShow(TextRows format) throws IOException {
        List<Supplier<Program>> programs = List.of(RecordPrograms.EveryKindOfValue::new, RecordPrograms.Walks::new,
            RecordPrograms.RecordsWhileChanging::new);
        for (Supplier<Program> program : programs) {
            Program alone = program.get();
            run(alone, options(alone, format, false), 1, 1, new int[PARTITIONS]);
            TreeMap<String, String> expected = taken();
            assertThat(expected.get("rows").lines().count()).isGreaterThan(100);
            for (long seed = 0; seed < 12; seed++) {
                var random = new SplittableRandom(seed);
                int workers = 1 + random.nextInt(4);
                int[] owners = IntStream.range(0, PARTITIONS).map(p -> random.nextInt(workers)).toArray();
                boolean isFolder = random.nextBoolean();
                Program again = program.get();
                run(again, options(again, format, isFolder), 1 + random.nextInt(3), workers, owners);
                String what = alone.name() + ", seed " + seed + ", owners " + Arrays.toString(owners);
                if (isFolder) {
                    try (var parts = Files.list(folder.resolve("rows"))) {
                        assertThat(parts.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("part-"))).as(what)
                            .hasSize(runs(owners));
                    }
                }
                assertThat(taken()).as(what).isEqualTo(expected);
            }
        }
    }

    @Test
    void aRunThatHasGoneIsAFailureThatLeavesNothing() throws IOException {
        var owners = new int[] {1, 1, 0, 1, 0, 0, 0, 1, 0};
        for (boolean isFolder : new boolean[] {false, true}) {
            var program = new RecordPrograms.EveryKindOfValue();
            var written = new ArrayList<Path>();
            JobOptions options = options(program, TextRows.TSV, isFolder);
            OutputFiles other = new OutputFiles(program, options).attempt(2, 2, List.of());
            Path second = PartFile.ofRun(other.rowsPart(1).orElseThrow(), 1);
            var parts = new ArrayList<ToMaster.Written>();
            other.claim();
            for (int worker = 0; worker < 2; worker++) {
                var runs = new ArrayList<ToMaster.RowRun>();
                for (int p = 0; p < owners.length; p++) {
                    if (owners[p] == worker && (p == 0 || owners[p - 1] != worker)) {
                        Path file = PartFile.ofRun(other.rowsPart(worker).orElseThrow(), runs.size());
                        Files.writeString(file, "run\n");
                        runs.add(new ToMaster.RowRun(p, 4));
                        written.add(file);
                    }
                }
                var records = new ArrayList<List<ToMaster.RecordPiece>>();
                for (WorkerJob.RecordPart part : other.recordParts(worker)) {
                    Files.createFile(part.file());
                    records.add(List.of());
                }
                parts.add(new ToMaster.Written(worker, 1, runs, records));
            }
            Files.delete(second);
            assertThatThrownBy(() -> other.commit(parts)).isInstanceOf(JobException.class).hasMessageContaining(second.toString());
            other.discard(0);
            assertThat(written.stream().filter(Files::exists)).as("what another worker has written stays its own").hasSize(2);
            other.clear(false);
            assertThat(folder).isEmptyDirectory();
        }
    }
}
