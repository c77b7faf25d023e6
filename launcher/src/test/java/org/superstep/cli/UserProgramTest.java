package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.Program;

/** Programs of the user's own, out of jars that are compiled here: found by any name, isolated, and refused in one line. */
final class UserProgramTest {
    private static final String FOREIGN = "it.unimi.dsi.fastutil.longs.LongArrayList";

    @TempDir static Path workshop;
    /** Good programs and bad ones. */
    private static Path jar;
    /** A program with a parameter of every kind. */
    private static Path parameters;

    @TempDir Path folder;
    private String graph;

    @BeforeAll static void makeAJar() throws IOException {
        jar = new JarBuilder(workshop)
            .source("com.acme.Degrees", program("com.acme", "public final class Degrees", """
                    @Override public String description() {
                        return "how many neighbours each has";
                    }
                """, "v.set(value, v.inDegree() + v.outDegree());"))
            .source("com.acme.Greatest", """
                package com.acme;

                import org.superstep.graph.*;

                public final class Greatest extends LongProgram {
                    private final LongColumn value = longColumn("value", 0);

                    @Override public LongCombiner combiner() {
                        return LongCombiner.MAX;
                    }

                    @Override public void compute(LongVertex v, LongMessages in) {
                        long best = Math.max(v.id(), in.combined());
                        if (v.superstep() == 0 || best > v.get(value)) {
                            v.set(value, best);
                            v.broadcast(best);
                        }
                        v.halt();
                    }
                }
                """)
            .source("com.acme.Phases", """
                package com.acme;

                import org.superstep.graph.*;

                public final class Phases extends PhasedProgram {
                    private final LongColumn value = longColumn("value", 0);
                    private final Phase first = phase("halves", new Halves());
                    private final Phase second = phase("ones", new Ones());

                    private final class Halves implements DoublePhase {
                        @Override public DoubleCombiner combiner() {
                            return DoubleCombiner.SUM;
                        }

                        @Override public void compute(DoubleVertex v, DoubleMessages in) {
                            v.set(value, v.get(value) + (long) (10 * in.combined()));
                            if (v.superstep() == 0) {
                                v.broadcast(0.5);
                            }
                        }
                    }

                    private final class Ones implements LongPhase {
                        @Override public LongCombiner combiner() {
                            return LongCombiner.SUM;
                        }

                        @Override public void compute(LongVertex v, LongMessages in) {
                            v.set(value, v.get(value) + in.combined());
                            if (v.superstep() == 2) {
                                v.broadcast(1);
                            }
                            v.halt();
                        }
                    }

                    @Override public void beforeSuperstep(Master m) {
                        if (m.superstep() == 2) {
                            m.startPhase(second);
                        }
                    }
                }
                """)
            .source("com.acme.Outer", "package com.acme;\n\npublic final class Outer {\n" + body(
                "public static final class Nested", "", "v.set(value, 8);") + body("public final class Inner", "", "") + "}\n")
            .source("com.acme.Listed", program("com.acme", "public final class Listed", """
                    @Override public String name() {
                        return "seven";
                    }
                """, "v.set(value, 7);"))
            .source("com.acme.a.Twin", program("com.acme.a", "public final class Twin", "", "v.set(value, 1);"))
            .source("com.acme.b.Twin", program("com.acme.b", "public final class Twin", "", "v.set(value, 2);"))
            .source("com.acme.c.Degrees", "package com.acme.c;\n\npublic final class Degrees {\n}\n")
            .source("com.acme.NoProgram", "package com.acme;\n\npublic final class NoProgram {\n}\n")
            .source("com.acme.Abstract", program("com.acme", "public abstract class Abstract", "", ""))
            .source("com.acme.Hidden", program("com.acme", "final class Hidden", "", ""))
            .source("com.acme.Wanting", program("com.acme", "public final class Wanting", "public Wanting(int wanted) { }", ""))
            .source("com.acme.Throwing", program("com.acme", "public final class Throwing",
                "public Throwing() { throw new IllegalStateException(\"no luck\\ntoday\"); }", ""))
            .source("com.acme.Static", program("com.acme", "public final class Static",
                "static final int NUMBER = Integer.parseInt(\"many\");", ""))
            .source("com.acme.Phaseless", """
                package com.acme;

                import org.superstep.graph.*;

                public final class Phaseless extends PhasedProgram {
                    private final LongColumn value = longColumn("value", 0);
                }
                """)
            .entry("META-INF/services/org.superstep.graph.Program", "# ours\ncom.acme.Listed # the only one\n")
            .write(workshop.resolve("acme.jar"));
        parameters = makeParameters();
    }

