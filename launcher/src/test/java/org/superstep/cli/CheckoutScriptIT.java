package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the repository's root, in a small repository with a Maven that only pretends to build. */
final class CheckoutScriptIT {
    @TempDir Path folder;
    private Path root;
    private Path builds;

    @BeforeEach void makeARepository() throws IOException {
        root = folder.resolve("my checkout");
        builds = folder.resolve("builds");
        file("pom.xml", "");
        file("graph-api/pom.xml", "");
        file("graph-api/src/main/java/Vertex.java", "");
        file("graph-api/src/test/java/VertexTest.java", "");
        file("datasets/graphs/karate.tsv", "");
        file("launcher/src/main/distribution/bin/superstep", """
            fail() { echo "superstep: $1" >&2; exit 1; }
            find_java() { :; }
            start_superstep() { shift; echo "started with" "$@"; }
            """);
        Files.copy(Path.of("../superstep"), root.resolve("superstep"));
        pretendedMaven("touch \"$root/launcher/target/superstep/built\"");
        // As in a checkout, all sources are older than the build.
        try (var files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
            }
        }
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    private void pretendedMaven(String what) throws IOException {
        Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(maven, """
            #!/usr/bin/env bash
            echo "$*" >> '%s'
            root='%s'
            mkdir -p "$root/launcher/target/superstep"
            %s
            """.formatted(builds, root, what));
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    private Script script(String... command) {
        return new Script(folder, command.length == 0 ? new String[] {root.resolve("superstep").toString()} : command)
            .with("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    }

    private int builds() throws IOException {
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    @Test void theFirstStartBuildsAndSaysSo() throws IOException, InterruptedException {
        var session = script().run("run", "a program");
        assertThat(session).isEqualTo(
            new Session(0, "started with run a program\n", "superstep: building Superstep (first start only) ...\n"));
        assertThat(Files.readString(builds)).contains("-pl launcher -am", "package");
    }

    @Test void whatIsBuiltIsNotBuiltAgain() throws IOException, InterruptedException {
        script().run();
        assertThat(script().run()).isEqualTo(new Session(0, "started with\n", ""));
        assertThat(builds()).isEqualTo(1);
    }

    @Test void aNewerSourceIsBuiltAndATestIsNot() throws IOException, InterruptedException {
        script().run();
        var later = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(root.resolve("graph-api/src/test/java/VertexTest.java"), later);
        assertThat(script().run().err()).isEmpty();
        Files.setLastModifiedTime(root.resolve("graph-api/src/main/java/Vertex.java"), later);
        assertThat(script().run().err()).isEqualTo("superstep: building Superstep ...\n");
        assertThat(builds()).isEqualTo(2);
    }

    @Test void aBuildThatFailsShowsItsErrorsAndStartsNothing() throws IOException, InterruptedException {
        pretendedMaven("echo '[INFO] chatter'; echo '[ERROR] Vertex.java: semicolon missing'; exit 1");
        var session = script().run("--version");
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.out()).isEmpty();
        assertThat(session.faults()).containsExactly("superstep: building Superstep (first start only) ...",
            "[ERROR] Vertex.java: semicolon missing", "superstep: the build has failed; all of what Maven said is in "
            + root.resolve("target/build.log"));
        assertThat(root.resolve("target/build.log")).content().contains("chatter");
    }

    @Test void withoutMavenItSaysWhatToInstall() throws IOException, InterruptedException {
        String tools = Script.onlyTools(folder, "bash", "readlink", "find", "mkdir", "flock", "touch");
        var session = script().with("PATH", tools).run("--version");
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: Maven is missing");
        assertThat(session.status()).isEqualTo(1);
    }

    @Test void startsAtTheSameTimeBuildOnce() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/usr/bin/flock")) && Files.exists(Path.of("/usr/bin/mkfifo")));
        Path gate = folder.resolve("gate");
        assertThat(new Script(folder, "mkfifo", gate.toString()).run().status()).isZero();
        pretendedMaven("cat '" + gate + "' > /dev/null; touch \"$root/launcher/target/superstep/built\"");
        var processes = new Process[3];
        for (int i = 0; i < processes.length; i++) {
            Path err = folder.resolve("err" + i);
            processes[i] = script().start(folder.resolve("out" + i), err, "number", Integer.toString(i));
            Script.await(processes[i], err, i == 0 ? "building Superstep" : "waiting for another start");
        }
        Files.writeString(gate, "go");
        for (int i = 0; i < processes.length; i++) {
            assertThat(Script.end(processes[i])).isZero();
            assertThat(folder.resolve("out" + i)).hasContent("started with number " + i + "\n");
        }
        assertThat(builds()).isEqualTo(1);
    }

    @Test void itStartsFromAnyFolderAndThroughLinks() throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectories(folder.resolve("else where"));
        Files.createSymbolicLink(elsewhere.resolve("link"), Path.of("../my checkout/superstep"));
        Files.createSymbolicLink(folder.resolve("bin/linked-superstep"), elsewhere.resolve("link"));
        assertThat(script("bash", "-c", "linked-superstep x").run().out()).isEqualTo("started with x\n");
        assertThat(script(elsewhere.resolve("link").toString()).run("y").out()).isEqualTo("started with y\n");
        assertThat(script("bash", "-c", "cd 'my checkout' && ./superstep z && bash superstep z").run().out())
            .isEqualTo("started with z\nstarted with z\n");
        assertThat(builds()).isEqualTo(1);
    }
}
