package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.algorithms.PageRank;
import org.superstep.datasets.TextRows;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.net.Delivery;

/** What vertices emit, in memory and in files: the same records and the same bytes for every shape. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordsTest {
    private static final Graph PATH = Graph.of(new long[] {1, 2, 3}, new long[] {2, 3, 4});

    @TempDir
    private Path folder;

    /** Emits when a wave reaches the vertex, and whatever else it is told. */
    private static final class Wave extends LongProgram {
        private final LongColumn level = longColumn("level", -1);
        private final RecordOutput levels = recordOutput("levels", "vertex", "level");
        private final RecordOutput notes = recordOutput("notes", "text", "share", "path");
        private final Object[] told;

        Wave(Object... told) {
            this.told = told;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.MIN;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (v.get(level) < 0 && (v.superstep() == 0 ? v.id() == 1 : !in.isEmpty())) {
                v.set(level, v.superstep());
                v.emit(levels, v.id(), v.superstep());
                if (v.id() == 3 && told.length > 0) {
                    v.emit(notes, told);
                }
                v.broadcast(0);
            }
            v.halt();
        }
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aResultHasThemByOutputAndField() {
        var result = Superstep.run(new Wave("a \"b\"", 0.5, new long[] {1, 2}), PATH);
        var levels = result.records("levels");
        assertThat(levels.fields()).containsExactly("vertex", "level");
        assertThat(levels.size()).isEqualTo(4);
        assertThat(levels.stream()).containsExactly(List.of(1L, 0L), List.of(2L, 1L), List.of(3L, 2L), List.of(4L, 3L));
        assertThat(levels.longs("vertex")).containsExactly(1, 2, 3, 4);
        assertThat(levels.doubles("level")).containsExactly(0, 1, 2, 3);
        assertThat(levels).hasToString("levels (vertex, level): 4 records");
        assertThat(result.records("notes").objects("text", String.class)).containsExactly("a \"b\"");
        assertThat(result.records("notes").doubles("share")).containsExactly(0.5);
        assertThat(result.records("notes").objects("path", long[].class)).containsExactly(new long[] {1, 2});
        assertThatThrownBy(() -> result.records("notes").longs("share")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("field \"share\" of notes holds no Long; it has a Double");
        assertThatThrownBy(() -> levels.longs("leevl")).hasMessage("record output levels (vertex, level) has no field \"leevl\"");
        assertThatThrownBy(() -> result.records("level")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("wave has no record output \"level\"; it has [levels (vertex, level), notes (text, share, path)]");
        assertThatThrownBy(() -> Superstep.run(new PageRank(), PATH).records("levels")).hasMessage("pagerank declares no record output");
    }

    @Test
    void everyFormatHasThem() throws IOException {
        var options = JobOptions.DEFAULT.withRecords("levels", folder.resolve("levels.tsv"), TextRows.TSV)
            .withRecords("notes", folder.resolve("notes.tsv"), TextRows.TSV)
            .withRecords("notes", folder.resolve("notes.csv"), TextRows.CSV)
            .withRecords("notes", folder.resolve("notes.jsonl"), TextRows.JSONL);
        Superstep.run(new Wave("a \"b\"", Double.NaN, new long[] {1, 2}), PATH, options);
        assertThat(folder.resolve("levels.tsv")).hasContent("vertex\tlevel\n1\t0\n2\t1\n3\t2\n4\t3\n");
        assertThat(folder.resolve("notes.tsv")).hasContent("text\tshare\tpath\na \"b\"\tNaN\t1 2\n");
        assertThat(folder.resolve("notes.csv")).hasContent("text,share,path\n\"a \"\"b\"\"\",NaN,1 2\n");
        assertThat(folder.resolve("notes.jsonl")).hasContent("{\"text\":\"a \\\"b\\\"\",\"share\":\"NaN\",\"path\":[1,2]}\n");
        assertThat(files()).hasSize(4);
    }

    @Test
    void anOutputWithoutRecordsIsAFileWithItsHeader() {
        Superstep.run(new Wave(), PATH, JobOptions.DEFAULT.withWorkers(2).withRecords("notes", folder.resolve("notes"), TextRows.TSV));
        assertThat(folder.resolve("notes")).hasContent("text\tshare\tpath\n");
    }

    /** Rows and records in one job; the records in memory, written to a stream, are the file. */
    @Test
    void theSameFileByteForByte() throws IOException {
        List<Supplier<Program>> programs = List.of(RecordPrograms.Walks::new, RecordPrograms.EveryKindOfValue::new,
            RecordPrograms.RecordsWhileChanging::new, RecordPrograms.LastWords::new);
        for (long seed = 0; seed < 4; seed++) {
            var random = new SplittableRandom(seed);
            var sample = RandomGraphs.any(seed);
            for (var program : programs) {
                RecordOutput output = program.get().declarations().recordOutputs().get(random.nextInt(
                    program.get().declarations().recordOutputs().size()));
                String expected = null;
                for (var shape : Shape.some(random, 6)) {
                    Path records = folder.resolve("records");
                    Path rows = folder.resolve("rows");
                    var result = Superstep.run(program.get(), sample.graph(), shape.options().withOutput(rows, BitRows.FORMAT)
                        .withRecords(output.name(), records, TextRows.CSV));
                    String written = Files.readString(records);
                    expected = expected == null ? written : expected;
                    assertThat(written).as("%s on %s, %s", program.get().name(), sample, shape).isEqualTo(expected);
                    var streamed = new ByteArrayOutputStream();
                    result.records(output.name()).write(streamed, TextRows.CSV);
                    assertThat(streamed.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
                    assertThat(Files.readAllLines(rows)).hasSize(1 + result.size());
                    assertThat(files()).as("no file is left over").containsExactly("records", "rows");
                }
            }
        }
    }

    @Test
    void aJobThatFailsLeavesOlderFilesAsTheyWere() throws IOException {
        Path older = Files.writeString(folder.resolve("levels"), "older");
        for (int workers = 1; workers <= 2; workers++) {
            var options = JobOptions.DEFAULT.withWorkers(workers).withRecords("levels", older, TextRows.TSV);
            assertThatThrownBy(() -> Superstep.run(new Wave("one", 2), PATH, options)).isInstanceOf(JobException.class)
                .hasMessage("wave failed at vertex 3 in superstep 2: java.lang.IllegalArgumentException: a record of \"notes\" has 3 values"
                    + " (text, share, path), was given 2");
            assertThatThrownBy(() -> Superstep.run(new Wave("one", null, 2), PATH, options)).isInstanceOf(JobException.class)
                .hasMessageContaining("vertex 3").hasMessageContaining("field \"share\" of \"notes\" takes no null");
            assertThat(older).hasContent("older");
            assertThat(files()).containsExactly("levels");
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeTheJobBegins() throws IOException {
        Path file = folder.resolve("file");
        assertThatThrownBy(() -> Superstep.run(new Wave(), PATH, JobOptions.DEFAULT.withRecords("level", file, TextRows.TSV)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("wave has no record output \"level\"");
        assertThatThrownBy(() -> Superstep.run(new Wave(), PATH, JobOptions.DEFAULT.withRecords("levels", file, BitRows.FORMAT)))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("the records of levels cannot be written: the format bitrows is for"
                + " rows of vertices and has none for records");
        assertThatThrownBy(() -> Superstep.run(new Wave(), PATH, JobOptions.DEFAULT.withRecords("levels", folder, TextRows.TSV)))
            .isInstanceOf(JobException.class).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> Superstep.run(new Wave(), PATH, JobOptions.DEFAULT.withRecords("levels", file, TextRows.TSV)
            .withOutput(file, TextRows.TSV))).isInstanceOf(JobException.class).hasMessageContaining("another job of this process");
        assertThat(files()).isEmpty();
    }

    /** Partitions of many supersteps on many workers: pieces interleave superstep by superstep. */
    @Test
    void aLongWaveOverManyWorkers() throws IOException {
        var sample = RandomGraphs.path(3000);
        Path file = folder.resolve("levels");
        Superstep.run(new RecordPrograms.Walks(), sample.graph(), new Shape(3, 64, 3, Delivery.AUTO).options()
            .withRecords("walks", file, TextRows.TSV));
        var lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1 + 9 * 1001 - 8 - 5 - 2).startsWith("walker\tstep\tplace", "0\t0\t0", "3\t0\t3");
        assertThat(lines.stream().skip(1).map(line -> Long.parseLong(line.split("\t")[1]))).isSorted();
    }
}