    @BeforeEach void writeAGraph() throws IOException {
        graph = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n").toString();
    }

    /** A program with one column that does this in superstep 0. */
    private static String program(String home, String declaration, String members, String statements) {
        return "package " + home + ";\n\n" + body(declaration, members, statements);
    }

    private static String body(String declaration, String members, String statements) {
        return declaration + " extends org.superstep.graph.LongProgram {\n"
            + "    final org.superstep.graph.LongColumn value = longColumn(\"value\", 0);\n" + members + """

                @Override public org.superstep.graph.LongCombiner combiner() {
                    return org.superstep.graph.LongCombiner.SUM;
                }

                @Override public void compute(org.superstep.graph.LongVertex v, org.superstep.graph.LongMessages in) {
            """ + statements + "        v.halt();\n    }\n}\n";
    }

    /** Runs a command of many words, in which JAR and GRAPH are the files. */
    private Session session(String command) {
        return Session.of(Arrays.stream(command.split(" "))
            .map(word -> word.replace("JAR", jar.toString()).replace("GRAPH", graph)).toArray(String[]::new));
    }

    /** The column {@code value} of the three vertices. */
    private List<Integer> values(Path jar, String program, String... more) {
        var words = new ArrayList<>(List.of("run", "--jar", jar.toString(), program, "--input", graph, "--output", "-", "--quiet", "--top",
            "0"));
        words.addAll(List.of(more));
        return values(Session.of(words.toArray(String[]::new)));
    }

    private static List<Integer> values(Session session) {
        assertThat(session.err()).isEmpty();
        assertThat(session.status()).isZero();
        assertThat(session.out()).startsWith("id\tvalue\n1\t");
        return session.out().lines().skip(1).map(line -> Integer.valueOf(line.substring(line.indexOf('\t') + 1))).toList();
    }

