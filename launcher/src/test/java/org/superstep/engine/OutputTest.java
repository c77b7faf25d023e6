package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Graph;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.datasets.TextRows;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.Program;
import org.superstep.net.Delivery;

/** From a text file of edges to a file of rows: the same bytes for every shape and any order of the lines. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OutputTest {
    @TempDir
    private Path folder;

    @Test
    void theSameFileByteForByte() throws IOException {
        for (long seed = 0; seed < 4; seed++) {
            var random = new SplittableRandom(seed);
            var sample = RandomGraphs.any(seed).withoutNegativeWeights();
            long source = sample.vertices()[sample.vertices().length / 2];
            List<Supplier<Program>> programs = List.of(() -> new PageRank(0.85, 5), () -> new ShortestPaths(source),
                () -> new BreadthFirstSearch(source), ConnectedComponents::new, TestPrograms.EveryAggregator::new,
                TestPrograms.NotANumber::new, TestPrograms.Degrees::new);
            for (var program : programs) {
                String expected = rows(program.get(), SerialPregel.run(program.get(), sample, 1, 1000));
                for (var shape : Shape.some(random, 3)) {
                    var shuffled = sample.shuffled(random.nextInt(100));
                    var input = Files.writeString(folder.resolve("edges.txt"), shuffled.text());
                    var output = folder.resolve("rows.tsv");
                    var options = shape.options().withOutput(output, TextRows.TSV);
                    Superstep.run(program.get(), shuffled.read(Graph.edges(input)), options);
                    assertThat(Files.readString(output)).as("%s on %s, %s", program.get().name(), shuffled, shape).isEqualTo(expected);
                    var bits = folder.resolve("rows.bits");
                    var result = Superstep.run(program.get(), shuffled.read(Graph.edges(input)),
                        shape.options().withOutput(bits, BitRows.FORMAT));
                    assertThat(Files.readAllLines(bits)).hasSize(1 + result.size());
                    try (var files = Files.list(folder)) {
                        assertThat(files).as("no file is left over").hasSize(3);
                    }
                    Files.delete(bits);
                }
            }
        }
    }

    @Test
    void anOlderFileIsReplacedWhole() throws IOException {
        var output = Files.writeString(folder.resolve("rows.tsv"), "x".repeat(100_000));
        Superstep.run(new ConnectedComponents(), RandomGraphs.path(2).graph(), new Shape(2, 7, 2, Delivery.AUTO).options()
            .withOutput(output, TextRows.TSV));
        assertThat(output).hasContent("id\tcomponent\n0\t0\n1\t0\n2\t0\n");
    }

    @Test
    void manyRowsFromManyPartitionsStandInTheOrderOfIds() throws IOException {
        var sample = RandomGraphs.path(30_000);
        var output = folder.resolve("rows.tsv");
        var report = Superstep.run(new BreadthFirstSearch(29_990), sample.graph(), new Shape(3, 64, 2, Delivery.AUTO).options()
            .withOutput(output, TextRows.TSV)).report();
        var lines = Files.readAllLines(output);
        assertThat(lines).hasSize(30_002).startsWith("id\tlevel", "0\t-1", "1\t-1").endsWith("29999\t9", "30000\t10");
        assertThat(report.writeNanos()).isPositive();
    }

    /** The rows as they should be; hidden columns are not shown. Where the JDK's text of a double is too long, Jackson's is not. */
    private static String rows(Program program, Answer answer) {
        var columns = program.declarations().shownColumns();
        var encoder = TextRows.TSV.encoder(columns);
        for (int i = 0; i < answer.ids().length; i++) {
            encoder.begin(answer.ids()[i]);
            for (Column column : columns) {
                long bits = answer.columns().get(column.name())[i];
                if (column instanceof DoubleColumn) {
                    encoder.put(Double.longBitsToDouble(bits));
                } else {
                    encoder.put(bits);
                }
            }
            encoder.end();
        }
        return new String(TextRows.TSV.header(columns)) + new String(encoder.buffer(), 0, encoder.size());
    }
}
