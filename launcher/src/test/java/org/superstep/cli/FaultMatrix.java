package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.JobObserver;
import org.superstep.engine.Losses;
import org.superstep.graph.Program;

/**
 * Worker processes are killed at every moment of every superstep, one or two of three, and what is written is compared, byte for byte, with
 * what one process writes undisturbed. Minutes of starting processes, and so no part of the build: {@code benchmarks/faults.sh} runs it.
 * Clusters live for many jobs, and several at once, since most of the time goes into starting and waiting.
 */
final class FaultMatrix {
    private static final int WORKERS = 3;
    private static final int EVERY = 2;
    private static final int CLUSTERS = number("CLUSTERS", 3);
    /** Only each so manieth case, for a quick look. */
    private static final int STEP = number("STEP", 1);
    private static final String OURS = "org.superstep.engine.programs";
    private static final String THEIRS = "com.acme.programs";

    @TempDir Path folder;
    private String graph;
    private String jar;
    private final AtomicInteger numbers = new AtomicInteger();

    private static int number(String variable, int otherwise) {
        String text = System.getenv(variable);
        return text == null || text.isEmpty() ? otherwise : Integer.parseInt(text);
    }

    /** A program, in the words of a command, as it has a name in the table. */
    private record Kind(String name, List<String> words) {
    }

    /** A run with faults, and what has become of it. */
    private record Case(List<String> faults, int lost, String difference) {
    }

    /** A cluster that takes one job after the other. */
    private final class Lane implements AutoCloseable {
        private final ScratchFolder scratch = new ScratchFolder("superstep-faults");
        private final LocalCluster cluster = new LocalCluster(WORKERS, true, WORKERS, Duration.ofSeconds(10), scratch,
            new Interruption(new Console(System.out, System.err, false)));

        Lane() throws IOException {
            // Both are made above, in this order.
        }

        Case run(Kind kind, List<String> faults, byte[] expected) throws IOException {
            int number = numbers.incrementAndGet();
            Path output = folder.resolve("out-" + number);
            var lost = new AtomicInteger();
            String difference;
            try {
                run(kind, faults, output, number, lost);
                difference = Arrays.equals(Files.readAllBytes(output), expected) ? "" : "other bytes";
                Files.delete(output);
            } catch (RuntimeException e) {
                difference = e.toString();
            }
            return new Case(faults, lost.get(), difference);
        }

        private void run(Kind kind, List<String> faults, Path output, int number, AtomicInteger lost) throws IOException {
            var words = words(kind, output, "--checkpoint-every", Integer.toString(EVERY), "--checkpoint-dir",
                folder.resolve("saved-" + number).toString(), "--max-restarts", "5");
            for (String fault : faults) {
                words.add("--inject=" + fault);
            }
            var said = ProgramWords.of(words, RunOptions.RUN.ofAnyProgram());
            try (var named = said.named("run", "")) {
                Program program = named.make();
                var arguments = RunOptions.RUN.parse(program, said);
                var asked = RunRequest.of(program, "run " + said.call(), arguments, Thread.currentThread().getContextClassLoader());
                var request = asked.of(Submission.identity(program, named.jars(), arguments, asked));
                var submission = Submission.of(program, named.word(), named.jars(), arguments, request, Optional.of(scratch.path()),
                    WORKERS, WORKERS);
                cluster.run(submission, request, new JobObserver() {
                    @Override public void notice(String line) {
                        lost.addAndGet(line.contains("was killed by signal 9") ? 1 : 0);
                    }
                }, text -> { });
            }
        }

        @Override public void close() throws IOException {
            cluster.close();
        }
    }

