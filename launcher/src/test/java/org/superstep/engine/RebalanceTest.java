package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Checkpoints;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.Superstep;
import org.superstep.datasets.TextRows;

/** A worker that is steadily late has a part of its work taken over by the others. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RebalanceTest {
    private static final int WORKERS = 3;
    private static final int SUPERSTEPS = 80;

    @TempDir
    private Path folder;
    private final List<String> notices = new ArrayList<>();

    private JobReport run(Path output, int supersteps, JobOptions options) {
        return Superstep.run(new SlowProgram(supersteps), SlowProgram.graph(), options.withPartitions(30)
            .withOutputFolder(output, TextRows.TSV).withObserver(new JobObserver() {
                @Override public void notice(String line) {
                    notices.add(line);
                }
            })).report();
    }

    private static String part(Path output, int worker) throws IOException {
        return Files.readString(output.resolve("part-0000" + worker), StandardCharsets.UTF_8);
    }

    private static long medianNanos(List<JobReport.Superstep> supersteps) {
        long[] sorted = supersteps.stream().mapToLong(JobReport.Superstep::nanos).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    @Test
    void aPartOfASlowWorkersPartitionsMovesAndSuperstepsGetShorter() throws IOException {
        run(folder.resolve("alone"), SUPERSTEPS, JobOptions.DEFAULT.withThreads(16));
        assertThat(notices).isEmpty();
        Path output = folder.resolve("together");
        JobReport report = run(output, SUPERSTEPS, JobOptions.DEFAULT.withWorkers(WORKERS).withThreads(WORKERS)
            .withCheckpoints(Checkpoints.in(folder.resolve("saved")).every(1000)).withRebalancing()
            .withInjection(Injection.parse("slow worker 2 at compute by 5")));

        assertThat(notices).singleElement().asString()
            .matches("partitions move before superstep \\d+: worker 2 computes \\d+\\.\\d times as long as the others");
        assertThat(report.recovery().moves()).isEqualTo(1);
        assertThat(report.recovery().restarts()).isZero();
        assertThat(part(output, 0) + part(output, 1) + part(output, 2)).isEqualTo(part(folder.resolve("alone"), 0));
        assertThat(part(output, 1).lines().count()).isLessThan(part(output, 0).lines().count() / 2)
            .isLessThan(part(output, 2).lines().count() / 2);
        List<JobReport.Superstep> all = report.supersteps();
        assertThat(2 * medianNanos(all.subList(SUPERSTEPS - 20, SUPERSTEPS))).as(notices::toString)
            .isLessThan(medianNanos(all.subList(1, 20)));
    }

    @Test
    void whoIsAskedForNothingOfTheKindMovesNothing() {
        JobReport report = run(folder.resolve("rows"), 20, JobOptions.DEFAULT.withWorkers(2).withThreads(2)
            .withCheckpoints(Checkpoints.in(folder.resolve("saved")).every(1000))
            .withInjection(Injection.parse("slow worker 2 at compute by 5")));
        assertThat(notices).isEmpty();
        assertThat(report.recovery().moves()).isZero();
        assertThat(report.workerTotals().get(1).computeNanos()).as("being slow is computing")
            .isGreaterThan(3 * report.workerTotals().get(0).computeNanos());
    }

    @Test
    void aJobThatIsNotSavedCannotMove() {
        assertThatThrownBy(() -> run(folder.resolve("rows"), 1, JobOptions.DEFAULT.withRebalancing()))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("withCheckpoints");
    }
}