    /** What is said of a command that must be refused. */
    private static String refused(Session session) {
        assertThat(session.faults()).as("what is said on standard error").hasSize(1);
        assertThat(session.status()).as(session.err()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
        return session.faults().get(0);
    }

    private String refused(Path jar, String program) {
        return refused(Session.of("run", "--jar", jar.toString(), program, "--input", graph));
    }

    @ParameterizedTest @CsvSource({"com.acme.Degrees, 1, 2, 1", "com.acme.Greatest, 1, 2, 3", "com.acme.Phases, 0, 6, 6"})
    void aClassIsRunByItsNameInFull(String program, int first, int second, int third) {
        for (int times = 0; times < 2; times++) {
            assertThat(values(jar, program)).containsExactly(first, second, third);
        }
        assertThat(values(jar, program, "--workers-in-process", "2", "--partitions", "3", "--threads", "2", "--delivery", "push"))
            .containsExactly(first, second, third);
    }

    @ParameterizedTest @ValueSource(strings = {
        "run --jar JAR com.acme.Degrees --input GRAPH --output - --quiet",
        "run com.acme.Degrees --jar JAR --input GRAPH --output - --quiet",
        "run com.acme.Degrees --input GRAPH --output - --quiet --jar=JAR",
        "run --input GRAPH --jar JAR com.acme.Degrees --output - --quiet",
        "run --input GRAPH --output - --quiet com.acme.Degrees --jar JAR",
        "run --input GRAPH --threads 1 com.acme.Degrees --output - --jar JAR --quiet",
        "run --input=GRAPH com.acme.Degrees --output - --jar JAR --quiet"})
    void wordsComeInAnyOrder(String command) {
        assertThat(values(session(command))).containsExactly(1, 2, 1);
    }

    @Test void shorterNamesWillDoWhereTheyAreClear() throws IOException {
        assertThat(values(jar, "Greatest")).containsExactly(1, 2, 3);
        assertThat(values(jar, "seven")).as("by its listed name").containsExactly(7, 7, 7);
        assertThat(values(jar, "Nested")).containsExactly(8, 8, 8);
        assertThat(values(jar, "com.acme.Outer.Nested")).containsExactly(8, 8, 8);
        assertThat(values(jar, "com.acme.Outer$Nested")).containsExactly(8, 8, 8);
        assertThat(values(jar, "Degrees")).as("the only program of the name").containsExactly(1, 2, 1);
        assertThat(values(jar, "com.acme.b.Twin")).containsExactly(2, 2, 2);
        assertThat(refused(jar, "Twin")).contains("there are several classes Twin: com.acme.a.Twin, com.acme.b.Twin; name one");
    }

    @Test void bundledProgramsAreThereToo() {
        assertThat(session("run wcc --jar JAR --input GRAPH --output - --quiet").out()).isEqualTo("id\tcomponent\n1\t1\n2\t1\n3\t1\n");
        assertThat(session("run --jar JAR org.superstep.algorithms.ConnectedComponents --input GRAPH --output - --quiet").out())
            .isEqualTo("id\tcomponent\n1\t1\n2\t1\n3\t1\n");
    }

    @Test void severalJarsAreSearched() throws IOException {
        Path other = new JarBuilder(folder).source("com.other.Five", program("com.other", "public final class Five", "",
            "v.set(value, 5);")).write(folder.resolve("other.jar"));
        for (String program : List.of("com.acme.Listed", "Five")) {
            assertThat(values(Session.of("run", "--jar", jar.toString(), "--jar", other.toString(), program, "--input", graph, "--output",
                "-", "--quiet")).get(0)).isEqualTo(program.equals("Five") ? 5 : 7);
        }
        assertThat(Session.of("programs", "--jar", other.toString(), "--jar", jar.toString()).out().lines())
            .contains("com.other.Five", "seven");
    }

    @Test void programsAreListedOneALineAndBrokenOnesAreTold() {
        var session = session("programs --jar JAR");
        assertThat(session.status()).isZero();
        assertThat(session.out()).isEqualTo("""
            com.acme.Degrees       how many neighbours each has
            com.acme.Greatest
            com.acme.Outer$Nested
            com.acme.Phaseless
            com.acme.Phases
            com.acme.a.Twin
            com.acme.b.Twin
            seven
            """);
        assertThat(session.faults()).hasSize(4).allMatch(line -> line.startsWith("superstep: ") && line.contains(jar.toString()))
            .anyMatch(line -> line.contains("com.acme.Wanting")).anyMatch(line -> line.contains("com.acme.Throwing"))
            .anyMatch(line -> line.contains("com.acme.Static")).anyMatch(line -> line.contains("com.acme.Outer$Inner"));
    }

    @Test void aJarWithoutProgramsSaysSo() throws IOException {
        Path empty = new JarBuilder(folder).source("com.acme.None", "package com.acme;\n\npublic class None {\n}\n")
            .write(folder.resolve("empty.jar"));
        var session = Session.of("programs", "--jar", empty.toString());
        assertThat(session.out()).isEmpty();
        assertThat(session.err()).isEqualTo("superstep: " + empty + " holds no program: no public class extends DoubleProgram, LongProgram"
            + " or another kind of org.superstep.graph.Program\n");
        assertThat(refused(empty, "com.acme.Some")).contains("there is no program \"com.acme.Some\" in " + empty + ", nor any other");
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "com.acme.NoProgram | com.acme.NoProgram in JAR is no program: it does not extend DoubleProgram",
        "com.acme.Abstract | com.acme.Abstract in JAR is abstract; name a class that extends it",
        "com.acme.Hidden | com.acme.Hidden in JAR is not public; make the class public",
        "com.acme.Outer.Inner | com.acme.Outer$Inner in JAR is an inner class; make it static",
        "com.acme.Wanting | com.acme.Wanting in JAR has no public constructor without arguments; add one",
        "com.acme.Throwing | the constructor of com.acme.Throwing in JAR throws java.lang.IllegalStateException: no luck today",
        "com.acme.Static | the static initializer of com.acme.Static in JAR throws java.lang.NumberFormatException: For input",
        "com.acme.Phaseless | superstep: phaseless declares no phase, so it would compute nothing; declare one",
        "com.acme.Degreees | there is no program \"com.acme.Degreees\" in JAR; did you mean com.acme.Degrees?",
        "org.elsewhere.Greatest | did you mean com.acme.Greatest?",
        "Greatset | did you mean com.acme.Greatest?",
        "pagernak | did you mean pagerank?",
        "nothing-like-it | there are com.acme.Degrees, com.acme.Greatest",
        "nothing-like-it | (superstep programs --jar JAR tells what each does)"})
    void whatIsNoProgramIsRefusedWithARemedy(String program, String saying) {
        assertThat(refused(jar, program)).contains(saying.replace("JAR", jar.toString()));
    }

