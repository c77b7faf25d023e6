package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code superstep check}: on bundled programs, on good and bad ones out of a jar, and on what cannot be checked. */
final class CheckCommandTest {
    @TempDir static Path workshop;
    private static Path jar;

    @BeforeAll static void makeAJar() throws IOException {
        String program = """
            package com.acme;

            import org.superstep.graph.*;

            public final class NAME extends LongProgram {
                private final LongParameter most = longParameter("most", "how far to go").between(0, 9);
                private final LongColumn value = longColumn("value", 0);
                private long calls;

                @Override public LongCombiner combiner() {
                    return LongCombiner.MAX;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    v.set(value, in.combined());
                    STATEMENT
                    if (v.superstep() < most.get()) {
                        v.broadcast(v.id());
                    }
                    v.halt();
                }
            }
            """;
        jar = new JarBuilder(workshop)
            .source("com.acme.Sound", program.replace("NAME", "Sound").replace("STATEMENT", ""))
            .source("com.acme.Muddled", program.replace("NAME", "Muddled").replace("STATEMENT", "v.set(value, calls++);"))
            .source("com.acme.Loaded", LOADED)
            .source("com.acme.Phaseless", """
                package com.acme;

                import org.superstep.graph.*;

                public final class Phaseless extends PhasedProgram {
                    private final LongColumn value = longColumn("value", 0);
                }
                """)
            .write(workshop.resolve("acme.jar"));
    }

    /** A program that wants more of an edge than its weight. */
    private static final String LOADED = """
        package com.acme;
        import org.superstep.graph.*;
        public final class Loaded extends DoubleProgram {
            private final DoubleColumn load = doubleColumn("load", 0);
            private final Edges out = outEdges();
            private final DoubleEdgeColumn capacity = doubleEdgeColumn("capacity", 0).required();
            @Override public DoubleCombiner combiner() {
                return DoubleCombiner.SUM;
            }
            @Override public void compute(DoubleVertex v, DoubleMessages in) {
                for (EdgeCursor e = v.edges(out); e.next();) {
                    v.set(load, v.get(load) + e.get(capacity));
                }
                v.halt();
            }
        }
        """;

    private static String file(String name, String text) throws IOException {
        return Files.writeString(workshop.resolve(name), text).toString();
    }

    @Test void aBundledProgramKeepsTheContract() {
        var session = Session.of("check", "pagerank", "--iterations", "5");
        assertThat(session.out()).matches("pagerank keeps the contract: [0-9]+ runs on 15 graphs, seed 1\n");
        assertThat(session.err()).isEmpty();
        assertThat(session.status()).isZero();
    }

    @Test void aProgramOutOfAJarIsCheckedWithItsParameters() {
        var session = Session.of("check", "--jar", jar.toString(), "Sound", "--most", "3", "--seed", "7");
        assertThat(session.out()).matches("sound keeps the contract: [0-9]+ runs on 15 graphs, seed 7\n");
        assertThat(session.status()).isZero();
    }

    @Test void findingsAreListedWithStatusOne() {
        var session = Session.of("check", "--jar", jar.toString(), "com.acme.Muddled", "--most", "2");
        assertThat(session.out()).matches("(?s)muddled breaks the contract: [0-9]+ findings in [0-9]+ runs on 15 graphs, seed 1\n  .*")
            .contains("field Muddled.calls changes while the program runs, from 0 to ", "set in Muddled.compute, Muddled.java:16")
            .contains("(vertex 3, superstep 1, on \"3 -> 3 2\")", "keep what a vertex remembers in a column");
        assertThat(session.err()).isEmpty();
        assertThat(session.status()).isOne();
    }

    @Test void aProgramsParametersAreToldByHelp() {
        var session = Session.of("check", "--jar", jar.toString(), "Sound", "--help");
        assertThat(session.out()).startsWith("superstep check: ").contains("parameters of sound:\n    --most INTEGER", "--seconds N");
        assertThat(session.status()).isZero();
    }

    @Test void aGraphOfOnesOwnTakesThePlaceOfTheUsualOnes() throws IOException {
        String input = file("graph.tsv", "1\t2\t0.5\n2\t3\t1\n");
        var session = Session.of("check", "sssp", "--source", "2", "--input", input, "--undirected");
        assertThat(session.out()).matches("sssp keeps the contract: [0-9]+ runs on 1 graph, seed 1\n");
        assertThat(session.status()).isZero();
        assertThat(Session.of("check", "sssp", "--input", file("negative.tsv", "1\t2\t-1\n")).faults()).singleElement().asString()
            .contains("-1");
    }

    @Test void whatEdgesHoldIsReadToo() throws IOException {
        assertThat(Session.of("check", "--jar", jar.toString(), "Loaded").status()).isZero();
        String input = file("loaded.tsv", "from\tto\tcapacity\n1\t2\t0.5\n2\t3\t1\n");
        assertThat(Session.of("check", "--jar", jar.toString(), "Loaded", "--input", input).status()).isZero();
        String plain = file("unnamed.tsv", "1\t2\t0.5\n2\t3\t1\n");
        assertThat(Session.of("check", "--jar", jar.toString(), "Loaded", "--edge-columns", "capacity", "--input", plain).status())
            .isZero();
        assertThat(Session.of("check", "--jar", jar.toString(), "Loaded", "--input", plain).faults()).singleElement().asString()
            .contains("has no column \"capacity\", but the program needs one");
    }

    @Test void aGraphThatIsTooLargeIsRefused() throws IOException {
        var session = Session.of("check", "wcc", "--input", file("large.tsv", "1\t2\n".repeat(100_001)));
        assertThat(session.faults()).singleElement().asString().contains("large.tsv: has more than 100,000 edges");
        assertThat(session.status()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "check                            | check which program? superstep check PROGRAM; superstep programs lists them",
        "check pagernak                   | there is no program \"pagernak\"; did you mean pagerank?",
        "check pagerank --iterations many | --iterations must be",
        "check pagerank --itrations 3     | check pagerank has no option --itrations; did you mean --iterations?",
        "check pagerank --seconds 0       | --seconds must be an integer from 1 to 86400, was \"0\"",
        "check pagerank --input nowhere   | nowhere",
        "check --jar JAR Sound            | check sound needs its parameter most: a",
        "check --jar JAR Phaseless        | phaseless declares no phase, so it would compute nothing; declare one",
        "chekc pagerank                   | there is no command \"chekc\"; did you mean check?"})
    void whatCannotBeCheckedIsAUsageFault(String command, String fault) {
        var session = Session.of(command.trim().replace("JAR", jar.toString()).split(" +"));
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: ").contains(fault);
        assertThat(session.status()).isEqualTo(2);
    }
}