    @BeforeEach void writeAGraphAndAJar() throws IOException {
        var random = new SplittableRandom(17);
        var edges = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            edges.append(random.nextInt(80)).append('\t').append(random.nextInt(80)).append('\t').append(1 + random.nextInt(9))
                .append('\n');
        }
        graph = Files.writeString(folder.resolve("graph.tsv"), edges).toString();
        var builder = new JarBuilder(Files.createDirectory(folder.resolve("jar")));
        Path sources = Path.of("src/test/java", OURS.replace('.', '/'));
        for (String name : List.of("CoreByDeletion", "SemiCluster", "SemiClustering", "StrongComponents")) {
            // By another name: a class that is on the class path is not taken from a jar.
            builder.source(THEIRS + "." + name, Files.readString(sources.resolve(name + ".java")).replace(OURS, THEIRS));
        }
        jar = builder.write(folder.resolve("programs.jar")).toString();
    }

    private List<Kind> kinds() {
        return List.of(new Kind("pagerank", List.of("pagerank", "--iterations", "7")), new Kind("sssp", List.of("sssp", "--source", "1")),
            new Kind("changes the graph", List.of("--jar", jar, THEIRS + ".CoreByDeletion", "--k", "4", "--undirected")),
            new Kind("object messages", List.of("--jar", jar, THEIRS + ".SemiClustering", "--iterations", "4", "--undirected")),
            new Kind("phases", List.of("--jar", jar, THEIRS + ".StrongComponents")));
    }

    private List<String> words(Kind kind, Path output, String... more) {
        var words = new ArrayList<>(kind.words);
        words.addAll(List.of("--input", graph, "--output", output.toString(), "--partitions", "7", "--quiet"));
        words.addAll(List.of(more));
        return words;
    }

    /** What one process writes, and in how many supersteps. */
    private byte[] undisturbed(Kind kind, AtomicInteger supersteps) throws IOException {
        Path output = folder.resolve("undisturbed");
        Path report = folder.resolve("report");
        var words = words(kind, output, "--top", "0", "--report", report.toString());
        words.add(0, "run");
        var session = Session.of(words.toArray(String[]::new));
        assertThat(session.status()).as(session.err()).isZero();
        supersteps.set((int) Files.readString(report).lines().filter(line -> line.contains("\"phase\"")).count());
        return Files.readAllBytes(output);
    }

    /** One loss at each moment; and two, together or the second while the others recover or at another moment of theirs. */
    private static List<List<String>> faults(int supersteps) {
        List<String> moments = Losses.moments(supersteps, EVERY);
        var faults = new ArrayList<List<String>>();
        for (int i = 0; i < moments.size(); i++) {
            String first = "kill worker " + (1 + i % WORKERS) + " at " + moments.get(i);
            faults.add(List.of(first));
            faults.add(List.of(first, switch (i % 3) {
                case 0 -> "kill worker " + (1 + (i + 1) % WORKERS) + " at " + moments.get(i);
                case 1 -> "kill worker " + (1 + i % 2) + " at recover";
                default -> "kill worker " + (1 + i % 2) + " at " + moments.get((i + 5) % moments.size()) + " in attempt 2";
            }));
        }
        return faults;
    }

    @Test void everyOutputIsTheSameToTheByte() throws Exception {
        var lanes = new ConcurrentLinkedQueue<Lane>();
        var threads = Executors.newFixedThreadPool(CLUSTERS);
        var wrong = new ArrayList<String>();
        int cases = 0;
        int losses = 0;
        try {
            for (int i = 0; i < CLUSTERS; i++) {
                lanes.add(new Lane());
            }
            System.out.println("program             supersteps   cases  losses  differ    time");
            for (Kind kind : kinds()) {
                long start = System.nanoTime();
                var supersteps = new AtomicInteger();
                byte[] expected = undisturbed(kind, supersteps);
                var runs = new ArrayList<Future<Case>>();
                List<List<String>> all = faults(supersteps.get());
                for (int i = 0; i < all.size(); i += STEP) {
                    List<String> faults = all.get(i);
                    runs.add(threads.submit((Callable<Case>) () -> run(lanes, kind, faults, expected)));
                }
                int lost = 0;
                int differing = 0;
                for (Future<Case> run : runs) {
                    Case done = run.get();
                    lost += done.lost;
                    if (!done.difference.isEmpty()) {
                        differing++;
                        wrong.add(kind.name + ", " + done.faults + ": " + done.difference);
                    }
                }
                System.out.printf(Locale.ROOT, "%-20s%10d%8d%8d%8d%7.0f s%n", kind.name, supersteps.get(), runs.size(), lost, differing,
                    (System.nanoTime() - start) / 1e9);
                cases += runs.size();
                losses += lost;
            }
        } finally {
            threads.shutdownNow();
            for (Lane lane : lanes) {
                lane.close();
            }
        }
        System.out.println(cases + " cases, " + losses + " workers lost");
        assertThat(wrong).as("cases that differ").isEmpty();
        assertThat(losses).as("losses").isGreaterThan(cases / 2);
    }

    private static Case run(ConcurrentLinkedQueue<Lane> lanes, Kind kind, List<String> faults, byte[] expected) {
        Lane lane = lanes.remove();
        try {
            return lane.run(kind, faults, expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lanes.add(lane);
        }
    }
}