    @Test void wrongJarsAreRefused() throws IOException {
        Path missing = folder.resolve("missing.jar");
        assertThat(refused(missing, "com.acme.Degrees")).isEqualTo("superstep: --jar " + missing + ": there is no such file");
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar at all");
        assertThat(refused(text, "com.acme.Degrees")).startsWith("superstep: --jar " + text + ": is no jar that can be read (");
        assertThat(refused(folder, "com.acme.Degrees")).startsWith("superstep: --jar " + folder + ": is a folder; name a jar");
        assertThat(refused(Session.of("programs", "--jar", missing.toString()))).contains("there is no such file");
        assertThat(refused(Session.of("run", "com.acme.Degrees", "--input", graph, "--jar"))).contains("--jar needs a value: --jar FILE");
        assertThat(refused(session("run --jar JAR"))).contains("run which program? superstep run --jar " + jar + " PROGRAM",
            "superstep programs --jar " + jar + " lists them");
        assertThat(refused(session("programs --jar JAR com.acme.Degrees"))).contains("was com.acme.Degrees");
        assertThat(refused(Session.of("run", "com.acme.Degrees", "--input", graph))).contains("in a jar: --jar FILE com.acme.Degrees");
        Path copy = Files.copy(jar, Files.createDirectory(folder.resolve("box")).resolve("acme.jar"));
        Path library = Files.writeString(Files.createDirectory(folder.resolve("box/lib")).resolve("broken.jar"), "no jar at all");
        assertThat(refused(copy, "com.acme.Degrees")).contains(library + ": is no jar");
    }

    @Test void anUnknownOptionIsRefusedWithTheCallThatHelps() {
        assertThat(refused(session("run --jar JAR com.acme.Degrees --input GRAPH --lable x"))).contains("has no option --lable",
            "(superstep run --jar " + jar + " com.acme.Degrees --help lists them)");
        assertThat(refused(session("run --jar JAR com.acme.Degrees --input GRAPH --damping 1"))).contains("which is one of pagerank");
    }

