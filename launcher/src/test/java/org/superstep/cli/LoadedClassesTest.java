package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run loads nothing that it does not use: classes are what a start is made of. */
final class LoadedClassesTest {
    /** What no plain run has a use for. */
    private static final List<String> UNUSED = List.of("java.util.logging.", "java.net.http.", "java.net.Socket", "java.sql.", "java.rmi.",
        "javax.management.", "java.lang.management.", "java.util.Formatter", "java.util.regex.Matcher", "java.util.Scanner",
        "java.security.Provider", "java.text.", "java.time.", "org.slf4j.", "ch.qos.", "org.apache.hadoop.", "com.google.", "io.netty.",
        "org.superstep.cluster.", "org.superstep.net.socket.",
        "org.superstep.net.wire.", "net.jpountz.", "org.jline.", "org.apache.commons.cli.help.", "org.apache.commons.cli.HelpFormatter",
        "org.apache.commons.cli.TypeHandler");
    /** Doubles become text by these; the rest of Jackson is for {@code --report}. */
    private static final List<String> JACKSON = List.of("com.fasterxml.jackson.core.io.NumberOutput",
        "com.fasterxml.jackson.core.io.schubfach.");

    @TempDir Path folder;

    private Set<String> loadedBy(String... words) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
            "-Xshare:auto", "-Xlog:class+load:file=" + log + ":none", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(Arrays.asList(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile()).start();
        assertThat(process.waitFor()).as(() -> "status of " + command + ", which said " + said()).isZero();
        var classes = new TreeSet<String>();
        for (String line : Files.readAllLines(log)) {
            if (line.contains(" source: ")) {
                classes.add(line.substring(0, line.indexOf(' ')));
            }
        }
        assertThat(classes).contains("java.lang.Object", Main.class.getName());
        return classes;
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> startingWith(Set<String> classes, List<String> prefixes) {
        return classes.stream().filter(name -> prefixes.stream().anyMatch(name::startsWith)).toList();
    }

    @Test void aRunLoadsWhatItUses() throws IOException, InterruptedException {
        var input = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n3\t1\n");
        // Twice, so that what the JDK loads by itself, on this version and this machine, is not held against us.
        var version = loadedBy("--version");
        var run = loadedBy("run", "pagerank", "--input", input.toString(), "--output", folder.resolve("out.tsv").toString());
        assertThat(folder.resolve("out.tsv")).exists();
        run.removeAll(version);
        assertThat(startingWith(run, UNUSED)).isEmpty();
        assertThat(startingWith(run, List.of("com.fasterxml.jackson."))).as("classes of Jackson")
            .allMatch(name -> JACKSON.stream().anyMatch(name::startsWith));
        assertThat(run).hasSizeLessThan(1200);
    }

    @Test void onlySeveralWorkersLoadTheEncodings() throws IOException, InterruptedException {
        var input = Files.writeString(folder.resolve("graph.tsv"), "1\t2\n2\t3\n3\t1\n");
        var run = loadedBy("run", "pagerank", "--input", input.toString(), "--workers-in-process", "2", "--top", "0");
        assertThat(startingWith(run, List.of("org.superstep.net.wire."))).isNotEmpty();
        assertThat(startingWith(run, List.of("com.google.protobuf."))).isNotEmpty();
        assertThat(startingWith(run, List.of("io.netty."))).isEmpty();
    }

    @Test void theVersionIsHadForNearlyNothing() throws IOException, InterruptedException {
        var version = loadedBy("--version");
        assertThat(startingWith(version, UNUSED)).isEmpty();
        assertThat(startingWith(version, List.of("org.superstep.", "com.fasterxml.", "it.unimi.", "org.apache.")))
            .allMatch(name -> name.startsWith("org.superstep.")).hasSizeLessThan(20);
    }
}
