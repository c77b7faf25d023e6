package org.superstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superstep.master.MasterCommand;

final class RecoveryTextTest {
    @Test void numbersThatFollowEachOtherAreOneRun() {
        assertThat(RecoveryText.runs(List.of(3))).isEqualTo("3");
        assertThat(RecoveryText.runs(List.of(0, 1))).isEqualTo("0-1");
        assertThat(RecoveryText.runs(List.of(0, 1, 2, 5, 7, 8))).isEqualTo("0-2, 5, 7-8");
        assertThat(RecoveryText.runs(List.of(0, 2, 4, 6, 8, 10, 12, 14))).isEqualTo("0, 2, 4, 6, 8, 10, 12, 14");
        assertThat(RecoveryText.runs(List.of(0, 2, 4, 6, 8, 10, 12, 14, 16, 17))).isEqualTo("0, 2, 4, 6, 8, 10, 12, 14 and 2 more");
    }

    @Test void aLineNamesEightWorkersAtMost() {
        String line = RecoveryText.of(new MasterCommand.Confined(3, 5, IntStream.range(0, 40).toArray(),
            IntStream.range(0, 100).map(partition -> partition % 10).toArray(), 493_800),
            1_234_500, IntStream.range(0, 10).mapToObj(worker -> "w" + worker).toList());
        assertThat(line).isEqualTo("partitions 0, 10, 20, 30 on w0, 1, 11, 21, 31 on w1, 2, 12, 22, 32 on w2, 3, 13, 23, 33 on w3,"
            + " 4, 14, 24, 34 on w4, 5, 15, 25, 35 on w5, 6, 16, 26, 36 on w6, 7, 17, 27, 37 on w7, the rest on 2 more compute supersteps 3"
            + " to 5 again, while the others wait: 493,800 of 1,234,500 vertices");
    }

    @Test void timesAreInSecondsOrBelow() {
        var recovered = new MasterCommand.Recovered(13, 872_456, 2_617_368);
        assertThat(RecoveryText.of(recovered, 412_400_000)).isEqualTo("all partitions have computed superstep 13, 412 ms after the loss:"
            + " 872,456 vertices computed again, where going back would have cost 2,617,368");
        assertThat(RecoveryText.of(recovered, 999_700_000)).contains(", 1.00 s after");
        assertThat(RecoveryText.of(new MasterCommand.Recovered(1, 1, 2), 83_000_000_000L)).contains("83.00 s after", ": 1 vertex computed");
    }
}