    @Test void aClassOfANewerJavaIsRefused() throws IOException {
        byte[] type = new JarBuilder(folder).source("com.acme.Future", program("com.acme", "public final class Future", "", ""))
            .compiled("com.acme.Future");
        type[7] = (byte) 143;
        Path newer = new JarBuilder(folder).entry("com/acme/Future.class", type).write(folder.resolve("newer.jar"));
        int running = Runtime.version().feature();
        String saying = "com.acme.Future in " + newer + " was compiled for Java 99, and this is Java " + running + "; compile it with"
            + " --release " + running + ", or set JAVA_HOME to a newer Java";
        assertThat(refused(newer, "com.acme.Future")).isEqualTo("superstep: " + saying);
        var listing = Session.of("programs", "--jar", newer.toString());
        assertThat(listing.status()).isZero();
        assertThat(listing.err()).isEqualTo("superstep: " + saying + "\n");
    }

    @Test void aDamagedClassIsRefused() throws IOException {
        Path damaged = new JarBuilder(folder).entry("com/acme/Damaged.class", "cafe").write(folder.resolve("damaged.jar"));
        assertThat(refused(damaged, "com.acme.Damaged")).contains("com.acme.Damaged in " + damaged + " cannot be loaded: ");
    }

    @Test void aListedClassThatIsNotThereIsTold() throws IOException {
        Path hollow = new JarBuilder(folder).entry("META-INF/services/org.superstep.graph.Program", "com.acme.Gone\n")
            .write(folder.resolve("hollow.jar"));
        assertThat(refused(hollow, "gone")).contains("class com.acme.Gone is not in " + hollow
            + ", though listed in META-INF/services/org.superstep.graph.Program");
    }

    private JarBuilder library(int version) {
        return new JarBuilder(folder).source(FOREIGN, "package it.unimi.dsi.fastutil.longs;\n\npublic class LongArrayList {\n"
            + "    public static int version() {\n        return " + version + ";\n    }\n}\n");
    }

    /** A program whose values tell which library of a name that Superstep has as well it was given. */
    private JarBuilder user(Path library) {
        return new JarBuilder(folder).against(library).source("com.acme.User", program("com.acme", "public class User", "",
            "v.set(value, " + FOREIGN + ".version());"));
    }

    @Test void librariesAreFoundBesideInsideAndWhereTheManifestSays() throws IOException {
        Path library = library(7).write(folder.resolve("made/library-7.jar"));
        Path beside = user(library).write(folder.resolve("beside/user.jar"));
        library(8).write(folder.resolve("beside/lib/a-library-8.jar"));
        Files.copy(library, folder.resolve("beside/lib/library-7.jar"));
        assertThat(values(beside, "User")).as("the first by name").containsExactly(8, 8, 8);
        Path inside = user(library).entry("lib/library-9.jar", library(9).bytes()).write(folder.resolve("inside/user.jar"));
        assertThat(values(inside, "User", "--threads", "2", "--workers-in-process", "2")).containsExactly(9, 9, 9);
        Path manifest = user(library).entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: ../made/library-7.jar\n")
            .write(folder.resolve("manifest/user.jar"));
        assertThat(values(manifest, "User")).containsExactly(7, 7, 7);
        Path other = user(library).write(folder.resolve("other/user.jar"));
        assertThat(values(Session.of("run", "User", "--jar", other.toString(), "--jar", library.toString(), "--input", graph, "--output",
            "-", "--quiet"))).containsExactly(7, 7, 7);
    }

