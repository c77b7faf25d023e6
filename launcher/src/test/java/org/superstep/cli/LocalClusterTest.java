package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code superstep run --workers}, with real processes: the same answers, and nothing left of them. */
final class LocalClusterTest {
    @TempDir Path folder;
    private String graph;

    @BeforeEach void writeAGraph() throws IOException {
        graph = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n3\t1\n4\t1\n5\t4\n").toString();
    }

    @AfterEach void nothingIsLeft() throws IOException {
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."))
                .noneMatch(name -> name.contains(".part"));
        }
    }

    private Session run(String... words) {
        var all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(words));
        return Session.of(all.toArray(new String[0]));
    }

    @Test void aFileAndItsTableAndReportAreTheSame() throws IOException {
        Path target = Files.writeString(folder.resolve("target.tsv"), "outdated");
        Files.createSymbolicLink(folder.resolve("there.csv"), target);
        var here = run("pagerank", "--input", graph, "--output", folder.resolve("here.csv").toString());
        var there = run("pagerank", "--input", graph, "--output", folder.resolve("there.csv").toString(), "--workers", "2", "--threads",
            "2", "--report", folder.resolve("report").toString());
        assertThat(there.status()).as(there.err()).isZero();
        assertThat(there.out()).isEqualTo(here.out());
        assertThat(folder.resolve("there.csv")).as("a link to an output stays a link").isSymbolicLink();
        assertThat(target).hasSameBinaryContentAs(folder.resolve("here.csv"));
        assertThat(there.err()).contains("graph    5 vertices, 5 edges", " on 2 threads of 2 workers", "output   "
            + folder.resolve("there.csv") + ", 5 rows");
        assertThat(folder.resolve("report")).content().contains("\"workers\" : 2", "\"path\" : \"" + folder.resolve("there.csv") + "\"");
    }

    @Test void standardOutputAndAFolderAreTheSame() throws IOException {
        var here = run("bfs", "--source", "5", "--input", graph, "--output", "-", "--output-format", "jsonl", "--quiet");
        var there = run("bfs", "--source", "5", "--input", graph, "--output", "-", "--output-format", "jsonl", "--quiet", "--workers", "1");
        assertThat(there).isEqualTo(here);
        var parts = run("bfs", "--source", "5", "--input", graph, "--output", folder + "/parts/", "--output-format", "jsonl", "--quiet",
            "--workers", "3", "--top", "0");
        assertThat(parts.status()).as(parts.err()).isZero();
        var joined = new StringBuilder();
        // Of five vertices not every worker need own one, and who owns none writes no part.
        String[] names = folder.resolve("parts").toFile().list();
        Arrays.sort(names);
        assertThat(names).hasSizeGreaterThan(2).contains("_SUCCESS", "part-00000", "part-00001");
        for (String name : names) {
            joined.append(Files.readString(folder.resolve("parts").resolve(name)));
        }
        assertThat(here.out()).isEqualTo(joined.toString());
        assertThat(folder.resolve("parts/_SUCCESS")).isEmptyFile();
    }

    @Test void aFaultInTheInputIsToldAsEver() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.tsv"), "1\t2\n2\n");
        var session = run("wcc", "--input", bad.toString(), "--output", folder.resolve("out").toString(), "--workers", "2", "--quiet");
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.faults()).singleElement().asString().contains(bad + ":2: ");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test void aUsersProgramAndItsRecordsAreTheSame() throws IOException {
        Path jar = new JarBuilder(Files.createDirectory(folder.resolve("workshop"))).source("com.acme.Echo", """
            package com.acme;

            import org.superstep.graph.*;

            public final class Echo extends LongProgram {
                private final LongParameter master = longParameter("master", 3, "a name that is an option of other commands");
                private final LongColumn last = longColumn("last", 0);
                private final RecordOutput heard = recordOutput("heard", "vertex", "sum");

                @Override public LongCombiner combiner() {
                    return LongCombiner.SUM;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    v.emit(heard, v.id(), in.combined());
                    v.set(last, in.combined());
                    if (v.superstep() < master.get()) {
                        v.broadcast(v.id());
                    } else {
                        v.halt();
                    }
                }
            }
            """).write(folder.resolve("mine.jar"));
        var here = run("--jar", jar.toString(), "Echo", "--input", graph, "--records", "heard=-", "--quiet", "--master", "2");
        assertThat(here.status()).as(here.err()).isZero();
        var there = run("--jar", jar.toString(), "Echo", "--input", graph, "--records", "heard=-", "--quiet", "--master", "2",
            "--workers", "2");
        assertThat(there).isEqualTo(here);
    }

    @Test void oneWayToHaveWorkersIsEnough() {
        var session = run("wcc", "--input", graph, "--workers", "2", "--workers-in-process", "2");
        assertThat(session.faults()).singleElement().asString().contains("name one of them");
        assertThat(session.status()).isEqualTo(2);
    }

    @Test void howLongSilenceLastsIsAskedWhereThereAreProcesses() {
        var session = run("wcc", "--input", graph, "--workers", "2", "--heartbeat-timeout", "1s", "--quiet");
        assertThat(session.status()).as(session.err()).isZero();
        assertThat(run("wcc", "--input", graph, "--heartbeat-timeout", "1s").faults()).singleElement().asString()
            .contains("name --workers N too");
        assertThat(run("wcc", "--input", graph, "--workers", "2", "--heartbeat-timeout", "9ms").faults()).singleElement().asString()
            .contains("--heartbeat-timeout must be at least 100ms, was \"9ms\"");
    }
}
