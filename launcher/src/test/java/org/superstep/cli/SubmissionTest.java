package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.JobObserver;
import org.superstep.graph.io.InputException;
import org.superstep.net.JobSpec;

/** What a user has said here means the same on the processes of a cluster. */
final class SubmissionTest {
    @TempDir Path folder;
    private Path graph;
    private String relative;

    @BeforeEach void writeAGraph() throws IOException {
        graph = Files.writeString(folder.resolve("my graph.tsv"), "1\t2\n2\t3\n");
        relative = Path.of("").toAbsolutePath().relativize(graph).toString();
    }

    private Submission submission(Optional<Path> instead, String... words) throws IOException {
        var said = ProgramWords.of(List.of(words), RunOptions.SUBMIT.ofAnyProgram());
        var program = Programs.named(said.program().orElseThrow());
        var arguments = RunOptions.SUBMIT.parse(program, said);
        var request = RunRequest.of(program, said.call(), arguments, Thread.currentThread().getContextClassLoader());
        return Submission.of(program, said.program().get(), Optional.empty(), arguments, request, instead, 3, 6);
    }

    @Test void everyPathIsSentFromTheRootAndWhatIsTheCommandsOwnStaysHere() throws IOException {
        Path ids = Files.writeString(folder.resolve("ids.tsv"), "9\n");
        var sent = submission(Optional.empty(), "--master", "localhost:1", "pagerank", "--input", relative, graph.toUri().toString(),
            "--vertices", ids.toString(), "--output", folder + "/./ranks.csv", "--report", folder.resolve("report").toString(), "--quiet",
            "--iterations", "7", "--top", "3", "--threads", "6", "--workers", "3", "--undirected", "--detach").spec();
        assertThat(sent.words()).containsExactly("pagerank", "--input=" + graph, "--input=" + graph, "--vertices=" + ids,
            "--iterations=7", "--top=3", "--undirected",
            "--output=" + folder.resolve("ranks.csv"));
        assertThat(sent.outputs()).containsExactly(folder.resolve("ranks.csv").toString());
        assertThat(sent.workers()).isEqualTo(3);
        assertThat(sent.threads()).isEqualTo(6);
        assertThat(sent.jars()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files).as("nothing is left of trying the outputs").containsExactlyInAnyOrder(graph, ids);
        }
    }

    @Test void whatIsSentMakesTheSameJob() throws IOException {
        var sent = submission(Optional.empty(), "sssp", "--source=-5", "--input", relative, "--separator=,", "--max-supersteps", "9",
            "--seed=-3", "--delivery", "push", "--trace-vertex", "-5,2", "--output", folder.resolve("rows.jsonl").toString());
        try (var made = new CommandLineJobs().make(sent.spec(), sent.jars(), 3, 6, JobObserver.SILENT)) {
            var options = made.job().options();
            assertThat(made.job().program().name()).isEqualTo("sssp");
            assertThat(made.job().program().declarations().parameters().get(0).text()).contains("-5");
            assertThat(options.workers()).isEqualTo(3);
            assertThat(options.threads()).isEqualTo(6);
            assertThat(options.seed()).isEqualTo(-3);
            assertThat(options.maxSupersteps()).isEqualTo(9);
            assertThat(options.output()).contains(folder.resolve("rows.jsonl"));
            assertThat(options.format().orElseThrow().title()).isEqualTo("jsonl");
            assertThat(options.trace().orElseThrow().vertices()).containsExactly(-5L, 2L);
        }
        assertThat(folder.resolve("rows.jsonl")).as("nothing is created to make a job").doesNotExist();
    }

    @Test void aStreamIsForNoCluster() {
        for (String stream : List.of("-", "/dev/null")) {
            assertThatThrownBy(() -> submission(Optional.empty(), "wcc", "--input", relative, "--output", stream))
                .isInstanceOf(UsageException.class).hasMessageStartingWith("--output " + stream + ": is ")
                .hasMessageContaining("a cluster cannot write; name a file");
        }
    }

    @Test void aStreamMayHaveAFileInItsPlace() throws IOException {
        var sent = submission(Optional.of(folder), "wcc", "--input", relative, "--output", "-", "--output-format", "csv");
        assertThat(sent.streams()).singleElement().satisfies(stream -> {
            assertThat(stream.to().kind()).isEqualTo(Destination.Kind.STANDARD_OUTPUT);
            assertThat(stream.file().getParent()).isEqualTo(folder);
            assertThat(sent.spec().words()).contains("--output=" + stream.file());
        });
    }

    @Test void aFileThatOnlyTheSubmitterSeesIsExplained() throws IOException {
        var sent = submission(Optional.empty(), "wcc", "--input", relative);
        Files.delete(graph);
        assertThatThrownBy(() -> new CommandLineJobs().make(sent.spec(), List.of(), 1, 1, JobObserver.SILENT))
            .isInstanceOf(InputException.class).hasMessage("cannot read " + graph + ", which the submitter sees: put it where all machines"
                + " see it under the same path, such as a shared (NFS) folder");
    }

    @Test void aFileThatNotEvenTheSubmitterSeesIsASlip() {
        assertThatThrownBy(() -> submission(Optional.empty(), "wcc", "--input", "nowhere.tsv")).isInstanceOf(UsageException.class)
            .hasMessage("nowhere.tsv: no such file; check the path");
    }

    @Test void aUsersProgramTravelsWithAllThatItsJarNeeds() throws IOException {
        Path beside = library("Beside").write(folder.resolve("box/lib/beside.jar"));
        Path named = library("Named").write(folder.resolve("named.jar"));
        Path inside = library("Inside").write(folder.resolve("inside.jar"));
        Path jar = new JarBuilder(folder).against(beside).against(named).against(inside)
            .source("com.acme.Sums", """
                package com.acme;

                import org.superstep.graph.*;

                public final class Sums extends LongProgram {
                    private final LongColumn value = longColumn("value", Beside.VALUE.length() + Named.VALUE.length()
                        + Inside.VALUE.length());

                    @Override public LongCombiner combiner() {
                        return LongCombiner.SUM;
                    }

                    @Override public void compute(LongVertex v, LongMessages in) {
                        v.halt();
                    }
                }
                """)
            .entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nClass-Path: ../named.jar missing.jar\n")
            .entry("lib/inside.jar", Files.readAllBytes(inside)).write(folder.resolve("box/mine.jar"));
        Submission sent;
        try (var jars = new ProgramJars(List.of(jar.toString()))) {
            var program = jars.named("Sums");
            var said = ProgramWords.of(List.of("Sums", "--jar", jar.toString(), "--input", relative), RunOptions.SUBMIT.ofAnyProgram());
            var arguments = RunOptions.SUBMIT.parse(program, said);
            var request = RunRequest.of(program, said.call(), arguments, Thread.currentThread().getContextClassLoader());
            sent = Submission.of(program, "Sums", Optional.of(jars), arguments, request, Optional.empty(), 0, 0);
        }
        assertThat(sent.spec().program()).isEqualTo("Sums");
        assertThat(sent.spec().words()).startsWith("com.acme.Sums");
        assertThat(sent.spec().jars()).extracting(JobSpec.Jar::name).containsExactly("mine.jar", "named.jar", "beside.jar");
        var elsewhere = new ArrayList<Path>();
        for (int i = 0; i < sent.jars().size(); i++) {
            assertThat(sent.spec().jars().get(i).bytes()).isEqualTo(Files.size(sent.jars().get(i)));
            Path stored = folder.resolve("elsewhere/" + sent.spec().jars().get(i).sha256() + ".jar");
            Files.createDirectories(stored.getParent());
            elsewhere.add(Files.move(sent.jars().get(i), stored));
        }
        try (var made = new CommandLineJobs().make(sent.spec(), elsewhere, 1, 1, JobObserver.SILENT)) {
            assertThat(made.job().program().getClass().getName()).isEqualTo("com.acme.Sums");
        }
    }

    private JarBuilder library(String name) {
        return new JarBuilder(folder).source("com.acme." + name, "package com.acme;\n\npublic final class " + name + " {\n"
            + "    public static final String VALUE = String.valueOf(\"" + name + "\");\n}\n");
    }

    @Test void whatNoProcessCouldHaveSentIsRefusedInALine() {
        for (var words : List.of(List.of("nothing"), List.of("wcc", "--input=" + graph, "--no-such"), List.of("wcc", "--top=3"))) {
            var spec = new JobSpec("x", words, List.of(), List.of(), 0, 0);
            assertThatThrownBy(() -> new CommandLineJobs().make(spec, new ArrayList<>(), 1, 1, JobObserver.SILENT))
                .isInstanceOf(InputException.class).hasMessageNotContaining("\n");
        }
    }
}
