package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.superstep.JobReport;

/** What people read of a run's workers. */
class WorkerFiguresTest {
    private static JobReport.Effort effort(long computeNanos) {
        return new JobReport.Effort(computeNanos, 2_000_000, 4_000_000, 1_000_000, 3_000_000);
    }

    private static String text(long... computeNanos) {
        return new WorkerFigures(Arrays.stream(computeNanos).mapToObj(WorkerFiguresTest::effort).toList()).text();
    }

    @Test void workersThatComputeAboutAsLongAsEachOtherAreShownTogether() {
        assertThat(text(100_000_000, 120_000_000, 110_000_000))
            .isEqualTo("compute 110 ms, network 2.00 ms, wait 4.00 ms on average; 3.00 MB sent");
    }

    @Test void aWorkerThatComputesMuchLongerThanTheOthersIsNamed() {
        assertThat(text(1_000_000_000, 1_600_000_000, 1_000_000_000)).endsWith("""
            3.00 MB sent
                     worker 2 of 3 computes 1.6 times as long as the others, which wait""");
        // Just at the bound of 1.2 times the mean, and just above it.
        assertThat(text(800_000_000, 1_200_000_000)).doesNotContain("worker 2");
        assertThat(text(790_000_000, 1_210_000_000)).contains("worker 2 of 2 computes 1.5 times");
    }

    @Test void whatCostsATenthOfASecondIsWorthATelling() {
        assertThat(text(0, 199_999_998)).doesNotContain("worker 2");
        assertThat(text(0, 200_000_000)).contains("worker 2");
    }

    @Test void aWorkerMayComputeAlone() {
        assertThat(text(0, 1_000_000_000)).endsWith("worker 2 of 2 computes alone; the others wait");
        assertThat(text(0, 0)).doesNotContain("worker 1");
        assertThat(new WorkerFigures(List.of(effort(7))).text()).doesNotContain("worker 1");
    }
}
