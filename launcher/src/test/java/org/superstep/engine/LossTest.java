package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Checkpoints;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.datasets.TextRows;
import org.superstep.engine.programs.SemiClustering;
import org.superstep.engine.programs.StrongComponents;
import org.superstep.graph.Program;

/** Workers are lost at every moment, and what a job writes is the same to the bit. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LossTest {
    private static final int WORKERS = 3;
    private static final int EVERY = 2;

    @TempDir
    private Path folder;

    /** A program, and what it runs on. */
    private record Case(Supplier<Program> program, Sample sample) {
        @Override public String toString() {
            return program.get().name();
        }
    }

    /** What a job has to say. */
    private record Outcome(byte[] rows, Answer answer, JobReport.Recovery recovery, List<String> notices) {
    }

    static Stream<Case> cases() {
        return Stream.of(new Case(() -> new PageRank(0.85, 7), RandomGraphs.any(5)),
            new Case(LossTest::shortestPaths, RandomGraphs.any(6).withoutNegativeWeights()),
            new Case(ChangePrograms.VerticesComeAndGoOverBoth::new, RandomGraphs.any(7)),
            new Case(() -> new SemiClustering(4, 3, 4, 0.25), RandomGraphs.any(8).withoutNegativeWeights()),
            new Case(StrongComponents::new, RandomGraphs.any(9)));
    }

    private static Program shortestPaths() {
        var program = new ShortestPaths();
        program.declarations().parameters().get(0).parse(Long.toString(RandomGraphs.any(6).vertices()[0]));
        return program;
    }

    private Outcome run(Case what, int workers, JobOptions options) throws IOException {
        Path output = folder.resolve("rows");
        var notices = new ArrayList<String>();
        var program = what.program.get();
        Result result = Superstep.run(program, what.sample.graph(), options.withWorkers(workers).withThreads(workers).withPartitions(5)
            .withOutput(output, TextRows.TSV).withObserver(new JobObserver() {
                @Override public void notice(String line) {
                    notices.add(line);
                }
            }));
        byte[] rows = Files.readAllBytes(output);
        Files.delete(output);
        return new Outcome(rows, Answer.of(program, result), result.report().recovery(), notices);
    }

    /** With these faults; neither parts nor checkpoints stay behind. */
    private Outcome run(Case what, List<String> faults) throws IOException {
        var options = JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(folder.resolve("saved")).every(EVERY));
        for (String fault : faults) {
            options = options.withInjection(Injection.parse(fault));
        }
        Outcome outcome = run(what, WORKERS, options);
        assertThat(folder).as("%s", faults).isEmptyDirectory();
        return outcome;
    }

    private static void assertSame(Outcome expected, Outcome found, Object how) {
        assertThat(new String(found.rows, StandardCharsets.UTF_8)).as("%s", how)
            .isEqualTo(new String(expected.rows, StandardCharsets.UTF_8));
        assertThat(expected.answer.difference(found.answer)).as("%s", how).isEqualTo(Optional.empty());
    }

    /** Every moment of every superstep, in words; whether a checkpoint is taken then depends on how fast the disk was before. */
    private static List<String> moments(int supersteps) {
        var moments = new ArrayList<>(List.of("load", "write"));
        for (int superstep = 0; superstep < supersteps; superstep++) {
            for (String moment : List.of("compute", "exchange", "barrier", "checkpoint")) {
                if (!moment.equals("checkpoint") || superstep % EVERY == 0) {
                    moments.add("superstep " + superstep + " " + moment);
                }
            }
        }
        return moments;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWorkerIsLostAtAnyMoment(Case what) throws IOException {
        Outcome expected = run(what, WORKERS, JobOptions.DEFAULT);
        for (String moment : moments(expected.answer.figures().size())) {
            for (int worker = 1; worker <= WORKERS; worker++) {
                String fault = "kill worker " + worker + " at " + moment;
                Outcome found = run(what, List.of(fault));
                assertSame(expected, found, fault);
                if (!moment.endsWith("checkpoint") || moment.equals("superstep 0 checkpoint")) {
                    assertThat(found.recovery.restarts()).as(fault).isEqualTo(1);
                    assertThat(found.notices).as(fault).anySatisfy(line -> assertThat(line).matches("worker " + fault.charAt(12)
                        + " of 3 was lost: an injected fault has killed it; (going back to the checkpoint before superstep [0-9]+"
                        + "|beginning anew from the input)"));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void twoWorkersAreLostTogetherOrOneAfterTheOther(Case what) throws IOException {
        Outcome expected = run(what, WORKERS, JobOptions.DEFAULT);
        List<String> moments = moments(expected.answer.figures().size());
        for (int i = 0; i < moments.size(); i++) {
            String first = "kill worker " + (1 + i % WORKERS) + " at " + moments.get(i);
            String second = switch (i % 4) {
                case 0 -> "kill worker " + (1 + (i + 1) % WORKERS) + " at " + moments.get(i);
                case 1 -> "kill worker " + (1 + i % 2) + " at recover";
                case 2 -> "disconnect worker " + (1 + i % 2) + " at " + moments.get(i) + " in attempt 2";
                default -> "kill worker " + (1 + i % 2) + " at " + moments.get((i + 5) % moments.size()) + " in attempt 2";
            };
            Outcome found = run(what, List.of(first, second));
            assertSame(expected, found, first + ", " + second);
        }
    }

    /** The checkpoint folder of a job that was saved before every superstep, as far as the disk could keep up. */
    private Outcome saved(Case what, Path saved) throws IOException {
        // A superstep that takes its time lets the checkpoint before it be there in time for the next one.
        var options = JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(saved).every(1).keeping(100));
        for (int superstep = 0; superstep < 40; superstep++) {
            options = options.withInjection(Injection.parse("slow worker 1 at superstep " + superstep + " compute for 12ms"));
        }
        return run(what, WORKERS, options);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfWorkersGoOnFromEveryCheckpoint(Case what) throws IOException {
        Path saved = folder.resolve("saved");
        Outcome expected = saved(what, saved);
        assertThat(expected.recovery.checkpoints()).as("checkpoints").isPositive();
        var checkpoints = new CheckpointFolder(saved);
        List<String> manifests = checkpoints.manifests();
        for (int i = 0; i < manifests.size(); i++) {
            int from = checkpoints.read(manifests.get(i)).superstep();
            for (int workers : new int[] {1, 2, 4}) {
                String how = "from superstep " + from + " by " + workers;
                Outcome found = run(what, workers, JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(saved).every(1000).keeping(100)));
                assertThat(new String(found.rows, StandardCharsets.UTF_8)).as(how)
                    .isEqualTo(new String(expected.rows, StandardCharsets.UTF_8));
                assertThat(found.answer.figures()).as(how)
                    .isEqualTo(expected.answer.figures().subList(from, expected.answer.figures().size()));
                assertThat(found.answer.dropped()).as(how).isEqualTo(expected.answer.dropped());
                assertThat(found.answer.records()).as(how).isEqualTo(expected.answer.records());
                assertThat(found.recovery.resumedFrom()).as(how).hasValue(from);
                assertThat(found.notices).as(how).containsExactly("going on from the checkpoint before superstep " + from + " in " + saved);
            }
            Files.delete(saved.resolve(manifests.get(i)));
        }
        checkpoints.delete(checkpoints.lead());
    }
}
