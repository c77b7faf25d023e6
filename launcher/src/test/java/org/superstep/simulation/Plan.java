package org.superstep.simulation;

import java.util.SplittableRandom;

/** What goes wrong, until it stops; all of it is made up from the seed. */
final class Plan {
    /** From here on nothing new goes wrong. */
    static final long CALM_NANOS = 3 * Timeline.SECOND;

    final boolean isCalm;
    private final SplittableRandom random;
    private final double refusing;
    private final double losing;
    private final double spoiling;
    private final double unmakeable;
    final int severed;
    final int silenced;
    final int killed;
    final boolean masterEnds;
    /** The master's process dies, and another is started in its place. */
    final boolean masterDies;

    Plan(SplittableRandom random) {
        this.random = random;
        isCalm = random.nextInt(3) == 0;
        refusing = chance(2, 0.3);
        losing = chance(3, 0.1);
        spoiling = chance(4, 0.3);
        unmakeable = chance(4, 0.2);
        severed = count(3, 4);
        silenced = count(3, 3);
        killed = count(3, 2);
        masterEnds = !isCalm && random.nextInt(12) == 0;
        masterDies = !isCalm && !masterEnds && random.nextInt(10) == 0;
    }

    /** One seed in so many has it, and then up to so much. */
    private double chance(int oneIn, double most) {
        return isCalm || random.nextInt(oneIn) > 0 ? 0 : most * random.nextDouble();
    }

    private int count(int oneIn, int most) {
        return isCalm || random.nextInt(oneIn) > 0 ? 0 : 1 + random.nextInt(most);
    }

    boolean refuses(long nanos) {
        return nanos < CALM_NANOS && random.nextDouble() < refusing;
    }

    boolean losesAnswer(long nanos) {
        return nanos < CALM_NANOS && random.nextDouble() < losing;
    }

    boolean spoilsJar(long nanos) {
        return nanos < CALM_NANOS && random.nextDouble() < spoiling;
    }

    /** How long a process takes to make its part of a job, or to let go of it; now and then longer than anybody waits. */
    long work(long nanos) {
        if (!isCalm && nanos < CALM_NANOS && random.nextInt(60) == 0) {
            return random.nextLong(80 * Timeline.SECOND);
        }
        return random.nextInt(8) == 0 ? random.nextLong(2 * Timeline.SECOND) : random.nextLong(20 * Timeline.MILLISECOND);
    }

    boolean cannotMake(long nanos) {
        return nanos < CALM_NANOS && random.nextDouble() < unmakeable;
    }

    @Override public String toString() {
        return isCalm ? "calm" : "refusing " + refusing + ", losing " + losing + ", spoiling " + spoiling + ", unmakeable " + unmakeable
            + ", severed " + severed + ", silenced " + silenced + ", killed " + killed + (masterEnds ? ", master ends" : "")
            + (masterDies ? ", master dies" : "");
    }
}
