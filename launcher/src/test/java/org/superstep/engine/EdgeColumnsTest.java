package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.Superstep;
import org.superstep.datasets.EdgeListOptions;
import org.superstep.datasets.EdgeListSource;
import org.superstep.graph.DoubleEdgeColumn;
import org.superstep.graph.Edges;
import org.superstep.graph.IntEdgeColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Program;
import org.superstep.graph.io.InputException;
import org.superstep.net.Delivery;

/** Where edge columns come from and what is refused; what becomes of them, in any shape, is {@link DeterminismTest}'s. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EdgeColumnsTest {
    private static final List<Supplier<Program>> PROGRAMS = List.of(EdgeColumnPrograms.AllColumns::new,
        EdgeColumnPrograms.ColumnsWithoutWeights::new, EdgeColumnPrograms.ColumnsWhileEdgesComeAndGo::new);

    @TempDir Path folder;

    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(2, 16, 1, Delivery.PUSH), new Shape(3, 64, 3, Delivery.AUTO));
    }

    /** Each vertex sums what its edges can carry, by weight too. */
    public static class Capacities extends LongProgram {
        final LongColumn sum = longColumn("sum", 0);
        private final LongColumn weights = longColumn("weights", 0);
        final Edges out = outEdges();
        final IntEdgeColumn capacity = intEdgeColumn("capacity", 3);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            for (var e = v.edges(out); e.next();) {
                v.set(sum, v.get(sum) + e.get(capacity));
                v.set(weights, v.get(weights) + (long) e.weight());
            }
            v.halt();
        }
    }

    /** The same, and the input must have them. */
    public static final class NeededCapacities extends Capacities {
        public NeededCapacities() {
            capacity.required();
        }
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void compare(Sample sample, Graph graph, Shape shape) {
        compare(sample, graph, shape, PROGRAMS);
    }

    private static void compare(Sample sample, Graph graph, Shape shape, List<Supplier<Program>> all) {
        for (var programs : all) {
            var program = programs.get();
            var expected = SerialPregel.run(programs.get(), sample, 3, 100);
            var answer = Answer.of(program, Superstep.run(program, sample.read(graph), shape.options().withSeed(3)));
            assertThat(expected.difference(answer)).as("%s on %s, %s", program.name(), sample, shape).isEmpty();
        }
    }

    /** The lines as Sample writes them, in a table with its columns in another order and one that nobody wants. */
    private static String turned(String text) {
        return text.lines().map(line -> line.split("\t"))
            .map(cells -> String.join(" , ", cells[0], cells[1], cells[5], cells[4], "\"x\"", cells[3], cells[2]))
            .collect(Collectors.joining("\r\n"));
    }

    private static Sample part(Sample sample, int from, int to) {
        return new Sample(sample.name(), sample.lines().subList(from, to), true, false, false, false);
    }

    private static Graph named(Path file, String... columns) {
        return Graph.of(new EdgeListSource(List.of(file), EdgeListOptions.AUTO.withColumns(columns)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void filesOfAnyKindSayTheSame(Shape shape) throws IOException {
        var sample = RandomGraphs.rmat(5, 60, 4).withEdgeColumns(8);
        String text = sample.text();
        String rows = text.substring(text.indexOf('\n') + 1);
        Path packed = folder.resolve("packed.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        Path half = file("half.tsv", part(sample, 0, 900).text());
        Path otherHalf = file("other.csv", turned(part(sample, 900, sample.lines().size()).text()));
        compare(sample, sample.graph(), shape);
        compare(sample, Graph.edges(file("header.tsv", text)), shape);
        compare(sample, Graph.edges(packed), shape);
        compare(sample, Graph.edges(half, otherHalf), shape);
        compare(sample.asUndirected().asDeduped().asWithoutSelfLoops(), Graph.edges(file("turned.csv", turned(text))), shape);
        for (Path file : List.of(file("blanks.txt", rows.replace('\t', ' ')), file("names.tsv", "a\tb\tc\td\te\tf\n" + rows))) {
            compare(sample, named(file, "weight", "capacity", "stamp", "kind"), shape, List.of(EdgeColumnPrograms.AllColumns::new));
            compare(sample, named(file, "weight", "capacity", "-", "-"), shape,
                List.of(EdgeColumnPrograms.ColumnsWhileEdgesComeAndGo::new));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void filteredEdgesKeepTheirColumns(Shape shape) {
        var sample = RandomGraphs.rmat(5, 20, 5).withEdgeColumns(9);
        var kept = sample.lines().stream().filter(line -> line.weight() > 3 && line.source() % 5 != 0 && line.target() % 5 != 0).toList();
        var filtered = new Sample("filtered " + sample.name(), kept, true, false, false, false);
        compare(filtered, sample.graph().filterEdges((source, target, weight) -> weight > 3).filterVertices(id -> id % 5 != 0), shape);
    }

    private static String told(Program program, Graph graph) {
        return Superstep.run(program, graph).report().input();
    }

    @Test
    void whatIsReadAndWhatIsMissingIsSaidOnce() throws IOException {
        assertThat(told(new Capacities(), Graph.edges(file("a.tsv", "from\tto\tcapacity\n1\t2\t5\n"))))
            .endsWith(", header line skipped, each edge weighs 1 (no column is named weight), capacity from column 3");
        assertThat(told(new Capacities(), Graph.edges(file("b.tsv", "from\tto\tcapacity\tlength\tWeight\n1\t2\t5\t6\t7\n"))))
            .endsWith(", header line skipped, weight from column 5, capacity from column 3");
        assertThat(told(new Capacities(), Graph.edges(file("c.tsv", "1\t2\t5\n"))))
            .endsWith(", weight from column 3; each edge has 3 as capacity, of which the input has no column");
        assertThat(told(new Capacities(), Graph.of(new long[] {1}, new long[] {2})))
            .isEqualTo("edges from memory; each edge has 3 as capacity, of which the input has no column");
        assertThat(told(new Capacities(), named(file("d.txt", "1 2 5 6\n"), "-", "capacity")))
            .endsWith(", each edge weighs 1 (no column is named weight), capacity from column 4");
        assertThat(told(new TestPrograms.HashOverOut(), Graph.edges(file("e.csv", "from,to,at,weight\n1,2,noon,7\n"))))
            .endsWith(", header line skipped, weight from column 4");
    }

    @Test
    void columnsAreReadByNameAndWeightsToo() throws IOException {
        Path file = file("a.csv", "from,to,weight,capacity\n1,2,10,5\n1,3,20,-6\n2,1,30,7\n");
        var result = Superstep.run(new Capacities(), Graph.edges(file));
        assertThat(result.longs("sum")).containsExactly(-1, 7, 0);
        assertThat(result.longs("weights")).containsExactly(30, 30, 0);
        var initial = Superstep.run(new Capacities(), Graph.of(new long[] {1, 1}, new long[] {2, 3}));
        assertThat(initial.longs("sum")).containsExactly(6, 0, 0);
        var arrays = Graph.of(new long[] {1, 1}, new long[] {2, 3}).withEdgeColumn("capacity", new int[] {8, 9}).undirected();
        assertThat(Superstep.run(new NeededCapacities(), arrays).longs("sum")).containsExactly(17, 8, 9);
    }

    private static void refused(Program program, Graph graph, String message) {
        assertThatThrownBy(() -> Superstep.run(program, graph)).isInstanceOf(InputException.class).hasMessage(message);
    }

    @Test
    void anInputThatLacksWhatIsNeededIsRefused() throws IOException {
        Path without = file("without.tsv", "from\tto\tcapacities\n1\t2\t5\n");
        Path with = file("with.tsv", "from\tto\tcapacity\n1\t2\t5\n");
        refused(new NeededCapacities(), Graph.edges(without), without + ": has no column \"capacity\", but the program needs one; name its"
            + " columns in a header line, or by --edge-columns");
        refused(new Capacities(), Graph.edges(with, without), without + ": has no column \"capacity\", but " + with + " has; name its"
            + " columns in a header line, or by --edge-columns");
        refused(new NeededCapacities(), Graph.of(new long[] {1}, new long[] {2}),
            "the program needs the edge column \"capacity\", and the input has none of that name: edges from memory");
        refused(new Capacities(), named(with, "capcity"), "the program has no edge column \"capcity\"; --edge-columns may name weight,"
            + " capacity, and - for one to pass over");
        refused(new Capacities(), Graph.of(new long[] {1}, new long[] {2}).withEdgeColumn("capacity", new double[] {1}),
            "the program's edge column \"capacity\" is of type int, and the graph's of type double; pass its values as int[]");
    }

    /** One column of each type that text is read into. */
    public static final class Typed extends Capacities {
        private final DoubleEdgeColumn length = doubleEdgeColumn("length", 0);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aValueThatIsNoneIsToldWithItsPlace(Shape shape) throws IOException {
        String remedy = "correct it, or pass the column over (--edge-columns names columns, with - for one to pass over)";
        String[][] faults = {
            {"5.5,1", "column \"capacity\" holds whole numbers of 32 bits, was \"5.5\"; " + remedy},
            {"2147483648,1", "column \"capacity\" holds whole numbers of 32 bits, was \"2147483648\"; " + remedy},
            {"1 , ten", "column \"length\" holds numbers, was \"ten\"; " + remedy},
            {"1,0x1p3", "column \"length\" holds numbers, was \"0x1p3\"; " + remedy},
            {",1", "\"7,8,,1\" has nothing in column 3, \"capacity\"; " + remedy.replace("correct", "add")},
            {"1", "\"7,8,1\" has nothing in column 4, \"length\"; " + remedy.replace("correct", "add")}};
        for (String[] fault : faults) {
            Path file = file("faulty.csv", "from,to,capacity,length\n1,2,3,4\n2,3,-4,1e400\n3,4,+5,-Infinity\n7,8," + fault[0]
                + "\n8,9,1,NaN\n");
            assertThatThrownBy(() -> Superstep.run(new Typed(), Graph.edges(file), shape.options())).isInstanceOf(InputException.class)
                .hasMessage(file + ":5: " + fault[1]);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void edgesHandedOverOneByOneBringTheirColumns(Shape shape) {
        var sample = RandomGraphs.rmat(7, 70, 6).withEdgeColumns(2);
        compare(sample, Graph.from(sink -> {
            for (Arc line : sample.lines()) {
                sink.edge(line.source(), line.target(), line.weight());
                sink.set("kind", line.columns().get(2));
                sink.set("capacity", Double.longBitsToDouble(line.columns().get(0)));
                sink.set("nobody's", 3);
                sink.set("stamp", line.columns().get(1));
            }
        }), shape);
    }

    @Test
    void anEdgeHandedOverWithoutWhatIsNeededIsRefused() {
        refused(new NeededCapacities(), Graph.from(sink -> {
            sink.edge(1, 2);
            sink.set("capacity", 1);
            sink.edge(2, 3);
            sink.set("length", 1);
        }), "the program needs the edge column \"capacity\" and the edge 2 -> 3 has nothing in it; set it of each edge");
        for (long value : new long[] {1L << 31, Long.MIN_VALUE}) {
            refused(new Capacities(), Graph.from(sink -> {
                sink.edge(1, 2);
                sink.set("capacity", value);
            }), "the program's edge column \"capacity\" is of type int, and the edge 1 -> 2 has " + value + " in it");
        }
        refused(new Capacities(), Graph.from(sink -> {
            sink.edge(1, 2);
            sink.set("capacity", 2.5);
        }), "the program's edge column \"capacity\" is of type int, and the edge 1 -> 2 has 2.5 in it");
        assertThat(Superstep.run(new Typed(), Graph.from(sink -> {
            sink.edge(1, 2);
            sink.set("length", 7);
        })).longs("sum")).containsExactly(3, 0);
        assertThatThrownBy(() -> Superstep.run(new Capacities(), Graph.from(sink -> sink.set("capacity", 1))))
            .hasStackTraceContaining("hand the edge over first");
    }

    /** Asks an edge that enters it. */
    public static final class AsksInEdges extends LongProgram {
        private final LongColumn nothing = longColumn("nothing", 0);
        private final Edges out = outEdges();
        private final Edges in = inEdges();
        private final DoubleEdgeColumn capacity = doubleEdgeColumn("capacity", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            for (var e = v.edges(out); e.next();) {
                e.set(capacity, 1);
            }
            for (var e = v.edges(in); e.next();) {
                e.set(capacity, 2);
            }
        }
    }

    /** Has columns and no way to them. */
    public static final class NoWay extends LongProgram {
        private final LongColumn nothing = longColumn("nothing", 0);
        private final Edges in = inEdges();
        private final DoubleEdgeColumn capacity = doubleEdgeColumn("capacity", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
        }
    }

    @Test
    void aProgramThatAsksForWhatItCannotHaveIsRefused() {
        var graph = Graph.of(new long[] {1}, new long[] {2});
        for (var wanted : List.of(graph, graph.undirected())) {
            assertThatThrownBy(() -> Superstep.run(new AsksInEdges(), wanted)).isInstanceOf(JobException.class)
                .hasStackTraceContaining(" asks an in-edge for \"capacity\"; edge columns belong to the vertex where the edge begins, so"
                    + " let that one send the value");
        }
        assertThatThrownBy(() -> Superstep.run(new NoWay(), graph)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("no-way declares the edge column \"capacity\", but no way to its vertices' out-edges; declare outEdges() too");
    }

    @Test
    void arraysThatDoNotGoTogetherAreRefused() {
        var graph = Graph.of(new long[] {1}, new long[] {2});
        assertThatThrownBy(() -> graph.withEdgeColumn("capacity", new long[2])).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("edge column \"capacity\" needs a value for each of the 1 edges, was 2");
        assertThatThrownBy(() -> graph.filterVertices(id -> true).withEdgeColumn("capacity", new long[1]))
            .isInstanceOf(IllegalStateException.class).hasMessageContaining("begin with Graph.of(sources, targets), and filter in the end");
    }
}
