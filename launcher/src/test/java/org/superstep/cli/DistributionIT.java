package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive that users download, unpacked into an empty folder and started as they start it. */
final class DistributionIT {
    @TempDir static Path parent;
    private static Path home;
    /** The same under a name with blanks. The JDK's class-data archives do not work there, but all else does. */
    private static Path blankHome;

    @TempDir Path folder;
    private Path graph;

    @BeforeAll static void unpack() throws IOException, InterruptedException {
        home = unpack(Files.createDirectory(parent.resolve("box")));
        blankHome = unpack(Files.createDirectory(parent.resolve("a box with blanks")));
    }

    private static Path unpack(Path box) throws IOException, InterruptedException {
        Path archive;
        try (var files = Files.newDirectoryStream(Path.of("target"), "superstep-*.tar.gz")) {
            archive = files.iterator().next().toAbsolutePath();
        }
        assertThat(new Script(box, "tar", "xzf", archive.toString()).run().status()).isZero();
        try (var files = Files.newDirectoryStream(box)) {
            return files.iterator().next();
        }
    }

    @BeforeEach void writeAGraph() throws IOException {
        graph = Files.writeString(folder.resolve("my graph.tsv"), "1\t2\n2\t3\n3\t1\n4\t1\n");
    }

    private Script superstep() {
        return new Script(folder, home.resolve("bin/superstep").toString());
    }

    private static List<Path> archives() throws IOException {
        try (var files = Files.list(home.resolve("lib"))) {
            return files.filter(file -> file.toString().contains(".jsa")).toList();
        }
    }

    @Test void theBoxHoldsWhatItSays() {
        assertThat(home.getFileName().toString()).startsWith("superstep-");
        for (String name : List.of("bin/superstep", "lib/jvm.options", "datasets/graphs/karate.tsv",
            "datasets/graphs/les-miserables.tsv")) {
            assertThat(home.resolve(name)).isNotEmptyFile();
        }
        assertThat(home.resolve("bin/superstep")).isExecutable();
        assertThat(home.resolve("lib/hadoop")).isNotEmptyDirectory();
    }

    @Test void itRunsFromAnyFolderAndThroughLinks() throws IOException, InterruptedException {
        Files.createSymbolicLink(folder.resolve("first"), blankHome.resolve("bin/superstep"));
        Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
        var session = new Script(folder, "./second")
            .run("run", "bfs", "--source", "4", "--input", "my graph.tsv", "--output", "my levels");
        assertThat(session.err()).contains("4 vertices, 4 edges");
        assertThat(session.status()).isZero();
        assertThat(session.out()).startsWith("level  vertices\n");
        assertThat(folder.resolve("my levels")).hasContent("id\tlevel\n1\t1\n2\t2\n3\t3\n4\t0\n");
    }

