package org.superstep.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.graph.DoubleEdgeColumn;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.IntEdgeColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongEdgeColumn;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Weights;
import org.superstep.graph.io.InputException;

/** Named columns of text edge lists, wherever chunks and buffers end. */
class EdgeListColumnsTest {
    private static final List<String> ODD = List.of("NaN", "Infinity", "-Infinity", "-0", "-0.0", "1e400", "9007199254740993", "1E-3");
    private static final String[] SEPARATORS = {"\t", ",", " ; ", " , "};

    @TempDir
    Path folder;

    /** Declares a column of each type. */
    private static final class Declaring extends LongProgram {
        private final IntEdgeColumn kind = intEdgeColumn("kind", 0);
        private final DoubleEdgeColumn length = doubleEdgeColumn("length", 0);
        private final LongEdgeColumn stamp = longEdgeColumn("stamp", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    private static String decimal(SplittableRandom random) {
        return switch (random.nextInt(7)) {
            case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong() & ~(1L << 62)));
            case 1 -> Long.toString(random.nextLong());
            case 2 -> (random.nextBoolean() ? "-" : "+") + random.nextInt(1000) + "." + random.nextInt(1_000_000);
            case 3 -> "." + random.nextLong(Long.MAX_VALUE);
            case 4 -> ODD.get(random.nextInt(ODD.size()));
            case 5 -> random.nextInt(10) + "." + "0".repeat(random.nextInt(25)) + "1";
            default -> Integer.toString(random.nextInt(100));
        };
    }

    @Test
    void aValueIsWhatJavaReads() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            String between = SEPARATORS[random.nextInt(SEPARATORS.length)];
            boolean weighted = random.nextBoolean();
            var text = new StringBuilder(String.join(between, "from", "to", "stamp", "nobody's", "Weight", "length", "kind")).append('\n');
            var expected = new ArrayList<List<Long>>();
            for (int i = random.nextInt(1, 40); i > 0; i--) {
                String length = decimal(random);
                long stamp = random.nextBoolean() ? random.nextLong() : random.nextInt(-2, 2);
                int kind = random.nextBoolean() ? random.nextInt() : Integer.MIN_VALUE;
                int weight = random.nextInt(9);
                text.append(String.join(between, Integer.toString(i), "7", Long.toString(stamp), "x y", Integer.toString(weight), length,
                    Integer.toString(kind))).append(random.nextInt(5) == 0 ? between + "more\n" : "\n");
                expected.add(List.of((long) i, weighted ? weight : 1L, (long) kind, Double.doubleToLongBits(Double.parseDouble(length)),
                    stamp));
            }
            Path file = Files.writeString(folder.resolve("edges" + seed), text);
            var source = new EdgeListSource(List.of(file), EdgeListOptions.AUTO, random.nextInt(1, 400), random.nextInt(1, 100));
            assertThat(drained(source, weighted ? Weights.OPTIONAL : Weights.IGNORED)).as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static List<List<Long>> drained(EdgeListSource source, Weights weights) throws IOException {
        List<EdgeColumn> columns = new Declaring().declarations().edgeColumns();
        var edges = new ArrayList<List<Long>>();
        for (int share = 0; share < 2; share++) {
            try (var reader = source.open(share, 2, weights, columns)) {
                assertThat(reader.columns()).isEqualTo(columns);
                reader.read(batch -> {
                    for (int i = 0; i < batch.size; i++) {
                        edges.add(List.of(batch.sources[i], batch.weights == null ? 1L : (long) batch.weights[i], batch.columns[0][i],
                            batch.columns[1][i], batch.columns[2][i]));
                    }
                }, (bytes, read) -> { });
            }
        }
        return edges;
    }

    @Test
    void onlyColumnsThatTheFileHasAreCarried() throws IOException {
        List<EdgeColumn> columns = new Declaring().declarations().edgeColumns();
        Path file = Files.writeString(folder.resolve("edges.tsv"), "a\tb\tlength\tkinds\n1\t2\t3\t4\n");
        var source = new EdgeListSource(List.of(file), EdgeListOptions.AUTO);
        try (var reader = source.open(0, 1, Weights.OPTIONAL, columns); var without = source.open(0, 1, Weights.OPTIONAL)) {
            assertThat(reader.columns()).containsExactly(columns.get(1));
            assertThat(reader.weighted()).as("the third column is the length").isFalse();
            assertThat(without.columns()).isEmpty();
            assertThat(without.weighted()).isTrue();
        }
        var named = new EdgeListSource(List.of(file), EdgeListOptions.AUTO.withColumns("-", "kind"));
        try (var reader = named.open(0, 1, Weights.OPTIONAL, columns)) {
            assertThat(reader.columns()).containsExactly(columns.get(0));
            assertThat(reader.weighted()).isFalse();
        }
    }

    @Test
    void anEmptyCellDoesNotLetTheNextTakeItsName() throws IOException {
        for (String between : new String[] {"\t", ",", ";"}) {
            String text = "a|b|kind|stamp|length\n1|2|3|4|5\n2|3||4|5\n".replace("|", between);
            Path file = Files.writeString(folder.resolve("edges.tsv"), text);
            assertThatThrownBy(() -> drained(new EdgeListSource(List.of(file), EdgeListOptions.AUTO), Weights.IGNORED))
                .isInstanceOf(InputException.class).hasMessageStartingWith(file + ":3: ")
                .hasMessageContaining(" has nothing in column 3, \"kind\"; add it, or pass the column over");
        }
    }

    @Test
    void aNameThatIsGivenTwiceIsRefused() {
        assertThat(EdgeListOptions.AUTO.withColumns("-", "kind", "-").columns()).containsExactly("-", "kind", "-");
        assertThatIllegalArgumentException().isThrownBy(() -> EdgeListOptions.AUTO.withColumns("kind", "-", "kind"))
            .withMessage("column \"kind\" is named twice; each may be given once");
    }
}
