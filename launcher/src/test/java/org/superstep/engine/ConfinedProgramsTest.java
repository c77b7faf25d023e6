package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Checkpoints;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.RecoveryLog;
import org.superstep.Superstep;
import org.superstep.graph.Program;
import org.superstep.net.Delivery;

/**
 * Workers of programs that were written to be difficult are lost by chance, and only their partitions compute again. The answer must be
 * the serial one, with all that each superstep counted. {@code -Dsuperstep.confined.seeds=N} tries so many seeds of each program.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfinedProgramsTest {
    private static final int SEEDS = Integer.getInteger("superstep.confined.seeds", 1);
    private static final List<String> MOMENTS = List.of("compute", "exchange", "barrier", "checkpoint");

    @TempDir
    private Path folder;

    static Stream<Named<Supplier<Program>>> programs() {
        return DeterminismTest.programs();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void lostPartitionsThatComputeAgainGiveTheSerialAnswer(Supplier<Program> programs) throws IOException {
        for (int i = 0; i < SEEDS; i++) {
            long seed = programs.get().name().hashCode() * 1000L + i;
            var random = new SplittableRandom(seed);
            var sample = DeterminismTest.fit(RandomGraphs.any(seed), programs.get());
            var expected = SerialPregel.run(DeterminismTest.program(programs, sample), sample, seed, 1000);
            int workers = 2 + random.nextInt(3);
            int supersteps = expected.figures().size();
            List<String> faults = faults(random, workers, supersteps);
            var saved = Checkpoints.in(folder.resolve("" + i)).every(1 + random.nextInt(Math.max(1, Math.min(5, supersteps))));
            var options = JobOptions.DEFAULT.withSeed(seed).withWorkers(workers).withThreads(workers * (1 + random.nextInt(2)))
                .withPartitions(1 + random.nextInt(20)).withDelivery(Delivery.values()[random.nextInt(3)])
                .withCheckpoints(random.nextInt(4) == 0 ? saved : saved.awaited()).withConfinedRecovery(RecoveryLog.DEFAULT);
            for (String fault : faults) {
                options = options.withInjection(Injection.parse(fault));
            }
            var notices = new ArrayList<String>();
            String what = programs.get().name() + " on " + sample + ", seed " + seed + ", " + workers + " workers, " + options.partitions()
                + " partitions, " + options.delivery() + ", " + saved + ", " + faults;
            Program program = DeterminismTest.program(programs, sample);
            try {
                var result = Superstep.run(program, sample.graph(), options.withObserver(new JobObserver() {
                    @Override public void notice(String line) {
                        notices.add(line);
                    }
                }));
                assertThat(expected.difference(Answer.of(program, result))).as("%s: %s", what, notices).isEqualTo(Optional.empty());
            } catch (RuntimeException e) {
                throw new AssertionError(what + ": " + notices + ": " + e, e);
            }
            assertThat(Files.exists(folder.resolve("" + i))).as(what).isFalse();
        }
    }

    /** One loss, or several in one attempt or one after the other; some of them while lost partitions compute again. */
    private static List<String> faults(SplittableRandom random, int workers, int supersteps) {
        var faults = new ArrayList<String>();
        faults.add(fault(random, workers, supersteps, 1));
        if (random.nextInt(3) == 0) {
            faults.add(fault(random, workers, supersteps, 1));
        }
        for (int attempt = 2; attempt < workers && random.nextBoolean(); attempt++) {
            faults.add(random.nextInt(6) == 0 ? "kill worker " + (1 + random.nextInt(workers - 1)) + " at recover in attempt " + attempt
                : fault(random, workers + 1 - attempt, supersteps, attempt));
        }
        return faults;
    }

    private static String fault(SplittableRandom random, int workers, int supersteps, int attempt) {
        return "kill worker " + (1 + random.nextInt(workers)) + " at superstep " + random.nextInt(Math.max(1, supersteps)) + " "
            + MOMENTS.get(random.nextInt(MOMENTS.size())) + " in attempt " + attempt;
    }
}
