package org.superstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.superstep.JobReport;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.master.MasterCommand;
import org.superstep.net.Delivery;
import org.superstep.net.ToWorker;

/** What is kept of supersteps, of many too. */
class HistoryTest {
    @Test
    void ofMoreThanCanBeKeptTheLatestStay() {
        var history = new History(new ConnectedComponents().declarations());
        int last = History.MOST_SUPERSTEPS + 10;
        for (int superstep = 0; superstep <= last; superstep++) {
            history.add(ended(superstep), 1);
        }
        List<JobReport.Superstep> kept = history.supersteps();
        assertThat(kept).hasSizeBetween(History.MOST_SUPERSTEPS / 2, History.MOST_SUPERSTEPS);
        assertThat(kept.get(kept.size() - 1).number()).isEqualTo(last);
        for (int i = 1; i < kept.size(); i++) {
            assertThat(kept.get(i).number()).isEqualTo(kept.get(i - 1).number() + 1);
        }
    }

    private static MasterCommand.SuperstepEnded ended(int superstep) {
        var run = new ToWorker.RunSuperstep(superstep, 0, 0, 0, Delivery.PULL, 1, false, false, false, 1, false, 1, 1, new long[0],
            new long[0]);
        return new MasterCommand.SuperstepEnded(run, 1, 1, 1, List.of(), List.of());
    }
}
