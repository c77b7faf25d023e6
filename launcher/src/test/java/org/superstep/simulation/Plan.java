package org.superstep.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** What goes wrong, until it stops; all of it is made up from the seed. */
final class Plan {
    /** From here on nothing new goes wrong. */
    static final long CALM_NANOS = 5 * Timeline.SECOND;

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
    /** Masters keep what they must know on a disk. */
    final boolean masterRemembers;
    /** Workers that are drained. */
    final int drained;
    /** After how many things that workers do one of them is killed, each time. */
    final Set<Integer> fatalSteps = new HashSet<>();
    /** After how many things that the master does for a job it is killed; 0: it is not. */
    final int mastersFatalStep;
    /** How often something on the disk is changed. */
    final int damaged;
    private final double full;

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
        masterDies = !isCalm && !masterEnds && random.nextInt(6) == 0;
        masterRemembers = random.nextBoolean();
        drained = count(3, 3);
        int strikes = isCalm ? 0 : random.nextInt(4);
        while (fatalSteps.size() < strikes) {
            fatalSteps.add(1 + random.nextInt(random.nextInt(4) == 0 ? 600 : 120));
        }
        mastersFatalStep = masterDies && random.nextBoolean() ? 1 + random.nextInt(150) : 0;
        damaged = count(12, 5);
        full = chance(6, 0.2);
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

    /** How long writing a checkpoint takes, beside the supersteps. */
    long write() {
        return random.nextInt(6) == 0 ? random.nextLong(500 * Timeline.MILLISECOND) : random.nextLong(5 * Timeline.MILLISECOND);
    }

    long commit() {
        return random.nextInt(6) == 0 ? random.nextLong(200 * Timeline.MILLISECOND) : random.nextLong(2 * Timeline.MILLISECOND);
    }

    /** Whether the disk takes no more, at this write. */
    boolean isFull(long nanos) {
        return full > 0 && nanos < CALM_NANOS && random.nextDouble() < full;
    }

    /** Whether a worker is lost just when a job has ended, and the master does not know yet. */
    boolean strikesAtEnd(long nanos) {
        return !isCalm && nanos < CALM_NANOS && random.nextInt(12) == 0;
    }

    /** Whether a worker is lost soon after a superstep was announced; oftener where others keep what they have computed. */
    boolean strikesInSuperstep(long nanos, boolean isConfined) {
        return !isCalm && nanos < CALM_NANOS && random.nextInt(isConfined ? 12 : 60) == 0;
    }

    boolean damagesFiles() {
        return damaged > 0;
    }

    boolean cannotMake(long nanos) {
        return nanos < CALM_NANOS && random.nextDouble() < unmakeable;
    }

    @Override public String toString() {
        return isCalm ? "calm" : "refusing " + refusing + ", losing " + losing + ", spoiling " + spoiling + ", unmakeable " + unmakeable
            + ", full " + full + ", severed " + severed + ", silenced " + silenced + ", killed " + killed + " and at steps " + fatalSteps
            + ", drained " + drained + ", damaged " + damaged + (masterRemembers ? ", master remembers" : "")
            + (masterEnds ? ", master ends" : "") + (masterDies ? ", master dies" : "")
            + (mastersFatalStep > 0 ? " at its step " + mastersFatalStep : "");
    }
}