    @Test void jshellNeedsTheJarsAsItsClassPathAndNothingElse() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("session.jsh"), """
            import org.superstep.*
            import org.superstep.algorithms.*
            import org.superstep.graph.*
            var graph = Graph.edges(Path.of("my graph.tsv"))
            System.out.println(Superstep.run(new BreadthFirstSearch(4), graph).top("level", 2))
            public class Greatest extends LongProgram {
                private final LongColumn greatest = longColumn("greatest", 0);
                @Override public LongCombiner combiner() { return LongCombiner.MAX; }
                @Override public void compute(LongVertex v, LongMessages in) {
                    long best = Math.max(v.id(), in.combined());
                    if (v.superstep() == 0 || best > v.get(greatest)) {
                        v.set(greatest, best);
                        v.broadcast(best);
                    }
                    v.halt();
                }
            }
            System.out.println(Superstep.run(new Greatest(), graph).longOf("greatest", 1))
            System.out.println(Superstep.run(new Greatest(), graph.filterVertices(id -> id < 4)).longOf("greatest", 1))
            /exit
            """);
        for (Path box : List.of(home, blankHome)) {
            var session = new Script(folder, Path.of(System.getProperty("java.home"), "bin", "jshell").toString())
                .run("--class-path", box.resolve("lib") + "/*", "session.jsh");
            assertThat(session.out()).isEqualTo("[3 level=3, 2 level=2]\n4\n3\n");
            assertThat(session.status()).isZero();
        }
    }

    @Test void theFirstStartMakesAClassDataArchiveThatLaterStartsUse() throws IOException, InterruptedException {
        for (Path archive : archives()) {
            Files.delete(archive);
        }
        assertThat(superstep().run("--version").status()).isZero();
        assertThat(archives()).singleElement().satisfies(archive -> assertThat(Files.size(archive)).isGreaterThan(1_000_000));
        Path log = folder.resolve("classes");
        var session = superstep().with("SUPERSTEP_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
            .run("run", "pagerank", "--input", graph.toString(), "--output", "ranks", "--quiet");
        assertThat(session.err()).isEmpty();
        assertThat(Files.readString(log)).containsPattern("org\\.superstep\\.cli\\.Main source: shared objects file \\(top\\)")
            .containsPattern("org\\.superstep\\.worker\\.Worker source: shared objects file \\(top\\)");
    }

    @Test void aMasterTwoWorkersAndAUserAreACluster() throws IOException, InterruptedException {
        Path log = folder.resolve("master.log");
        var processes = new ArrayList<Process>();
        try {
            processes.add(superstep().start(folder.resolve("master.out"), log, "master", "--listen", "localhost:0"));
            Script.await(processes.get(0), log, "listens at ");
            String text = Files.readString(log);
            String master = text.substring(text.indexOf("listens at ") + "listens at ".length()).lines().findFirst().orElseThrow();
            for (int i = 1; i <= 2; i++) {
                Path said = folder.resolve("worker.log" + i);
                processes.add(superstep().start(folder.resolve("worker.out" + i), said, "worker", "--master", master, "--threads", "1",
                    "--memory", "100m"));
                Script.await(processes.get(0), log, "worker " + i + " (");
                assertThat(Files.readString(said)).containsPattern("a worker with 1 thread and (9\\d|10\\d)(\\.\\d)? MB of heap");
            }
            var here = superstep().run("run", "pagerank", "--input", "my graph.tsv", "--output", "here");
            var there = superstep().run("submit", "--master", master, "pagerank", "--input", "my graph.tsv", "--output", "there",
                "--workers", "2");
            assertThat(there.status()).as(there.err()).isZero();
            assertThat(there.out()).isEqualTo(here.out());
            assertThat(folder.resolve("there")).hasSameBinaryContentAs(folder.resolve("here"));
            processes.get(0).destroy();
            assertThat(Script.end(processes.get(0))).isEqualTo(143);
            for (Process worker : processes.subList(1, 3)) {
                assertThat(Script.end(worker)).as("workers end with their master").isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    @Test void aWorkerThatCannotStartFailsTheRunWithWhatItSays() throws IOException, InterruptedException {
        var session = superstep().with("SUPERSTEP_HEAP", "24m").run("run", "wcc", "--input", "my graph.tsv", "--workers", "24", "--quiet");
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.faults()).first().asString().matches("superstep: worker [0-9]+ of 24 ended with status 1");
        assertThat(session.err()).contains("Too small maximum heap");
    }

    @Test void aDamagedClassDataArchiveIsHarmlessAndSilent() throws IOException, InterruptedException {
        superstep().run("--version");
        Path archive = archives().stream().filter(file -> !file.toString().contains("-cluster-")).findFirst().orElseThrow();
        byte[] good = Files.readAllBytes(archive);
        try {
            byte[] nonsense = "no archive at all".repeat(1000).getBytes(StandardCharsets.UTF_8);
            byte[] otherVersion = good.clone();
            otherVersion[4] ^= 1;
            for (byte[] bad : List.of(new byte[0], nonsense, otherVersion)) {
                Files.delete(archive);
                Files.write(archive, bad);
                var session = superstep().run("run", "bfs", "--source", "4", "--input", graph.toString(), "--output", "-", "--quiet");
                assertThat(session).isEqualTo(new Session(0, "id\tlevel\n1\t1\n2\t2\n3\t3\n4\t0\n", ""));
            }
        } finally {
            Files.delete(archive);
        }
    }

    @Test void statusAndStreamsAreThoseOfTheCommand() throws IOException, InterruptedException {
        var refused = superstep().run("run", "bfs", "--source", "4", "--input", "nowhere.tsv");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.faults()).singleElement().asString().startsWith("superstep: nowhere.tsv: no such file");
        assertThat(superstep().run().status()).isEqualTo(2);
        assertThat(superstep().run("--version").out()).isEqualTo(Session.of("--version").out());
    }

    @Test void filesMayHaveAnyNameInAnyLocale() throws IOException, InterruptedException {
        // The name is spelled by the shell's printf, because this JVM may have a locale that lacks its letters.
        String command = "name=$(printf '\\303\\234bersicht.tsv'); cp 'my graph.tsv' \"$name\"; '" + home.resolve("bin/superstep")
            + "' run bfs --source 4 --quiet --top 0 --input \"$name\"; status=$?; rm \"$name\"; exit $status";
        for (String locale : List.of("", "C.UTF-8")) {
            var session = new Script(folder, "bash", "-c", command).with("LANG", "").with("LC_CTYPE", "").with("LC_ALL", locale).run();
            assertThat(session).isEqualTo(new Session(0, "", ""));
        }
    }

    @Test void aReaderThatLeavesIsNoFault() throws IOException, InterruptedException {
        assertThat(superstep().run("generate", "rmat", "--scale", "14", "--output", "rmat", "--quiet").status()).isZero();
        var session = new Script(folder, "bash", "-c", "'" + home.resolve("bin/superstep")
            + "' run wcc --input rmat --output - --quiet | head -n 1").run();
        assertThat(session).isEqualTo(new Session(0, "id\tcomponent\n", ""));
    }

    @Test void aHeapTooSmallSaysHowMuchIsNeeded() throws IOException, InterruptedException {
        assertThat(superstep().run("generate", "rmat", "--scale", "16", "--output", "rmat", "--quiet").status()).isZero();
        var session = superstep().with("SUPERSTEP_HEAP", "16m").run("run", "pagerank", "--input", "rmat", "--output", "ranks");
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: ").contains("heap", "SUPERSTEP_HEAP=");
        assertThat(session.status()).isEqualTo(1);
        assertThat(folder.resolve("ranks")).doesNotExist();
        assertThat(parts()).isEmpty();
    }

    @Test void aHeapThatIsNoSizeIsRefused() throws IOException, InterruptedException {
        for (String heap : List.of("lots", "4", "g4", "4gg", "-4g", "4 g")) {
            var session = superstep().with("SUPERSTEP_HEAP", heap).run("--version");
            assertThat(session.faults()).singleElement().asString().startsWith("superstep: SUPERSTEP_HEAP must be ").contains(heap);
            assertThat(session.status()).isEqualTo(1);
        }
    }

    @Test void whereJavaIsMissingOrOldItSaysWhatToInstall() throws IOException, InterruptedException {
        String tools = Script.onlyTools(folder, "bash", "readlink");
        var none = superstep().with("JAVA_HOME", "").with("PATH", tools).run("--version");
        assertThat(none.faults()).singleElement().asString().startsWith("superstep: Java is missing; install 17 or newer");
        assertThat(none.status()).isEqualTo(1);

        var wrong = superstep().with("JAVA_HOME", "/nowhere").run("--version");
        assertThat(wrong.faults()).singleElement().asString().contains("JAVA_HOME is /nowhere");
        assertThat(wrong.status()).isEqualTo(1);

        Path old = Files.createDirectories(folder.resolve("old java/bin")).getParent();
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"11.0.22\"\n");
        Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 3\n").toFile().setExecutable(true);
        var eleven = superstep().with("JAVA_HOME", old.toString()).run("--version");
        assertThat(eleven.faults()).singleElement().asString().contains("Java 17 or newer is needed", "11.0.22");
        assertThat(eleven.status()).isEqualTo(1);
    }

    @Test void aRunOpensNoJarThatItHasNoUseFor() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        Path err = folder.resolve("err.txt");
        var process = superstep().start(folder.resolve("out.txt"), err, "run", "pagerank", "--input", graph.toString(), "--iterations",
            "2000000000", "--verbose");
        try {
            Script.await(process, err, "superstep 100:");
            var opened = new ArrayList<String>();
            try (var files = Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
                for (Path file : files) {
                    opened.add(Files.readSymbolicLink(file).getFileName().toString());
                }
            }
            assertThat(opened).anyMatch(name -> name.startsWith("algorithms-")).noneMatch(name -> name.contains("hadoop"));
        } finally {
            process.destroy();
            Script.end(process);
        }
    }

    @Test void whatTheUserAddsComesLastOnTheClassPath() throws IOException, InterruptedException {
        Path added = Files.createDirectories(home.resolve("lib/ext")).resolve("a file system.jar");
        try (var jar = new JarOutputStream(Files.newOutputStream(added))) {
            jar.putNextEntry(new ZipEntry("empty"));
        }
        try {
            var session = superstep().with("SUPERSTEP_JAVA_OPTIONS", "-XshowSettings:properties").run("--version");
            var jars = session.err().lines().map(String::strip).filter(line -> line.endsWith(".jar")).toList();
            assertThat(jars.get(jars.size() - 1)).isEqualTo(added.toString());
            assertThat(jars.get(jars.size() - 2)).startsWith(home.resolve("lib/hadoop").toString());
        } finally {
            Files.delete(added);
        }
    }

    @Test void aRunThatIsBrokenOffLeavesNoPartFiles() throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Files.writeString(folder.resolve("ranks"), "precious");
        var process = superstep().start(out, err, "run", "pagerank", "--input", graph.toString(), "--iterations", "2000000000", "--verbose",
            "--output", "ranks");
        Script.await(process, err, "superstep 100:");
        assertThat(parts()).singleElement().asString().startsWith("ranks.");
        // Somebody else's file, whatever its name, is nothing to us.
        Files.writeString(folder.resolve("ranks.part"), "half");
        process.destroy();
        assertThat(Script.end(process)).isEqualTo(143);
        assertThat(parts()).containsExactly("ranks.part");
        Files.delete(folder.resolve("ranks.part"));
        assertThat(folder.resolve("ranks")).hasContent("precious");
        assertThat(Files.readString(err)).contains("superstep: interrupted\n");
    }

    private String[] parts() {
        return folder.toFile().list((in, name) -> name.contains(".part"));
    }
}
