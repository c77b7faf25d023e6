package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --records}: where what vertices emit goes, and how it is refused. */
final class RecordsOptionTest {
    private static final Engine NEVER = (program, graph, options) -> {
        throw new AssertionError("nothing may be computed");
    };
    private static final String FOREST = "vertex\tparent\n2\t1\n3\t2\n";

    @TempDir static Path workshop;
    private static Path jar;

    @TempDir Path folder;
    private String graph;

    @BeforeAll static void makeAJar() throws IOException {
        jar = new JarBuilder(workshop).source("com.acme.Waves", """
            package com.acme;

            import org.superstep.graph.*;

            public final class Waves extends LongProgram {
                private final LongColumn level = longColumn("level", -1);
                private final LongParameter fault = longParameter("fault", -1, "the vertex that fails");
                private final RecordOutput forest = recordOutput("forest", "vertex", "parent");
                private final RecordOutput sizes = recordOutput("wave-sizes", "level", "share");

                @Override public LongCombiner combiner() {
                    return LongCombiner.MIN;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    if (v.superstep() == 0 && v.id() == 1 || v.superstep() > 0 && v.get(level) < 0) {
                        v.set(level, v.superstep());
                        if (v.superstep() > 0) {
                            v.emit(forest, v.id(), in.combined());
                        }
                        v.emit(sizes, v.superstep(), 0.5);
                        v.broadcast(v.id());
                    }
                    if (v.id() == fault.get()) {
                        v.emit(sizes, "too few");
                    }
                    v.halt();
                }
            }
            """).write(workshop.resolve("mine.jar"));
    }

    @BeforeEach void writeAGraph() throws IOException {
        graph = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n3\t1\n").toString();
    }

    private Session run(String... more) {
        return Session.of(words(more));
    }

    private String[] words(String... more) {
        return Stream.concat(Stream.of("run", "--jar", jar.toString(), "Waves", "--input", graph), Stream.of(more)).toArray(String[]::new);
    }

    private void refused(String fault, String... more) throws IOException {
        var session = Session.with(NEVER, words(more));
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.faults()).hasSize(1);
        assertThat(session.err()).contains(fault);
        assertThat(files()).containsExactly("graph.tsv");
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test void eachGoesToTheFileThatIsNamed() throws IOException {
        Path forest = folder.resolve("forest");
        Path sizes = folder.resolve("sizes.csv");
        Path report = folder.resolve("report");
        var session = run("--records", "forest=" + forest, "wave-sizes=" + sizes, "--report", report.toString(), "--workers-in-process",
            "2");
        assertThat(session.status()).isZero();
        assertThat(forest).hasContent(FOREST);
        assertThat(sizes).hasContent("level,share\n0,0.5\n1,0.5\n2,0.5\n");
        assertThat(session.err()).contains("records  " + forest + ", 2 records of forest\n",
            "records  " + sizes + ", 3 records of wave-sizes\n");
        assertThat(report).content().contains("\"records\"", "\"output\" : \"wave-sizes\"", "\"format\" : \"csv\"", "\"count\" : 3");
        assertThat(files()).containsExactly("forest", "graph.tsv", "report", "sizes.csv");
    }

    @Test void aFolderTakesAllOfThem() throws IOException {
        assertThat(run("--records", folder.toString(), "--output-format", "jsonl").status()).isZero();
        assertThat(files()).containsExactly("forest.jsonl", "graph.tsv", "wave-sizes.jsonl");
        assertThat(folder.resolve("forest.jsonl")).hasContent("{\"vertex\":2,\"parent\":1}\n{\"vertex\":3,\"parent\":2}\n");
        assertThat(run("--records", folder.toString()).status()).isZero();
        assertThat(folder.resolve("forest.tsv")).hasContent(FOREST);
    }

    @Test void aDashIsStandardOutput() {
        var session = run("--records", "forest=-", "--top", "3");
        assertThat(session.out()).isEqualTo(FOREST);
        assertThat(session.err()).contains("level", "supersteps").doesNotContain("those of");
    }

    @Test void aDeviceIsWrittenAsItStands() {
        assertThat(run("--records", "forest=/dev/null").status()).isZero();
        assertThat(Path.of("/dev/null")).exists();
    }

    @Test void helpTellsThem() {
        assertThat(run("--help").out()).contains("--records NAME=PATH...")
            .endsWith("Output columns: id, level.\nRecords forest: vertex, parent.\nRecords wave-sizes: level, share.\n");
        assertThat(Session.of("run", "pagerank", "--help").out()).doesNotContain("Records ");
    }

    @Test void aRunThatFailsLeavesOlderFilesAsTheyWere() throws IOException {
        Path older = Files.writeString(folder.resolve("forest.tsv"), "older");
        var session = run("--records", folder.toString(), "--fault", "3");
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.err()).contains("superstep: waves failed at vertex 3 in superstep 0",
            "a record of \"wave-sizes\" has 2 values (level, share), was given 1");
        assertThat(older).hasContent("older");
        assertThat(files()).containsExactly("forest.tsv", "graph.tsv");
    }

    @Test void whatIsNoOutputIsRefused() throws IOException {
        refused("--records: waves has no output of records \"forrest\"; did you mean forest?", "--records", "forrest=x");
        refused("--records: waves has no output of records \"x\"; it has forest, wave-sizes", "--records", "x=" + folder);
        refused("there is no such folder; create it (mkdir -p), or name a file for one output: --records forest=PATH", "--records",
            folder.resolve("missing").toString());
        refused("is a folder; name a file in it", "--records", "forest=" + folder);
        refused("--records needs a path", "--records", "forest=");
        refused("would replace the input", "--records", "forest=" + graph);
        refused("--output and --records name the same file", "--records", "forest=" + folder.resolve("x"), "--output",
            folder.resolve("x").toString());
        refused("--records names " + folder.resolve("x") + " twice; name two", "--records",
            "forest=" + folder.resolve("x"), "wave-sizes=" + folder.resolve("x"));
        refused("--output and --records name standard output", "--records", "forest=-", "--output", "-");
        var none = Session.with(NEVER, "run", "pagerank", "--input", graph, "--records", folder.toString());
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("pagerank emits no records");
    }
}
