package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a job is saved. */
class CheckpointPolicyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;

    /** The supersteps before which a job is saved that takes each of them in the same time, and saves at once. */
    private static List<Integer> saved(CheckpointPolicy policy, int from, int to, long superstepNanos, long costNanos) {
        var saved = new ArrayList<Integer>();
        for (int superstep = from; superstep <= to; superstep++) {
            long nanos = (superstep - from) * superstepNanos;
            if (policy.isDue(superstep, nanos)) {
                policy.begun(superstep, nanos);
                policy.cost(costNanos);
                saved.add(superstep);
            }
        }
        return saved;
    }

    @Test
    void everyNSuperstepsIsBeforeTheirMultiples() {
        assertThat(saved(new CheckpointPolicy(5, DAY, 0, 0), 0, 16, 1, 0)).containsExactly(0, 5, 10, 15);
        assertThat(saved(new CheckpointPolicy(1, DAY, 0, 0), 0, 4, 1, 0)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void anAttemptThatGoesOnIsSavedWhereTheFirstOneWouldHaveBeen() {
        assertThat(saved(new CheckpointPolicy(5, DAY, 5, 0), 5, 16, 1, 0)).containsExactly(10, 15);
        assertThat(saved(new CheckpointPolicy(5, DAY, 7, 0), 7, 16, 1, 0)).containsExactly(10, 15);
    }

    @Test
    void oneThatWasMissedIsMadeUpForAndTheNextOneIsInTime() {
        var policy = new CheckpointPolicy(5, DAY, 0, 0);
        policy.begun(0, 0);
        assertThat(saved(policy, 7, 16, 1, 0)).containsExactly(7, 10, 15);
    }

    /** With the cost and the mean time between failures in milliseconds; a second is the least, and twenty times the cost. */
    @ParameterizedTest
    @CsvSource({"0, 86400000, 1000", "1, 86400000, 13145", "100, 86400000, 131387", "1000, 3600000, 84187", "1000, 1000, 20000",
        "10, 1000, 1000", "5000, 2000, 100000"})
    void theTimeBetweenCheckpointsIsDalys(long cost, long failures, long expected) {
        assertThat(CheckpointPolicy.interval(cost * 1_000_000, failures * 1_000_000) / 1_000_000).isCloseTo(expected, within(1L));
    }

    @Test
    void aSmallGraphIsNotSavedEverySuperstep() {
        // A thousand supersteps a second, and a checkpoint that costs ten microseconds.
        List<Integer> saved = saved(new CheckpointPolicy(0, DAY, 0, 0), 0, 100_000, SECOND / 1000, 10_000);
        assertThat(saved).startsWith(0).hasSizeBetween(50, 100);
        for (int i = 1; i < saved.size(); i++) {
            assertThat(saved.get(i) - saved.get(i - 1)).isGreaterThanOrEqualTo(1000);
        }
    }

    @Test
    void whereACheckpointHasBecomeDearerTheyAreFartherApart() {
        var policy = new CheckpointPolicy(0, DAY, 0, 0);
        policy.begun(0, 0);
        policy.cost(SECOND / 100);
        assertThat(policy.isDue(1, 50 * SECOND)).isTrue();
        policy.begun(1, 50 * SECOND);
        policy.cost(2 * SECOND);
        assertThat(policy.isDue(2, 100 * SECOND)).isFalse();
        assertThat(policy.isDue(2, 50 * SECOND + CheckpointPolicy.interval((SECOND / 100 + 2 * SECOND) / 2, DAY))).isTrue();
    }
}
