package org.superstep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.superstep.JobReport;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.master.MasterCommand;
import org.superstep.net.Delivery;
import org.superstep.net.ToMaster;
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

    @Test
    void whatWorkersDidIsKeptOfTheLatestSuperstepsAndAddedUpOfAll() {
        var history = new History(new ConnectedComponents().declarations());
        int count = History.SUPERSTEPS_WITH_OBJECTS + 10;
        for (int superstep = 0; superstep < count; superstep++) {
            history.add(ended(superstep, new ToMaster.Effort(1, 2, 3, 4, superstep), new ToMaster.Effort(10, 20, 30, superstep, 50)), 1);
        }
        long sum = (long) count * (count - 1) / 2;
        assertThat(history.workerTotals()).containsExactly(new JobReport.Effort(count, 2L * count, 3L * count, 4L * count, sum),
            new JobReport.Effort(10L * count, 20L * count, 30L * count, sum, 50L * count));
        assertThat(history.supersteps().get(count - 1).workers()).containsExactly(new JobReport.Effort(1, 2, 3, 4, count - 1),
            new JobReport.Effort(10, 20, 30, count - 1, 50));
        assertThat(history.supersteps().stream().filter(superstep -> superstep.workers().size() == 2))
            .hasSize(History.SUPERSTEPS_WITH_OBJECTS);
    }

    @Test
    void ofOneWorkerAloneNothingIsKept() {
        var history = new History(new ConnectedComponents().declarations());
        assertThat(history.add(ended(0, ToMaster.Effort.NONE), 1).workers()).isEmpty();
        assertThat(history.workerTotals()).isEmpty();
    }

    private static MasterCommand.SuperstepEnded ended(int superstep) {
        return ended(superstep, ToMaster.Effort.NONE);
    }

    private static MasterCommand.SuperstepEnded ended(int superstep, ToMaster.Effort... byWorker) {
        List<ToMaster.Effort> efforts = List.of(byWorker);
        var run = new ToWorker.RunSuperstep(superstep, 0, 0, 0, Delivery.PULL, 1, false, false, false, 1, false, 1, 1, new long[0],
            new long[0]);
        return new MasterCommand.SuperstepEnded(run, 1, 1, 1, List.of(), List.of(), efforts);
    }
}
