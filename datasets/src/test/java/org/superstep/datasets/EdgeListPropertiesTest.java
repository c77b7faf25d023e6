package org.superstep.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.superstep.graph.Weights;
import org.superstep.graph.io.InputException;

/** Random texts, cut at random places, against what they were written from. */
class EdgeListPropertiesTest {
    private static final String[] SEPARATORS = {"\t", " ", ",", ";"};

    @Property(tries = 600)
    void everyLineIsReadOnceHoweverTheTextIsCut(@ForAll long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var text = new RandomText(random);
        var file = Files.createTempFile("edges", "");
        try {
            Files.write(file, random.nextBoolean() ? EdgeListSourceTest.gzipped(text.toString()) : text.toString().getBytes(UTF_8));
            var source = new EdgeListSource(List.of(file), EdgeListOptions.AUTO, random.nextInt(1, 200), random.nextInt(1, 300));
            int shares = random.nextInt(1, 5);
            int threads = List.of(1, 2, 3, 8).get(random.nextInt(4));
            if (text.edges.isEmpty()) {
                return;
            }
            assertThat(DrainedEdges.of(source, Weights.IGNORED, shares, threads).edges()).isEqualTo(text.sorted(false));
            if (text.weighted) {
                assertThat(DrainedEdges.of(source, Weights.REQUIRED, shares, threads).edges()).isEqualTo(text.sorted(true));
            }
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 200)
    void aSampledShareKnowsAboutHowManyEdgesItHas(@ForAll long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var text = new RandomText(random);
        if (text.edges.isEmpty()) {
            return;
        }
        var file = Files.writeString(Files.createTempFile("edges", ""), text.toString());
        try {
            var source = new EdgeListSource(List.of(file, file), EdgeListOptions.AUTO, random.nextInt(1, 200), random.nextInt(1, 300));
            int shares = random.nextInt(1, 5);
            long estimate = 0;
            for (int share = 0; share < shares; share++) {
                try (var reader = source.open(share, shares, Weights.IGNORED)) {
                    estimate += reader.sample().orElseThrow().estimatedEdges();
                }
            }
            assertThat(estimate).isEqualTo(2L * text.edges.size());
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 1000)
    void weightsAreReadAsTheJdkReadsThem(@ForAll long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var weights = new ArrayList<String>();
        var text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            String weight = RandomText.weight(random);
            weights.add("1 " + i + " " + Double.parseDouble(weight));
            text.append("1,").append(i).append(',').append(weight).append('\n');
        }
        Collections.sort(weights);
        var source = EdgeListSource.of("text", text.toString().getBytes(UTF_8), EdgeListOptions.AUTO);
        assertThat(DrainedEdges.of(source, Weights.REQUIRED).edges()).isEqualTo(weights);
    }

    @Property(tries = 600)
    void bytesThatAreNoEdgeListAreRefusedInOneLine(@ForAll byte[] content, @ForAll long seed) throws IOException {
        var file = Files.write(Files.createTempFile("junk", ""), content);
        try {
            String first = outcome(file, 1 << 20, 1);
            assertThat(outcome(file, (int) (seed & 15) + 1, 3)).isEqualTo(first);
            assertThat(first).doesNotContain("\n");
        } finally {
            Files.delete(file);
        }
    }

    private static String outcome(Path file, int bytes, int threads) throws IOException {
        try {
            return DrainedEdges.of(new EdgeListSource(List.of(file), EdgeListOptions.AUTO, bytes, bytes), Weights.OPTIONAL, 1, threads)
                .edges().toString();
        } catch (InputException e) {
            return e.getMessage();
        }
    }

    /** A text of edges among comments and blanks, with the edges that it holds. */
    private static final class RandomText {
        private final SplittableRandom random;
        private final StringBuilder text = new StringBuilder();
        private final List<String[]> edges = new ArrayList<>();
        private final String separator;
        private final boolean weighted;

        private RandomText(SplittableRandom random) {
            this.random = random;
            separator = SEPARATORS[random.nextInt(SEPARATORS.length)];
            weighted = random.nextBoolean();
            String lineEnd = random.nextInt(3) == 0 ? "\r\n" : "\n";
            if (random.nextInt(8) == 0) {
                text.append('\ufeff');
            }
            boolean header = !separator.equals(" ") && random.nextInt(3) == 0;
            int lines = random.nextInt(60);
            for (int i = 0; i < lines; i++) {
                switch (random.nextInt(8)) {
                    case 0 -> text.append(List.of("# c 1 2", "%", "//x", "", "  ", "\t", " #").get(random.nextInt(7)));
                    default -> {
                        if (header) {
                            text.append("from").append(separator).append("to");
                            header = false;
                        } else {
                            edge();
                        }
                    }
                }
                if (i < lines - 1 || random.nextBoolean()) {
                    text.append(lineEnd);
                }
            }
        }

        private void edge() {
            boolean odd = random.nextInt(4) == 0;
            String[] edge = {id(odd), id(odd), weighted ? weight(random) : ""};
            text.append(odd ? blanks() : "").append(edge[0]).append(between(odd)).append(edge[1]);
            if (weighted) {
                text.append(between(odd)).append(edge[2]);
            }
            if (random.nextInt(8) == 0) {
                text.append(between(odd)).append("more 7");
            }
            text.append(odd ? blanks() : "");
            edges.add(edge);
        }

        private String id(boolean odd) {
            return switch (odd ? random.nextInt(5) : 4) {
                case 0 -> "-" + random.nextLong(Long.MAX_VALUE);
                case 1 -> "+" + random.nextInt(100);
                case 2 -> "00" + random.nextInt(100);
                case 3 -> Long.toString(random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE);
                default -> Integer.toString(random.nextInt(1 << random.nextInt(1, 31)));
            };
        }

        private String between(boolean odd) {
            if (!odd) {
                return separator;
            }
            boolean blank = separator.equals(" ") || separator.equals("\t");
            return blank ? List.of(" ", "\t", "  ", "\t ").get(random.nextInt(4)) : blanks() + separator + blanks();
        }

        private String blanks() {
            return List.of("", " ", "\t", "   ").get(random.nextInt(4));
        }

        private static String weight(SplittableRandom random) {
            return switch (random.nextInt(6)) {
                case 0 -> Integer.toString(random.nextInt(1000));
                case 1 -> Double.toString(random.nextDouble());
                case 2 -> "-" + random.nextInt(100) + ".25";
                case 3 -> random.nextInt(100) + "e" + random.nextInt(-330, 300);
                case 4 -> random.nextLong(1L << random.nextInt(1, 63)) + "." + random.nextLong(1L << random.nextInt(1, 63));
                default -> "." + "0".repeat(random.nextInt(20)) + random.nextLong(1L << random.nextInt(1, 63));
            };
        }

        private List<String> sorted(boolean weights) {
            return edges.stream().map(edge -> Long.parseLong(edge[0]) + " " + Long.parseLong(edge[1])
                + (weights ? " " + Double.parseDouble(edge[2]) : "")).sorted().toList();
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
