package org.superstep.cli;

import java.util.List;
import org.superstep.JobReport;

/** Where the time of a run's workers went, for people. */
final class WorkerFigures {
    /** A worker that computes longer than so many times the mean of all holds the others up. */
    private static final double STRAGGLING = 1.2;
    /** Nobody looks for what costs less than this. */
    private static final long LEAST_NANOS = 100_000_000;

    private final List<JobReport.Effort> workers;
    private final JobReport.Effort all;

    WorkerFigures(List<JobReport.Effort> workers) {
        this.workers = workers;
        all = workers.stream().reduce(JobReport.Effort.NONE, JobReport.Effort::plus);
    }

    /** A line of the mean of all workers; then, if one holds the others up, a line of that one, as far to the right as a label is wide. */
    String text() {
        int count = workers.size();
        String text = "compute " + Figures.time(all.computeNanos() / count) + ", network " + Figures.time(all.networkNanos() / count)
            + ", wait " + Figures.time(all.waitNanos() / count) + " on average; " + Figures.bytes(all.sentBytes()) + " sent";
        int slowest = 0;
        for (int worker = 1; worker < count; worker++) {
            slowest = workers.get(worker).computeNanos() > workers.get(slowest).computeNanos() ? worker : slowest;
        }
        long longest = workers.get(slowest).computeNanos();
        long mean = all.computeNanos() / count;
        if (longest <= STRAGGLING * mean || longest - mean < LEAST_NANOS) {
            return text;
        }
        double others = (double) (all.computeNanos() - longest) / (count - 1);
        return text + "\n         worker " + (slowest + 1) + " of " + count + " computes "
            + (others > 0 ? Figures.fixed(longest / others, 1) + " times as long as the others, which wait" : "alone; the others wait");
    }
}
