package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Checkpoints;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.RecoveryLog;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.Trace;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.datasets.TextRows;
import org.superstep.engine.programs.SemiClustering;
import org.superstep.engine.programs.StrongComponents;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;

/**
 * Workers are lost, and only their partitions compute again; what comes out is the same to the bit. Of all moments some are tried, and all
 * with {@code -Dsuperstep.confined.all=true}.
 */
@Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfinedTest {
    private static final int WORKERS = 3;
    private static final int EVERY = 3;
    /** One of so many moments. */
    private static final int SAMPLE = Boolean.getBoolean("superstep.confined.all") ? 1 : 7;
    /** Their text names arrays by their addresses. */
    private static final Pattern ADDRESSES = Pattern.compile("\\[SemiCluster.*");
    private static final String CHANGED = "with all partitions: the graph has changed in superstep ";

    @TempDir
    private Path folder;

    private record Case(Supplier<Program> program, Sample sample) {
        @Override public String toString() {
            return program.get().name();
        }
    }

    private record Outcome(Answer answer, String rows, List<String> traces, JobReport.Recovery recovery, List<String> notices) {
        boolean isConfined() {
            return notices.stream().anyMatch(line -> line.contains(" computed again"));
        }
    }

    static Stream<Case> cases() {
        return Stream.of(new Case(() -> new PageRank(0.85, 7), RandomGraphs.any(5)),
            new Case(ConfinedTest::shortestPaths, RandomGraphs.any(6).withoutNegativeWeights()),
            new Case(ChangePrograms.VerticesComeAndGoOverBoth::new, RandomGraphs.any(7)),
            new Case(() -> new SemiClustering(4, 3, 4, 0.25), RandomGraphs.any(8).withoutNegativeWeights()),
            new Case(StrongComponents::new, RandomGraphs.any(9)),
            new Case(SleepsAtFirst::new, RandomGraphs.rmat(6, 3, 10)),
            new Case(TestPrograms.LeavingForGood::new, RandomGraphs.any(11)),
            new Case(RecordPrograms.EveryKindOfValue::new, RandomGraphs.any(12)));
    }

    private static Program shortestPaths() {
        var program = new ShortestPaths();
        program.declarations().parameters().get(0).parse(Long.toString(RandomGraphs.any(6).vertices()[0]));
        return program;
    }

    private Outcome run(Case what, int workers, Checkpoints saved, List<String> faults) throws IOException {
        Path rows = Files.createTempFile(folder, "rows", "");
        Files.delete(rows);
        var options = JobOptions.DEFAULT.withCheckpoints(saved.awaited()).withConfinedRecovery(RecoveryLog.DEFAULT)
            .withWorkers(workers).withThreads(workers).withPartitions(7)
            .withOutput(rows, TextRows.TSV);
        for (String fault : faults) {
            options = options.withInjection(Injection.parse(fault));
        }
        var notices = new ArrayList<String>();
        var traces = new ArrayList<String>();
        long[] ids = what.sample.vertices();
        var traced = LongStream.of(ids[0], ids[ids.length / 3], ids[ids.length / 2], ids[ids.length - 1]).distinct().boxed().toList();
        var program = what.program.get();
        Result result = Superstep.run(program, what.sample.graph(), options.withTrace(new Trace(traced, 0, 1000,
            text -> traces.add(ADDRESSES.matcher(text).replaceAll("clusters"))))
            .withObserver(new JobObserver() {
                @Override public void notice(String line) {
                    notices.add(line);
                }
            }));
        return new Outcome(Answer.of(program, result), Files.readString(rows), traces, result.report().recovery(), notices);
    }

    private Outcome run(Case what, int workers, List<String> faults) throws IOException {
        Path own = Files.createTempDirectory(folder, "run");
        Outcome outcome = run(what, workers, Checkpoints.in(own.resolve("saved")).every(EVERY), faults);
        assertThat(own).as("%s", faults).isEmptyDirectory();
        return outcome;
    }

    private static void assertSame(Outcome expected, Outcome found, Object how) {
        assertThat(expected.answer.difference(found.answer)).as("%s: %s", how, found.notices).isEqualTo(Optional.empty());
        assertThat(found.rows).as("%s: %s", how, found.notices).isEqualTo(expected.rows);
        assertThat(found.traces).as("%s: %s", how, found.notices).isEqualTo(expected.traces);
    }

    /** The superstep to which a loss at this moment goes back; -1: to the input. */
    private static int origin(String moment, int supersteps) {
        if (moment.equals("load")) {
            return -1;
        }
        int superstep = moment.equals("write") ? supersteps - 1 : Integer.parseInt(moment.split(" ")[1]);
        return Math.max(-1, superstep / EVERY * EVERY - (moment.endsWith("checkpoint") ? EVERY : 0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWorkerIsLostAtAnyMoment(Case what) throws Exception {
        Outcome expected = run(what, WORKERS, List.of());
        int supersteps = expected.answer.figures().size();
        List<String> moments = Losses.moments(supersteps, EVERY);
        var runs = new ArrayList<Callable<Void>>();
        for (int i = 0; i < WORKERS * moments.size(); i++) {
            String moment = moments.get(i / WORKERS);
            String fault = "kill worker " + (1 + i % WORKERS) + " at " + moment;
            if (Math.floorMod(what.toString().hashCode() + i, SAMPLE) == 0) {
                runs.add(() -> {
                    Outcome found = run(what, WORKERS, List.of(fault));
                    assertSame(expected, found, fault);
                    assertThat(found.recovery.restarts()).as(fault).isEqualTo(1);
                    boolean isHindered = found.notices.stream().anyMatch(line -> line.contains(CHANGED));
                    assertThat(isHindered).as("%s: %s", fault, found.notices)
                        .isEqualTo(origin(moment, supersteps) >= 0 && !found.isConfined());
                    assertThat(what.program.get().changesGraph() || !isHindered).as("%s: %s", fault, found.notices).isTrue();
                    return null;
                });
            }
        }
        Losses.together(runs);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void moreAreLostTogetherOrWhileLostPartitionsComputeAgainOrLater(Case what) throws Exception {
        Outcome expected = run(what, WORKERS + 1, List.of());
        int supersteps = expected.answer.figures().size();
        var faults = new ArrayList<List<String>>();
        for (String moment : Losses.moments(supersteps, EVERY)) {
            String first = "kill worker 2 at " + moment;
            faults.add(List.of(first, "disconnect worker 4 at " + moment));
            faults.add(List.of(first, "kill worker 3 at recover"));
            faults.add(List.of(first, "kill worker 1 at recover", "kill worker 2 at recover in attempt 3"));
            int origin = Math.max(0, origin(moment, supersteps));
            for (int superstep = origin; superstep < Math.min(supersteps, origin + EVERY + 2); superstep++) {
                for (String again : List.of("compute", "exchange", "barrier")) {
                    String second = "kill worker " + (1 + superstep % 3) + " at superstep " + superstep + " " + again + " in attempt 2";
                    faults.add(List.of(first, second));
                    faults.add(List.of(first, second, "kill worker 1 at superstep " + (superstep + faults.size() % 4) + " compute in"
                        + " attempt 3"));
                }
            }
        }
        var runs = new ArrayList<Callable<Void>>();
        for (int i = 0; i < faults.size(); i++) {
            List<String> some = faults.get(i);
            if (Math.floorMod(what.toString().hashCode() + i, 7 * SAMPLE) == 0 || SAMPLE == 1) {
                runs.add(() -> {
                    assertSame(expected, run(what, WORKERS + 1, some), some);
                    return null;
                });
            }
        }
        Losses.together(runs);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsSavedAfterARecoveryCanBeGoneOnFrom(Case what) throws IOException {
        Outcome expected = run(what, WORKERS, List.of());
        Path saved = folder.resolve("saved");
        Outcome found = run(what, WORKERS, Checkpoints.in(saved).every(2).keeping(100), List.of("kill worker 2 at superstep 3 exchange",
            "kill worker 1 at superstep 5 compute in attempt 2"));
        assertSame(expected, found, "two losses");
        var checkpoints = new CheckpointFolder(saved);
        for (String manifest : checkpoints.manifests()) {
            int from = checkpoints.read(manifest).superstep();
            // What a resumed attempt has read, it can let others hear again.
            Outcome resumed = run(what, 2, Checkpoints.in(saved).every(1000).keeping(100),
                List.of("kill worker 2 at superstep " + (from + 1) + " compute"));
            if (resumed.recovery.restarts() > 0 && !what.program.get().changesGraph()) {
                assertThat(resumed.isConfined()).as("from superstep %d: %s", from, resumed.notices).isTrue();
            }
            assertThat(resumed.recovery.resumedFrom()).hasValue(from);
            assertThat(resumed.answer.figures()).as("from superstep " + from)
                .isEqualTo(expected.answer.figures().subList(from, expected.answer.figures().size()));
            var whole = new Answer(resumed.answer.ids(), resumed.answer.columns(), expected.answer.figures(), resumed.answer.dropped(),
                resumed.answer.records());
            assertThat(expected.answer.difference(whole)).as("from superstep " + from).isEqualTo(Optional.empty());
            Files.delete(saved.resolve(manifest));
        }
        checkpoints.delete(checkpoints.lead());
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 1", "2, 3, 2", "7, 9, 5", "64, 3, 7"})
    void whereThereIsLittleToLose(int vertices, int workers, int partitions) throws Exception {
        var sample = vertices == 1 ? Sample.of(new long[][] {{5, 5}}) : RandomGraphs.path(vertices - 1);
        for (Supplier<Program> program : List.<Supplier<Program>>of(() -> new PageRank(0.85, 4), () -> new PageRank(0.85, 1))) {
            var what = new Case(program, sample);
            Outcome expected = run(what, workers, List.of());
            for (int lost = 1; lost <= workers; lost++) {
                String fault = "kill worker " + lost + " at superstep 1 compute";
                Outcome found = run(what, workers, List.of(fault));
                assertSame(expected, found, fault);
                assertThat(found.recovery.restarts()).isEqualTo(1);
            }
        }
    }

    @Test
    void aDamagedCheckpointSendsAllBackToTheOneBefore() throws IOException {
        var what = new Case(() -> new PageRank(0.85, 9), RandomGraphs.rmat(6, 4, 3));
        Outcome expected = run(what, WORKERS, List.of());
        Outcome found = run(what, WORKERS, List.of("corrupt worker 1 at superstep 3 checkpoint", "kill worker 1 at superstep 5 compute",
            "kill worker 1 at superstep 7 barrier in attempt 3"));
        assertSame(expected, found, "damaged");
        assertThat(found.notices.get(0)).endsWith("since the checkpoint before superstep 3");
        assertThat(found.notices.stream().filter(line -> line.startsWith("the checkpoint before superstep 3 cannot be used: "))).hasSize(1);
        assertThat(found.notices).contains("going back to the checkpoint before superstep 0")
            .as("a loss later is confined").last().asString().contains(" computed again");
    }

    @Test
    void aChangeOfTheGraphSinceTheCheckpointIsNamed() throws IOException {
        var what = cases().filter(some -> some.program.get().changesGraph()).findFirst().orElseThrow();
        Outcome found = run(what, WORKERS, List.of("kill worker 1 at superstep 2 compute"));
        assertThat(found.notices).singleElement().asString().endsWith("; going back to the checkpoint before superstep 0, " + CHANGED + 1);
    }

    /** The first phase starts asleep; whom the second wakes stays awake for a while. */
    public static final class SleepsAtFirst extends PhasedProgram {
        private final LongColumn sum = longColumn("sum", 1);
        private final LongAggregator ever = longSum("ever").persistent();
        private final Phase quiet = phase("quiet", new Talk(false));
        private final Phase loud = phase("loud", new Talk(true));

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 0) {
                m.startPhase(quiet);
            } else if (m.superstep() == 1) {
                m.startPhase(loud);
            }
        }

        private final class Talk implements LongPhase {
            private final boolean startsAwake;

            Talk(boolean startsAwake) {
                this.startsAwake = startsAwake;
            }

            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public boolean startsAwake() {
                return startsAwake;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(sum, v.get(sum) * 3 + in.combined() + v.previous(ever));
                v.add(ever, v.get(sum));
                if (v.superstep() < 8 && v.id() % 5 == v.superstep() % 5) {
                    v.broadcast(v.get(sum));
                }
                if (v.superstep() > 1 + Math.floorMod(v.id(), 7)) {
                    v.halt();
                }
            }
        }
    }
}
