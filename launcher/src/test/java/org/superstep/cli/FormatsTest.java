package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.Graph;
import org.superstep.graph.Column;
import org.superstep.graph.io.EdgeFormat;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.RowEncoder;
import org.superstep.graph.io.RowFormat;

/** Formats that a jar brings, found by the names that they give themselves. */
final class FormatsTest {
    @TempDir Path folder;
    private Path input;

    @BeforeEach void writeAGraph() throws IOException {
        input = Files.writeString(folder.resolve("graph.arrows"), "1->2\n2->3\n4->1\n");
    }

    /** Edges as arrows, {@code 1->2}. */
    public static final class Arrows implements EdgeFormat {
        @Override public String title() {
            return "arrows";
        }

        @Override public EdgeSource open(List<Path> files, Map<String, String> options) {
            String arrow = options.getOrDefault("arrow", "->");
            if (arrow.isEmpty() || !List.of("arrow").containsAll(options.keySet())) {
                throw new IllegalArgumentException("the only option is arrow=SIGNS, was " + options);
            }
            return Graph.from(sink -> {
                for (Path file : files) {
                    lines(file).forEach(line -> sink.edge(Long.parseLong(line.substring(0, line.indexOf(arrow))),
                        Long.parseLong(line.substring(line.indexOf(arrow) + arrow.length()))));
                }
            }).source();
        }

        private static List<String> lines(Path file) {
            try {
                return Files.readAllLines(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Rows as lists, {@code (1 0.5)}. */
    public static final class Lisp implements RowFormat {
        @Override public byte[] header(List<Column> columns) {
            return "; rows\n".getBytes(StandardCharsets.UTF_8);
        }

        @Override public RowEncoder encoder(List<Column> columns) {
            return new RowEncoder() {
                private final StringBuilder text = new StringBuilder();

                @Override public void begin(long vertexId) {
                    text.append('(').append(vertexId);
                }

                @Override public void put(double value) {
                    text.append(' ').append(value);
                }

                @Override public void put(long value) {
                    text.append(' ').append(value);
                }

                @Override public void put(float value) {
                    text.append(' ').append(value);
                }

                @Override public void put(boolean value) {
                    text.append(value ? " t" : " nil");
                }

                @Override public void put(double[] elements, int from, int to) {
                    text.append(' ').append(Arrays.toString(Arrays.copyOfRange(elements, from, to)));
                }

                @Override public void put(long[] elements, int from, int to) {
                    text.append(' ').append(Arrays.toString(Arrays.copyOfRange(elements, from, to)));
                }

                @Override public void put(String value) {
                    text.append(" \"").append(value).append('"');
                }

                @Override public void end() {
                    text.append(")\n");
                }

                @Override public byte[] buffer() {
                    return text.toString().getBytes(StandardCharsets.UTF_8);
                }

                @Override public int size() {
                    return text.length();
                }

                @Override public void clear() {
                    text.setLength(0);
                }
            };
        }
    }

    @ParameterizedTest @CsvSource({"1", "3"})
    void aJarsFormatsAreReadAndWritten(String workers) throws IOException {
        Path output = folder.resolve("out");
        var session = Session.of("run", "bfs", "--source", "4", "--input", input.toString(), "--format", "arrows", "--output",
            output.toString(), "--output-format", "lisp", "--workers-in-process", workers, "--report", folder.resolve("r").toString());
        assertThat(session.err()).contains("4 vertices, 3 edges");
        assertThat(session.status()).isZero();
        assertThat(output).hasContent("; rows\n(1 1)\n(2 2)\n(3 3)\n(4 0)\n");
        assertThat(folder.resolve("r")).content().contains("\"lisp\"");
    }

    @Test void whatAFormatWantsToKnowIsHandedToIt() throws IOException {
        Files.writeString(input, "1=>2\n");
        var session = Session.of("run", "bfs", "--source", "1", "--input", input.toString(), "--format", "arrows", "--format-options",
            "arrow==>", "--output", "-", "--quiet");
        assertThat(session).isEqualTo(new Session(0, "id\tlevel\n1\t0\n2\t1\n", ""));
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "--format gml | --format must be one of auto, edges, arrows, was \"gml\"",
        "--output-format xml | --output-format must be one of tsv, csv, jsonl, lisp, was \"xml\"",
        "--format arrows --format-options arrow= | --format arrows: the only option is arrow=SIGNS, was {arrow=}",
        "--format arrows --format-options arrow | --format-options must be KEY=VALUE, was \"arrow\"",
        "--format arrows --format-options a=1 a=2 | --format-options has a twice",
        "--format arrows --separator tab | --separator is for edge lists; say what arrows needs with --format-options KEY=VALUE...",
        "--format edges --format-options a=1 | --format-options is for formats of your own"})
    void whatCannotBeIsRefused(String words, String message) {
        var session = Session.of(("run wcc --input x " + words).split(" "));
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: " + message);
    }

    @Test void formatsAreLookedForWhereTheCallerSays() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(EdgeFormat.class.getName()), "org.example.Missing\n");
        var arguments = RunOptions.RUN.ofAnyProgram().parse(List.of("--input", "x", "--format", "arrows", "--output-format", "lisp"));
        try (var broken = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
                var bare = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> Formats.edges(List.of(input), arguments, broken)).isInstanceOf(UsageException.class)
                .hasMessageContaining("declares a format that cannot be had").hasMessageContaining("org.example.Missing");
            assertThatThrownBy(() -> Formats.rows(arguments, bare)).isInstanceOf(UsageException.class)
                .hasMessage("--output-format must be one of tsv, csv, jsonl, was \"lisp\"");
        }
        assertThat(Formats.rows(arguments, getClass().getClassLoader())).isInstanceOf(Lisp.class);
    }
}
