package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.Column;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;

/** Rows come out in the order of ids, each once, whoever encoded them. */
class RowsFileTest {
    /** One column of each type, declared in another order than their types are stored. */
    private static final class Columns extends LongProgram {
        Columns() {
            intColumn("small", 0);
            doubleColumn("real", 0);
            longColumn("unseen", 0).hidden();
            longColumn("large", 0);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    /** Partitions of these sizes, whose columns are functions of the ids. */
    private static Partition[] partitions(List<Column> columns, int... sizes) {
        var partitions = new ArrayList<Partition>();
        long next = -100;
        for (int size : sizes) {
            long first = next;
            long[] ids = LongStream.range(0, size).map(i -> first + i).toArray();
            var partition = new Partition(partitions.size(), 0, ids, new int[size], new int[size], new int[size], columns);
            for (int i = 0; i < size; i++) {
                partition.columns.ints[0][i] = (int) -ids[i];
                partition.columns.doubles[0][i] = ids[i] / 2.0;
                partition.columns.longs[1][i] = ids[i] << 40;
            }
            partitions.add(partition);
            next += size;
        }
        return partitions.toArray(Partition[]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void rowsAreInTheOrderOfIdsForAnyNumberOfThreads(int threads, @TempDir Path folder) throws IOException {
        var program = new Columns();
        Path file = folder.resolve("rows");
        try (var crew = new Crew("rows-file-test", threads)) {
            // More pieces than the threads take at a time, the last ones shorter; empty partitions between them.
            Partition[] partitions = partitions(program.declarations().columns(), 0, 1, 200_000, 0, 16_384, 16_385, 0);
            long bytes = new RowsFile(new PlainRows(), program.declarations().shownColumns(), crew).write(file, partitions, true);
            assertThat(bytes).isEqualTo(Files.size(file));
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(232_771);
        assertThat(lines.get(0)).isEqualTo("id small real large");
        for (int i = 1; i < lines.size(); i++) {
            long id = i - 101;
            if (!lines.get(i).equals(id + " " + -id + " " + id / 2.0 + " " + (id << 40))) {
                assertThat(lines.get(i)).as("line %d", i).isEqualTo(id + " " + -id + " " + id / 2.0 + " " + (id << 40));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withoutVerticesThereIsAtMostAHeader(boolean withHeader, @TempDir Path folder) throws IOException {
        var program = new Columns();
        Path file = folder.resolve("rows");
        Files.writeString(file, "what an earlier run has left");
        try (var crew = new Crew("rows-file-test", 2)) {
            assertThat(new RowsFile(new PlainRows(), program.declarations().shownColumns(), crew).write(file, new Partition[0], withHeader))
                .isEqualTo(Files.size(file));
        }
        assertThat(Files.readString(file)).isEqualTo(withHeader ? "id small real large\n" : "");
    }
}