    @Test void librariesFromInsideAreNotLeftBehind() throws IOException, InterruptedException {
        Path library = library(9).write(folder.resolve("made/library.jar"));
        Path inside = user(library).entry("lib/library.jar", library(9).bytes()).write(folder.resolve("inside.jar"));
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        Path said = folder.resolve("said");
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.io.tmpdir=" + scratch,
            "-cp", System.getProperty("java.class.path"), Main.class.getName(), "run", "--jar", inside.toString(), "User", "--input", graph,
            "--quiet", "--output", "-").redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        assertThat(said).hasContent("id\tvalue\n1\t9\n2\t9\n3\t9\n");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test void aMissingLibraryIsNamed() throws IOException {
        Path library = library(7).write(folder.resolve("made/library.jar"));
        Path base = new JarBuilder(folder).source("com.acme.Base", program("com.acme", "public class Base", "", ""))
            .source("com.acme.Derived", "package com.acme;\n\npublic class Derived extends Base {\n}\n").without("com.acme.Base")
            .write(folder.resolve("base.jar"));
        assertThat(refused(base, "com.acme.Derived")).contains("com.acme.Derived in " + base + " needs class com.acme.Base, which is"
            + " missing; put the jar that has it into the folder lib beside");
        // Found out only when it computes: our own fastutil does not stand in.
        var session = Session.of("run", "--jar", user(library).write(folder.resolve("user.jar")).toString(), "User", "--input", graph);
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.err()).contains("NoClassDefFoundError: it/unimi/dsi/fastutil/longs/LongArrayList");
    }

    @Test void aProgramThatFailsIsToldWithItsStateMessagesAndStack() throws IOException {
        var failing = new JarBuilder(workshop).source("com.acme.Failing", program("com.acme", "public final class Failing", "", """
            v.set(value, v.superstep() + 5);
                    v.broadcast(v.id());
                    v.set(value, 6 / (2 - v.superstep() * v.id()));
            """)).write(folder.resolve("failing.jar")).toString();
        var session = Session.of("run", "--jar", failing, "Failing", "--input", graph, "--quiet");
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.faults()).hasSize(5)
            .startsWith("superstep: failing failed at vertex 2 in superstep 1: java.lang.ArithmeticException: / by zero",
                "    state     value = 6", "    messages  1, combined", "    java.lang.ArithmeticException: / by zero");
        assertThat(session.faults().get(4)).startsWith("        at ").contains("com.acme.Failing.compute(Failing.java:");
        assertThat(Session.of("run", "--jar", failing, "Failing", "--input", graph, "--quiet", "--verbose").err())
            .startsWith(session.err()).contains("org.superstep.worker.ProgramException: ", "\tat org.superstep.worker.");
    }

    /** Whatever the engine asks of a program beside computing is the program's to answer for too. */
    @Test void aProgramThatFailsToDescribeItselfIsNamedWithTheLine() throws IOException {
        Path file = new JarBuilder(folder).source("com.acme.Unsure", program("com.acme", "public final class Unsure", """
                @Override public org.superstep.graph.Weights weights() {
                    throw new IllegalStateException("no idea");
                }
            """, "v.halt();")).write(folder.resolve("unsure.jar"));
        for (String last : List.of("", "--help")) {
            var words = new ArrayList<>(List.of("run", "--jar", file.toString(), "Unsure", "--input", graph));
            words.addAll(last.isEmpty() ? List.of() : List.of(last));
            var session = Session.of(words.toArray(String[]::new));
            assertThat(session.status()).isEqualTo(1);
            assertThat(session.err()).contains("failed in com.acme.Unsure.weights (Unsure.java:").contains("no idea");
        }
    }

    @Test void whatIsDeclaredWhileItRunsIsRefused() throws IOException {
        Path file = new JarBuilder(folder).source("com.acme.Late", program("com.acme", "public final class Late", "",
            "v.set(longColumn(\"late\", 1), 2);")).write(folder.resolve("late.jar"));
        var session = Session.of("run", "--jar", file.toString(), "Late", "--input", graph);
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.err()).contains("late failed at vertex").contains("declares something while it runs");
    }

    @Test void ourOwnLibrariesAreNotSeen() throws IOException {
        var statements = new StringBuilder();
        for (String type : List.of("com.fasterxml.jackson.core.JsonFactory", "org.apache.commons.cli.Option",
            "it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap", "org.superstep.algorithms.PageRank", "java.sql.Connection")) {
            statements.append("try { Class.forName(\"").append(type)
                .append("\"); v.set(value, 2 * v.get(value) + 1); }\n")
                .append("catch (ClassNotFoundException e) { v.set(value, 2 * v.get(value)); }\n");
        }
        Path curious = new JarBuilder(folder).source("com.acme.Curious", program("com.acme", "public class Curious", "",
            statements.toString())).write(folder.resolve("curious.jar"));
        assertThat(values(curious, "Curious")).as("of ours those two, Superstep's own and the JDK's").containsExactly(3, 3, 3);
    }

    @Test void aCopyOfSuperstepInTheJarDoesNoHarm() throws IOException {
        String phase = "org/superstep/graph/LongProgram.class";
        byte[] copy;
        try (var in = Program.class.getClassLoader().getResourceAsStream(phase)) {
            copy = in.readAllBytes();
        }
        Path fat = new JarBuilder(folder).entry(phase, copy).source("com.acme.Fat", program("com.acme", "public class Fat", "",
            "v.set(value, 4);")).source("org.superstep.extras.Extra", program("org.superstep.extras", "public class Extra", "",
            "v.set(value, 6);")).write(folder.resolve("fat.jar"));
        assertThat(values(fat, "Fat")).containsExactly(4, 4, 4);
        assertThat(values(fat, "org.superstep.extras.Extra")).containsExactly(6, 6, 6);
        assertThat(Session.of("programs", "--jar", fat.toString()))
            .isEqualTo(new Session(0, "com.acme.Fat\norg.superstep.extras.Extra\n", ""));
    }

    @Test void servicesOfTheJarAreFoundByItsLibraries() throws IOException {
        Path jar = new JarBuilder(folder).source("com.acme.Loading", program("com.acme", "public class Loading", "",
            "for (Runnable r : java.util.ServiceLoader.load(Runnable.class)) { v.set(value, v.get(value) + 1); }"))
            .source("com.acme.Service", "package com.acme;\n\npublic class Service implements Runnable {\n    public void run() { }\n}\n")
            .entry("META-INF/services/java.lang.Runnable", "com.acme.Service\n").write(folder.resolve("loading.jar"));
        var before = Thread.currentThread().getContextClassLoader();
        assertThat(values(jar, "Loading", "--threads", "2", "--partitions", "3", "--workers-in-process", "2")).containsExactly(1, 1, 1);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    private static Path makeParameters() throws IOException {
        return new JarBuilder(workshop).source("com.acme.Everything", """
            package com.acme;

            import org.superstep.graph.*;

            public final class Everything extends LongProgram {
                private final DoubleParameter share = doubleParameter("share", "how much").between(0, 1);
                private final LongParameter age = longParameter("age", 7, "how old");
                private final BooleanParameter strict = booleanParameter("strict", true, "whether it is meant");
                private final TextParameter label = textParameter("label", "", "what it is called");
                private final EnumParameter<Mode> mode = enumParameter("mode", Mode.MOST_EXACT, "how to count");
                private final DoublesParameter factors = doublesParameter("factors", new double[] {0.5, 1}, "how much each counts");
                private final LongsParameter hops = longsParameter("hops", new long[0], "how far each goes");
                private final VertexParameter target = vertexParameter("target", "where it ends");
                private final VerticesParameter sources = verticesParameter("sources", "where it starts");
                private final FileParameter seeds = fileParameter("seeds", "what it starts with");
                private final LongColumn value = longColumn("value", 0);

                public enum Mode { FAST, MOST_EXACT }

                @Override public LongCombiner combiner() {
                    return LongCombiner.SUM;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    v.set(value, (sources.contains(v.id()) ? 100 : 0) + (strict.get() ? 0 : 10) + hops.size() + mode.get().ordinal());
                    v.halt();
                }
            }
            """).write(workshop.resolve("parameters.jar"));
    }

    @Test void parametersOfEveryKindAreOptions() throws IOException {
        Path ids = Files.writeString(folder.resolve("ids.txt"), "# ours\n3\n1\n");
        Path report = folder.resolve("report.json");
        assertThat(values(parameters, "Everything", "--share", "0.5", "--strict", "false", "--label=-x y", "--mode", "fast", "--factors",
            "-1,2.5", "--hops", "-1,2", "--target", "2", "--sources", "@" + ids, "--seeds", graph, "--report", report.toString()))
            .containsExactly(112, 12, 112);
        assertThat(Files.readString(report).replaceAll("\\s", "")).contains(("\"parameters\":{\"share\":0.5,\"age\":7,\"strict\":false,"
            + "\"label\":\"-xy\",\"mode\":\"fast\",\"factors\":[-1.0,2.5],\"hops\":[-1,2],\"target\":2,\"sources\":[1,3],\"seeds\":\""
            + graph + "\"}"));
        assertThat(values(parameters, "Everything", "--share", "1", "--target", "2", "--sources", "2,2", "--seeds", graph))
            .containsExactly(1, 101, 1);
    }

    @Test void helpTellsThem() {
        var session = Session.of("run", "--jar", parameters.toString(), "com.acme.Everything", "--help");
        assertThat(session.status()).isZero();
        assertThat(session.out()).startsWith("superstep run --jar " + parameters + " com.acme.Everything\n")
            .contains("--share NUMBER --target VERTEX --sources VERTEX,...|@FILE --seeds FILE [options]")
            .containsIgnoringWhitespaces("--share NUMBER how much; a number from 0.0 to 1.0 (needed)")
            .containsIgnoringWhitespaces("--strict true|false whether it is meant; true or false (true)")
            .containsIgnoringWhitespaces("--label TEXT what it is called; any text (none)")
            .containsIgnoringWhitespaces("--mode WORD how to count; one of fast, most-exact (most-exact)")
            .containsIgnoringWhitespaces("--factors NUMBER,... how much each counts; numbers, parted by commas (0.5,1.0)")
            .containsIgnoringWhitespaces("--hops INTEGER,... how far each goes; integers, parted by commas (none)")
            .containsIgnoringWhitespaces("--sources VERTEX,...|@FILE where it starts; ids of vertices, parted by commas, or @FILE with one"
                + " a line (needed)")
            .containsIgnoringWhitespaces("--seeds FILE what it starts with; a file that can be read (needed)")
            .containsIgnoringWhitespaces("--jar FILE", "--input PATH...", "Output columns: id, value.");
    }

    @ParameterizedTest @CsvSource(delimiter = '|', value = {
        "--mode most_exat | --mode must be one of fast, most-exact, was \"most_exat\"; did you mean most-exact?",
        "--mode sloppy | --mode must be one of fast, most-exact, was \"sloppy\"",
        "--strict perhaps | --strict must be true or false, was \"perhaps\"",
        "--factors 1,two | --factors must be numbers, parted by commas, was \"1,two\"",
        "--hops 1.5 | --hops must be integers, parted by commas, was \"1.5\"",
        "--sources 1,17 | sources 17 is no vertex of the graph, which has 3 vertices; name one that occurs in the input",
        "--sources 1,17,5,18 | sources 5 and 2 more are no vertices of the graph, which has 3 vertices; name such as occur in the input",
        "--sources @nowhere | --sources must be ids of vertices, parted by commas, or @FILE with one a line, was @nowhere, which cannot be",
        "--seeds nowhere | --seeds must be a file that can be read, was nowhere, which is not there"})
    void wrongValuesAreRefused(String words, String saying) {
        var command = new ArrayList<>(List.of("run", "--jar", parameters.toString(), "Everything", "--input", graph, "--share", "1",
            "--target", "1"));
        for (String option : List.of("--sources 1", "--seeds " + graph)) {
            if (!words.startsWith(option.substring(0, option.indexOf(' ')))) {
                command.addAll(List.of(option.split(" ")));
            }
        }
        command.addAll(List.of(words.split(" ")));
        assertThat(refused(Session.of(command.toArray(String[]::new)))).contains(saying);
    }
}
