package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.superstep.RecoveryLog;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.engine.programs.SemiClustering;
import org.superstep.engine.programs.StrongComponents;
import org.superstep.graph.Program;

/** Workers are lost, and only their partitions compute again; what comes out is the same to the bit. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfinedTest {
    @TempDir
    private Path folder;

    private record Case(Supplier<Program> program, Sample sample) {
        @Override public String toString() {
            return program.get().name();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(new Case(() -> new PageRank(0.85, 7), RandomGraphs.any(5)),
            new Case(ConfinedTest::shortestPaths, RandomGraphs.any(6).withoutNegativeWeights()),
            new Case(ChangePrograms.VerticesComeAndGoOverBoth::new, RandomGraphs.any(7)),
            new Case(() -> new SemiClustering(4, 3, 4, 0.25), RandomGraphs.any(8).withoutNegativeWeights()),
            new Case(StrongComponents::new, RandomGraphs.any(9)));
    }

    private static Program shortestPaths() {
        var program = new ShortestPaths();
        program.declarations().parameters().get(0).parse(Long.toString(RandomGraphs.any(6).vertices()[0]));
        return program;
    }

    private record Outcome(Answer answer, List<String> notices) {
    }

    private Outcome run(Case what, List<String> faults) throws IOException {
        Path own = Files.createTempDirectory(folder, "run");
        var options = JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(own.resolve("saved")).every(4).awaited())
            .withConfinedRecovery(RecoveryLog.DEFAULT).withWorkers(3).withThreads(3).withPartitions(7);
        for (String fault : faults) {
            options = options.withInjection(Injection.parse(fault));
        }
        var notices = new ArrayList<String>();
        var program = what.program.get();
        Result result = Superstep.run(program, what.sample.graph(), options.withObserver(new JobObserver() {
            @Override public void notice(String line) {
                notices.add(line);
            }
        }));
        return new Outcome(Answer.of(program, result), notices);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWorkerIsLostAtAnyMoment(Case what) throws Exception {
        Outcome expected = run(what, List.of());
        int supersteps = expected.answer.figures().size();
        for (int superstep = 0; superstep < supersteps; superstep++) {
            for (String moment : List.of("compute", "exchange", "barrier")) {
                for (int worker = 1; worker <= 3; worker++) {
                    String fault = "kill worker " + worker + " at superstep " + superstep + " " + moment;
                    Outcome found = run(what, List.of(fault));
                    assertThat(expected.answer.difference(found.answer)).as("%s %s", fault, found.notices).isEqualTo(Optional.empty());
                }
            }
        }
    }
}
