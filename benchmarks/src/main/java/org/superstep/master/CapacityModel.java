package org.superstep.master;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What share of a cluster's time is useful work, where workers are lost: one long job, played superstep by superstep with losses that a
 * seed picks, once with rollback and once with confined recovery. {@link #main} prints a table for documentation.
 *
 * <p>Workers are lost at random, each as often as another, also while the job recovers from a loss, and are replaced at once. Every worker
 * holds as much as every other. A checkpoint counts when it is whole; a loss before that goes back to the one before. In a rollback all
 * load what they held, and compute again since the checkpoint. In a confined recovery what was lost is loaded by all, each a part, and
 * computed again by all while the others' outboxes are taken from the log; another loss adds to what is lost, and begins anew; when nothing
 * is left that was kept, it is a rollback.
 */
public final class CapacityModel {
    private static final double NANOS = 1e9;
    private static final long SEED = 7;
    /** So many losses, and so many times the distance of checkpoints, are played for a figure. */
    private static final int LOSSES = 3_000;
    private static final int STRETCHES = 1_000;
    private static final double STEP = 1.15;

    private final Costs costs;
    private final Recovery recovery;
    private final int workers;
    private final double meanSeconds;

    /** How a job recovers. */
    enum Recovery {
        /** All go back. */
        ROLLBACK,
        /** What was lost goes back. */
        CONFINED
    }

    /**
     * What things cost one worker of such a job, in seconds.
     *
     * @param superstep a superstep
     * @param checkpoint how much later a checkpoint makes what follows
     * @param logShare the share of a superstep that it takes longer for the log
     * @param told from a loss until the master knows
     * @param restart until the others have let go and the next attempt begins
     * @param reload until a worker has loaded what it held from a checkpoint
     * @param rebuild until one that has kept what it held has made a graph of that and of what is added
     * @param speakShare the share of a superstep that it takes to say again what the log holds of one
     */
    record Costs(double superstep, double checkpoint, double logShare, double told, double restart, double reload, double rebuild,
            double speakShare) {
    }

    /**
     * A job.
     *
     * @param meanSeconds mean time between two losses of one worker; infinite: none is lost
     */
    CapacityModel(Costs costs, Recovery recovery, int workers, double meanSeconds) {
        this.costs = costs;
        this.recovery = recovery;
        this.workers = workers;
        this.meanSeconds = meanSeconds;
    }

    /** The job as it goes. */
    private final class Course {
        private final SplittableRandom random;
        private final int every;
        private final double superstep = costs.superstep * (recovery == Recovery.CONFINED ? 1 + costs.logShare : 1);
        private double clock;
        private double nextLoss;
        private long saved;
        private int since;

        Course(int every, long seed) {
            this.every = every;
            random = new SplittableRandom(seed);
            nextLoss = untilLoss();
        }

        private double untilLoss() {
            return -Math.log(1 - random.nextDouble()) * meanSeconds / workers;
        }

        /** Lets so much time go by; tells whether nothing was lost meanwhile, else it stands at the loss. */
        private boolean passes(double seconds) {
            if (clock + seconds <= nextLoss) {
                clock += seconds;
                return true;
            }
            clock = nextLoss;
            nextLoss += untilLoss();
            return false;
        }

        double play(double seconds) {
            while (clock < seconds) {
                boolean isSaving = since == every;
                double end = clock + (isSaving ? costs.checkpoint : superstep);
                if (passes(end - clock)) {
                    saved += isSaving ? every : 0;
                    since = isSaving ? 0 : since + 1;
                } else if (recovery == Recovery.ROLLBACK || !recovers(isSaving ? since : since + 1, isSaving ? 0 : end - clock)) {
                    goBack(seconds);
                }
            }
            return (saved + since) * costs.superstep / clock;
        }

        private void goBack(double seconds) {
            since = 0;
            while (!passes(costs.told + costs.restart + costs.reload) && clock < seconds) {
                continue;
            }
        }

        /**
         * Brings what was lost to where the others are, with so many supersteps behind the checkpoint, once these have done what they were
         * told, which takes so much longer; false: all was lost.
         */
        private boolean recovers(int supersteps, double rest) {
            double kept = clock + rest;
            for (int lost = 1; lost < workers; lost++) {
                double share = (double) lost / workers;
                if (passes(Math.max(costs.told, kept - clock) + costs.restart + costs.rebuild + share * costs.reload
                        + supersteps * costs.superstep * (share + costs.speakShare))) {
                    since = supersteps;
                    return true;
                }
            }
            return false;
        }
    }

    /** The share of its time that is useful, where it is saved after every so many supersteps. */
    double usefulShare(int every) {
        double stretches = STRETCHES * every * costs.superstep;
        double losses = Double.isInfinite(meanSeconds) ? 0 : LOSSES * meanSeconds / workers;
        return new Course(every, SEED).play(Math.max(stretches, losses));
    }

    /** The distance of checkpoints that the engine would choose, in supersteps. */
    int chosen() {
        long interval = CheckpointPolicy.interval((long) (costs.checkpoint * NANOS), (long) (meanSeconds / workers * NANOS));
        return Math.max(1, (int) Math.round(interval / NANOS / costs.superstep));
    }

    /** The one with which most of the time is useful, of some that are tried. */
    int best() {
        List<Integer> tried = new ArrayList<>();
        for (double every = 1; every <= 20.0 * chosen() + 20; every = Math.max(every + 1, every * STEP)) {
            tried.add((int) every);
        }
        int best = 1;
        double most = -1;
        for (int every : tried) {
            double share = usefulShare(every);
            if (share > most) {
                most = share;
                best = every;
            }
        }
        return best;
    }

    /** Prints the table for these costs, as {@link Costs} has them, one word each. */
    public static void main(String[] words) {
        double[] each = Arrays.stream(words).mapToDouble(Double::parseDouble).toArray();
        var costs = new Costs(each[0], each[1], each[2], each[3], each[4], each[5], each[6], each[7]);
        System.out.println("| workers | each is lost every | recovery | checkpoint every, chosen | useful | best, by search | useful |");
        System.out.println("|---:|---|---|---:|---:|---:|---:|");
        for (int workers : new int[] {10, 100, 1_000}) {
            for (int hours : new int[] {24, 1}) {
                for (Recovery recovery : Recovery.values()) {
                    var model = new CapacityModel(costs, recovery, workers, hours * 3600.0);
                    int chosen = model.chosen();
                    int best = model.best();
                    System.out.printf(Locale.ROOT, "| %,d | %s | %s | %s | %.1f %% | %s | %.1f %% |%n", workers,
                        hours == 24 ? "day" : "hour", recovery.name().toLowerCase(Locale.ROOT), distance(chosen, costs),
                        100 * model.usefulShare(chosen), distance(best, costs), 100 * model.usefulShare(best));
                }
            }
        }
    }

    private static String distance(int every, Costs costs) {
        return String.format(Locale.ROOT, "%,d (%.0f s)", every, every * costs.superstep);
    }
}
