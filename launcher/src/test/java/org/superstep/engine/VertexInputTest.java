package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.datasets.TextRows;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Codecs;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Program;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.Weights;
import org.superstep.graph.io.InputException;
import org.superstep.graph.io.VertexSink;
import org.superstep.graph.io.VertexSource;
import org.superstep.net.Delivery;

/** Vertices that the input names: isolated ones, and what columns hold at first, in any shape and from any kind of file. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VertexInputTest {
    private static final int GRAPHS = 4;

    @TempDir Path folder;

    /** Heat from a table spreads by a superstep: what is given can be told from what is declared. */
    public static final class Spread extends DoubleProgram {
        private final DoubleColumn heat = doubleColumn("heat", 1);
        private final LongColumn label = longColumn("label", -1);
        private final IntColumn level = intColumn("level", 5);
        private final DoubleColumn heard = doubleColumn("heard", 0).hidden();

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            if (v.superstep() == 0) {
                v.broadcast(v.get(heat) * v.get(level) + v.get(label));
            }
            v.set(heard, in.combined());
            v.halt();
        }
    }

    static Stream<Named<Supplier<Program>>> programs() {
        var programs = new ArrayList<Supplier<Program>>(TestPrograms.all());
        programs.addAll(ColumnPrograms.all());
        programs.addAll(List.of(() -> new PageRank(0.85, 5), BreadthFirstSearch::new, ConnectedComponents::new, Spread::new));
        return programs.stream().map(program -> Named.of(program.get().name(), program));
    }

    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(2, 16, 1, Delivery.PUSH), new Shape(3, 64, 3, Delivery.AUTO));
    }

    /** Some of the sample's vertices, some near them, some far from them, each with an array for one vertex by column. */
    private static Map<Long, Object[]> anyVertices(SplittableRandom random, Sample sample, List<Column> columns) {
        var named = new TreeMap<Long, Object[]>();
        long[] ids = sample.vertices();
        int count = random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(2 * ids.length + 2);
        for (int i = 0; i < count; i++) {
            long near = ids.length == 0 ? 0 : ids[random.nextInt(ids.length)];
            long id = switch (random.nextInt(4)) {
                case 0, 1 -> near;
                case 2 -> near + random.nextInt(-70, 70);
                default -> random.nextLong();
            };
            named.put(id, columns.stream().map(column -> anyValue(random, column)).toArray());
        }
        return named;
    }

    private static double anyNumber(SplittableRandom random) {
        return random.nextInt(9) == 0 ? Double.NaN : random.nextInt(9) == 0 ? -0.0 : random.nextInt(-50, 50) / 4.0;
    }

    private static Object anyValue(SplittableRandom random, Column column) {
        Object array = column.newArray(1);
        for (int i = 0; i < column.width(); i++) {
            if (array instanceof double[] doubles) {
                doubles[i] = anyNumber(random);
            } else if (array instanceof long[] longs) {
                longs[i] = random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(100);
            } else if (array instanceof int[] ints) {
                ints[i] = random.nextInt();
            } else if (array instanceof float[] floats) {
                floats[i] = (float) anyNumber(random);
            } else if (array instanceof boolean[] booleans) {
                booleans[i] = random.nextBoolean();
            } else if (random.nextInt(4) > 0) {
                Object initial = ((Object[]) array)[i];
                ((Object[]) array)[i] = initial instanceof String ? anyText(random)
                    : initial instanceof long[] ? random.longs(random.nextInt(20)).toArray()
                    : new ColumnPrograms.Visit(random.nextInt(), random.nextLong());
            }
        }
        return array;
    }

    /** Texts with all that a format has to escape, at their ends too. */
    private static String anyText(SplittableRandom random) {
        String[] parts = {" ", "\t", "\n", "\r", "\r\n", ",", "\"", "\"\"", "\\", "\\t", ";", "#", "//", "a", "\u00e9\ud83d\ude00", "7"};
        return Stream.generate(() -> parts[random.nextInt(parts.length)]).limit(random.nextInt(6)).collect(Collectors.joining());
    }

    /** The vertices from memory, every share taking its own in an order of its own. */
    private static VertexSource source(Map<Long, Object[]> named) {
        return (share, shares, columns, sink) -> {
            var ids = new ArrayList<>(named.keySet());
            Collections.shuffle(ids, new Random(share));
            for (long id : ids) {
                if (Math.floorMod(id, shares) == share) {
                    sink.vertex(id);
                    for (int i = 0; i < columns.size(); i++) {
                        set(sink, columns.get(i), named.get(id)[i]);
                    }
                }
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static void set(VertexSink sink, Column column, Object array) {
        if (column instanceof DoubleColumn doubles) {
            sink.set(doubles, ((double[]) array)[0]);
        } else if (column instanceof LongColumn longs) {
            sink.set(longs, ((long[]) array)[0]);
        } else if (column instanceof IntColumn ints) {
            sink.set(ints, ((int[]) array)[0]);
        } else if (column instanceof FloatColumn floats) {
            sink.set(floats, ((float[]) array)[0]);
        } else if (column instanceof BooleanColumn booleans) {
            sink.set(booleans, ((boolean[]) array)[0]);
        } else if (column instanceof DoubleVectorColumn vectors) {
            sink.set(vectors, (double[]) array);
        } else if (column instanceof LongVectorColumn vectors) {
            sink.set(vectors, (long[]) array);
        } else if (((Object[]) array)[0] != ((ObjectColumn<?>) column).initial()) {
            sink.set((ObjectColumn<Object>) column, ((Object[]) array)[0]);
        }
    }

    private static Program program(Supplier<Program> programs, long source) {
        var program = programs.get();
        for (var parameter : program.declarations().parameters()) {
            if (parameter instanceof VertexParameter vertex) {
                vertex.set(source);
            }
        }
        return program;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void anyShapeGivesTheSerialAnswer(Supplier<Program> programs) {
        String name = programs.get().name();
        for (int i = 0; i < GRAPHS; i++) {
            long seed = name.hashCode() * 1000L + i;
            var random = new SplittableRandom(seed);
            var any = RandomGraphs.any(seed).withoutNegativeWeights();
            var sample = programs.get().weights().need() != Weights.Need.REQUIRED ? any
                : new Sample(any.name(), any.lines(), true, any.undirected(), any.deduped(), any.withoutSelfLoops());
            var named = anyVertices(random, sample, programs.get().declarations().columns());
            // An isolated vertex is a vertex for parameters too.
            long start = named.isEmpty() ? sample.vertices()[0] : named.keySet().iterator().next();
            var expected = SerialPregel.run(program(programs, start), sample, named, seed, 1000);
            for (var shape : Shape.some(random, 4)) {
                var program = program(programs, start);
                var graph = sample.shuffled(i).graph().withVertices(source(named));
                var answer = Answer.of(program, Superstep.run(program, graph, shape.options().withSeed(seed)));
                assertThat(expected.difference(answer)).as("%s on %s and %d vertices, seed %d, %s", name, sample, named.size(), seed, shape)
                    .isEmpty();
            }
        }
    }

    @Test
    void moreVerticesThanABlockHolds() {
        var sample = RandomGraphs.rmat(6, 5, 3);
        var named = new TreeMap<Long, Object[]>();
        for (long i = 0; i < 40_000; i++) {
            named.put(i * i * 31 - 1_000_000, new Object[] {new long[] {i}, new int[] {(int) i}});
        }
        var expected = SerialPregel.run(new TestPrograms.HashOverBoth(), sample, named, 1, 100);
        for (var shape : shapes().toList()) {
            var program = new TestPrograms.HashOverBoth();
            var answer = Answer.of(program, Superstep.run(program, sample.graph().withVertices(source(named)), shape.options()));
            assertThat(expected.difference(answer)).as("%s", shape).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aGraphOfIsolatedVerticesAlone(Shape shape) {
        Map<Long, Object[]> named = Map.of(5L, new Object[] {new long[] {7}}, -9L, new Object[] {new long[] {8}});
        Graph graph = Graph.of(new long[0], new long[0]).withVertices(source(named));
        var result = Superstep.run(new ConnectedComponents(), graph, shape.options());
        assertThat(result.ids()).containsExactly(-9L, 5L);
        assertThat(result.longs("component")).containsExactly(-9, 5);
        assertThat(result.report().vertices()).isEqualTo(2);
        assertThat(result.report().edges()).isZero();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void filesOfAnyKindSayTheSame(Shape shape) throws IOException {
        var edges = Graph.of(new long[] {1, 2, 3}, new long[] {2, 3, 4});
        String rows = "3\t0.5\t7\t2\n-8\t-1e3\t-5\t0\n4\tInfinity\t9223372036854775807\t-2147483648\n90000000000\t2\t0\t1\n";
        Path header = file("header.tsv", "id\theat\tlabel\tlevel\n" + rows);
        Path plain = file("plain.tsv", rows);
        Path otherOrder = file("order.csv", "# made by hand\n\nvertex,level,label,heat\r\n4,-2147483648, 9223372036854775807 ,Infinity\r\n"
            + "90000000000,1,0,2\r\n3,2,7,.5\r\n-8,0,-5,-1000");
        Path blanks = file("blanks.txt", "\uFEFF" + rows.replace("\t", "   "));
        Path packed = folder.resolve("packed.tsv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(("id\theat\tlabel\tlevel\n" + rows).getBytes(StandardCharsets.UTF_8));
        }
        Path half = file("half.tsv", "id;label;heat;level\n3;7;0.5;2\n");
        Path otherHalf = file("other.tsv", rows.substring(rows.indexOf('\n') + 1));
        var expected = answer(edges.withVertices(header), new Shape(1, 1, 1, Delivery.PULL));
        assertThat(expected.ids()).containsExactly(-8, 1, 2, 3, 4, 90000000000L);
        assertThat(expected.columns().get("label")).containsExactly(-5, -1, -1, 7, Long.MAX_VALUE, 0);
        assertThat(expected.columns().get("level")).containsExactly(0, 5, 5, 2, Integer.MIN_VALUE, 1);
        for (Graph graph : List.of(edges.withVertices(header), edges.withVertices(plain), edges.withVertices(otherOrder),
            edges.withVertices(blanks), edges.withVertices(packed), edges.withVertices(half, otherHalf))) {
            assertThat(expected.difference(answer(graph, shape))).isEmpty();
        }
    }

    private static Answer answer(Graph graph, Shape shape) {
        var program = new Spread();
        return Answer.of(program, Superstep.run(program, graph, shape.options()));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void whatARunHasWrittenIsWhereAnotherBegins() throws IOException {
        var graph = RandomGraphs.rmat(5, 4, 9).graph();
        Path ranks = folder.resolve("ranks.csv");
        var result = Superstep.run(new Spread(), graph, JobOptions.DEFAULT.withOutput(ranks, TextRows.CSV));
        var again = Superstep.run(new Spread(), graph.withVertices(ranks));
        assertThat(again.doubles("heat")).isEqualTo(result.doubles("heat"));
        assertThat(again.size()).isEqualTo(result.size());
    }

    /** Shows its columns, of every type that a file can hold, and leaves them as they are. */
    public static final class Bystander extends DoubleProgram {
        private final ObjectColumn<String> name = objectColumn("the name", Codecs.STRING, "no\nname");
        private final DoubleColumn heat = doubleColumn("heat", 1);
        private final FloatColumn share = floatColumn("share", 0.1f);
        private final LongVectorColumn path = longVectorColumn("path", 3, -1);
        private final BooleanColumn odd = booleanColumn("odd, or not", true);
        private final DoubleVectorColumn place = doubleVectorColumn("place", 2, 0.1);
        private final LongColumn label = longColumn("label", -1);
        private final IntColumn level = intColumn("\"level\"", 5);
        private final ObjectColumn<String> note = objectColumn("note", Codecs.STRING, "");

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.halt();
        }
    }

    @ParameterizedTest
    @EnumSource(value = TextRows.class, names = {"TSV", "CSV"})
    void everyTypeThatARunHasWrittenIsReadBack(TextRows format) throws IOException {
        for (long seed = 0; seed < 30; seed++) {
            var random = new SplittableRandom(seed);
            var program = new Bystander();
            var sample = RandomGraphs.any(seed);
            var named = anyVertices(random, sample, program.declarations().columns());
            Path rows = folder.resolve("rows");
            var graph = sample.graph();
            var written = Answer.of(program, Superstep.run(program, graph.withVertices(source(named)),
                JobOptions.DEFAULT.withOutput(rows, format)));
            for (Shape shape : Shape.some(random, 3)) {
                program = new Bystander();
                var read = Answer.of(program, Superstep.run(program, graph.withVertices(rows), shape.options()));
                assertThat(written.difference(read)).as("seed %d, %s", seed, shape).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aVertexNamedTwiceIsRefusedWithBothLines(Shape shape) throws IOException {
        Path one = file("one.tsv", "# labels\n1\t2\n7\t3\n2\t4\n");
        Path two = file("two.tsv", "id\theat\n5\t3\n7\t1\n");
        assertThatThrownBy(() -> answer(Graph.of(new long[] {1}, new long[] {2}).withVertices(one, two), shape))
            .isInstanceOf(InputException.class)
            .hasMessage(two + ":3: vertex 7 has a line already, " + one + ":3; keep one of them");
        VertexSource twice = (share, shares, columns, sink) -> sink.vertex(3);
        assertThatThrownBy(() -> answer(Graph.of(new long[] {1}, new long[] {2}).withVertices(twice), new Shape(2, 5, 2, Delivery.AUTO)))
            .isInstanceOf(InputException.class).hasMessage("vertex 3 is named twice among the vertices; name each once");
    }

    @Test
    void aSourceThatSetsWhatItMayNotFailsTheJob() {
        var edges = Graph.of(new long[] {1}, new long[] {2});
        VertexSource early = (share, shares, columns, sink) -> sink.set((DoubleColumn) columns.get(0), 1);
        assertThatThrownBy(() -> Superstep.run(new Spread(), edges.withVertices(early))).isInstanceOf(JobException.class)
            .hasMessageContaining("name the vertex first");
        VertexSource narrow = (share, shares, columns, sink) -> {
            sink.vertex(1);
            sink.set((LongVectorColumn) columns.get(3), new long[2]);
        };
        assertThatThrownBy(() -> Superstep.run(new Bystander(), edges.withVertices(narrow))).isInstanceOf(JobException.class)
            .hasMessageContaining("column \"path\" is 3 wide, the array 2");
        VertexSource nothing = (share, shares, columns, sink) -> {
            sink.vertex(1);
            sink.set((ObjectColumn<?>) columns.get(0), null);
        };
        assertThatThrownBy(() -> Superstep.run(new Bystander(), edges.withVertices(nothing))).isInstanceOf(JobException.class)
            .hasMessageContaining("column \"the name\" takes no null");
        var stranger = new Spread();
        VertexSource foreign = (share, shares, columns, sink) -> {
            sink.vertex(1);
            sink.set(stranger.heat, 1);
        };
        assertThatThrownBy(() -> Superstep.run(new Spread(), edges.withVertices(foreign))).isInstanceOf(JobException.class)
            .hasMessageContaining("\"heat\" is not the program's");
    }
}
