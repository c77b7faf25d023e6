package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Checkpoints;
import org.superstep.Graph;
import org.superstep.Injection;
import org.superstep.JobException;
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
        return run(what, workers, options, folder.resolve("rows"));
    }

    private static Outcome run(Case what, int workers, JobOptions options, Path output) throws IOException {
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
        Path own = Files.createTempDirectory(folder, "run");
        var options = JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(own.resolve("saved")).every(EVERY).awaited());
        for (String fault : faults) {
            options = options.withInjection(Injection.parse(fault));
        }
        Outcome outcome = run(what, WORKERS, options, own.resolve("rows"));
        assertThat(own).as("%s", faults).isEmptyDirectory();
        return outcome;
    }

    private static void assertSame(Outcome expected, Outcome found, Object how) {
        assertThat(new String(found.rows, StandardCharsets.UTF_8)).as("%s", how)
            .isEqualTo(new String(expected.rows, StandardCharsets.UTF_8));
        assertThat(expected.answer.difference(found.answer)).as("%s", how).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWorkerIsLostAtAnyMoment(Case what) throws Exception {
        Outcome expected = run(what, WORKERS, JobOptions.DEFAULT);
        int supersteps = expected.answer.figures().size();
        var runs = new ArrayList<Callable<Void>>();
        for (String moment : Losses.moments(supersteps, EVERY)) {
            for (int worker = 1; worker <= WORKERS; worker++) {
                String lost = "worker " + worker + " of 3 was lost: an injected fault has killed it; " + whatNext(moment, supersteps);
                String fault = "kill worker " + worker + " at " + moment;
                runs.add(() -> {
                    Outcome found = run(what, List.of(fault));
                    assertSame(expected, found, fault);
                    assertThat(found.notices).as(fault).containsExactly(lost);
                    assertThat(found.recovery.restarts()).as(fault).isEqualTo(1);
                    return null;
                });
            }
        }
        Losses.together(runs);
    }

    /** A checkpoint is there before the superstep begins before which it was taken. */
    private static String whatNext(String moment, int supersteps) {
        if (moment.equals("load")) {
            return "beginning anew from the input";
        }
        int superstep = moment.equals("write") ? supersteps - 1 : Integer.parseInt(moment.split(" ")[1]);
        int last = superstep / EVERY * EVERY - (moment.endsWith("checkpoint") ? EVERY : 0);
        return last < 0 ? "beginning anew from the input" : "going back to the checkpoint before superstep " + last;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void twoWorkersAreLostTogetherOrOneAfterTheOther(Case what) throws Exception {
        Outcome expected = run(what, WORKERS, JobOptions.DEFAULT);
        List<String> moments = Losses.moments(expected.answer.figures().size(), EVERY);
        var runs = new ArrayList<Callable<Void>>();
        for (int i = 0; i < moments.size(); i++) {
            String first = "kill worker " + (1 + i % WORKERS) + " at " + moments.get(i);
            String second = switch (i % 4) {
                case 0 -> "kill worker " + (1 + (i + 1) % WORKERS) + " at " + moments.get(i);
                case 1 -> "kill worker " + (1 + i % 2) + " at recover";
                case 2 -> "disconnect worker " + (1 + i % 2) + " at " + moments.get(i) + " in attempt 2";
                default -> "kill worker " + (1 + i % 2) + " at " + moments.get((i + 5) % moments.size()) + " in attempt 2";
            };
            runs.add(() -> {
                assertSame(expected, run(what, List.of(first, second)), first + ", " + second);
                return null;
            });
        }
        Losses.together(runs);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfWorkersGoOnFromEveryCheckpoint(Case what) throws IOException {
        Path saved = folder.resolve("saved");
        Outcome expected = run(what, WORKERS, JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(saved).every(1).keeping(100).awaited()));
        assertThat(expected.recovery.checkpoints()).isEqualTo(expected.answer.figures().size());
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

    /** PageRank on a path, with these faults, saved every other superstep. */
    private Outcome faulty(int workers, int restarts, String... faults) throws IOException {
        var options = JobOptions.DEFAULT.withMaxRestarts(restarts)
            .withCheckpoints(Checkpoints.in(folder.resolve("saved")).every(EVERY).awaited());
        for (String fault : faults) {
            options = options.withInjection(Injection.parse(fault));
        }
        return run(pageRank(), workers, options);
    }

    private static Case pageRank() {
        return new Case(() -> new PageRank(0.85, 7), RandomGraphs.any(5));
    }

    @Test
    void theOnlyWorkerIsReplaced() throws IOException {
        Outcome expected = run(pageRank(), 1, JobOptions.DEFAULT);
        Outcome found = faulty(1, 3, "kill worker 1 at superstep 3 compute", "disconnect worker 1 at superstep 5 barrier in attempt 2",
            "pause worker 1 at superstep 6 compute for 20ms in attempt 3");
        assertSame(expected, found, "one after the other");
        assertThat(found.notices).containsExactly(
            "worker 1 of 1 was lost: an injected fault has killed it; going back to the checkpoint before superstep 2",
            "worker 1 of 1 was lost: an injected fault has cut its connections; going back to the checkpoint before superstep 4");
    }

    @Test
    void aJobMayBeginAnewSoManyTimesWithoutGettingToAnotherCheckpoint() throws IOException {
        String[] faults = {"kill worker 1 at superstep 0 checkpoint", "kill worker 2 at load in attempt 2",
            "kill worker 1 at load in attempt 3"};
        assertThatThrownBy(() -> faulty(4, 2, faults)).isInstanceOf(JobException.class).hasMessage("worker 1 of 2 was lost: an injected"
            + " fault has killed it; the job has begun anew 2 times without getting to another checkpoint, and fails: raise --max-restarts,"
            + " or have it saved more often");
        assertThatThrownBy(() -> faulty(2, 0, faults)).hasMessage("worker 1 of 2 was lost: an injected fault has killed it; this job is"
            + " not to go on after that (--recovery none, or --max-restarts 0)");
        assertSame(run(pageRank(), 1, JobOptions.DEFAULT), faulty(4, 3, faults), "three restarts");
    }

    @Test
    void whatIsSavedWrongIsFoundBeforeItIsUsed() throws IOException {
        Outcome found = faulty(2, 3, "corrupt worker 1 at superstep 0 checkpoint", "kill worker 1 at superstep 1 compute");
        assertSame(run(pageRank(), 1, JobOptions.DEFAULT), found, "from the input");
        assertThat(found.notices).hasSize(3)
            .satisfies(lines -> assertThat(lines.get(0)).endsWith("; going back to the checkpoint before superstep 0"))
            .satisfies(lines -> assertThat(lines.get(1)).startsWith("the checkpoint before superstep 0 cannot be used: "))
            .satisfies(lines -> assertThat(lines.get(2)).isEqualTo("no checkpoint is whole: beginning anew from the input"));
    }

    @Test
    void aProgramThatFailsIsNoLoss() {
        var options = JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(folder.resolve("saved")).every(1)).withWorkers(2);
        var graph = Graph.of(LongStream.range(60, 70).toArray(), LongStream.range(61, 71).toArray());
        assertThatThrownBy(() -> Superstep.run(new FaultyProgram(FaultyProgram.Fault.EXCEPTION_IN_COMPUTE), graph, options))
            .isInstanceOf(JobException.class).hasMessageContaining("breaks");
    }

    @Test
    void whoSaysNothingOfSuperstepsHasAJobSavedAsItsCostSays() throws IOException {
        var found = run(pageRank(), 2, JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(folder.resolve("saved"))));
        assertSame(run(pageRank(), 1, JobOptions.DEFAULT), found, "auto");
        assertThat(found.recovery.checkpoints()).isLessThanOrEqualTo(1);
    }
}
