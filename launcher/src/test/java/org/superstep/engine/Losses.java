package org.superstep.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** When workers are lost in the tests that try every moment, and how so many runs are had in little time. */
public final class Losses {
    private static final int AT_A_TIME = 8;

    private Losses() {
    }

    /** Every moment of every superstep, in the words of faults; of a job that is saved before every so many of them. */
    public static List<String> moments(int supersteps, int every) {
        var moments = new ArrayList<>(List.of("load", "write"));
        for (int superstep = 0; superstep < supersteps; superstep++) {
            for (String moment : List.of("compute", "exchange", "barrier", "checkpoint")) {
                if (!moment.equals("checkpoint") || superstep % every == 0) {
                    moments.add("superstep " + superstep + " " + moment);
                }
            }
        }
        return moments;
    }

    /** Several at a time, because each waits for the disk most of its time; throws what the first in the list has thrown. */
    static void together(List<Callable<Void>> runs) throws Exception {
        var threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            for (Future<Void> run : threads.invokeAll(runs)) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
