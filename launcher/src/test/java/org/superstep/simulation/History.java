package org.superstep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.superstep.checkpoint.Manifest;
import org.superstep.master.MasterCommand;

/**
 * What has become of one job over all its attempts, under all its masters, as far as it has survived:
 *
 * <ul>
 *   <li>Never are two attempts heard.
 *   <li>Supersteps follow each other; an attempt goes on from where some attempt before it has been, or from the beginning, and what came
 *       behind that counts no more.
 * </ul>
 */
final class History {
    private final String name;
    private final List<MasterCommand.SuperstepEnded> supersteps = new ArrayList<>();
    /** Whoever is heard; null: nobody. */
    private SimulatedRun live;
    /** Attempts that have been begun since the last checkpoint, that one's included. */
    private int attempts;
    private int attemptsInVain;
    private int begun;
    private int checkpoints;
    private int restored;
    private int moved;
    private int suspended;

    /** What there has been of one job, or of many. */
    record Figures(int restarts, int checkpoints, int restored, int moved, int suspended) {
        static final Figures NONE = new Figures(0, 0, 0, 0, 0);

        Figures plus(Figures more) {
            return new Figures(restarts + more.restarts, checkpoints + more.checkpoints, restored + more.restored, moved + more.moved,
                suspended + more.suspended);
        }
    }

    History(String name) {
        this.name = name;
    }

    private void require(boolean holds, Supplier<String> broken) {
        if (!holds) {
            throw new AssertionError(name + ": " + broken.get());
        }
    }

    void prepares() {
        attempts++;
        attemptsInVain = 0;
    }

    /** An attempt is heard from now on. */
    void begins(SimulatedRun run) {
        require(live == null || !live.isAlive(), () -> "an attempt begins while another is heard");
        live = run;
        begun++;
    }

    void isOver(SimulatedRun run) {
        if (live == run) {
            live = null;
        }
    }

    void hears(SimulatedRun run) {
        require(live == run, () -> "an attempt is heard that is over");
    }

    /** An attempt has read the input. */
    void loaded(SimulatedRun run) {
        hears(run);
        supersteps.clear();
    }

    /** An attempt stands before this superstep. */
    void restored(SimulatedRun run, int superstep) {
        hears(run);
        require(superstep <= supersteps.size(), () -> "goes on with superstep " + superstep + ", and has run " + supersteps.size());
        supersteps.subList(superstep, supersteps.size()).clear();
        restored++;
    }

    void computed(SimulatedRun run, MasterCommand.SuperstepEnded ended) {
        hears(run);
        int superstep = ended.superstep().superstep();
        require(superstep == supersteps.size(), () -> "runs superstep " + superstep + " after " + supersteps.size() + " others");
        supersteps.add(ended);
    }

    void committed(Manifest manifest) {
        require(manifest.superstep() <= supersteps.size(), () -> "is saved before superstep " + manifest.superstep() + ", and has run "
            + supersteps.size());
        attempts = Math.min(1, attempts);
        checkpoints++;
    }

    /** An attempt has ended so that another can go on with other workers. */
    void moves() {
        moved++;
    }

    void isSuspended() {
        suspended++;
    }

    /** The master ends it now; what is still being committed comes too late. */
    void isGivenUp() {
        attemptsInVain = Math.max(attemptsInVain, attempts);
    }

    /** Whether so many attempts had been begun since the last checkpoint, when it was given up, that another loss was one too many. */
    boolean wasWornOut(int maxRestarts) {
        return attemptsInVain > maxRestarts;
    }

    List<MasterCommand.SuperstepEnded> supersteps() {
        return supersteps;
    }

    /** What there has been of it. */
    Figures figures() {
        return new Figures(Math.max(0, begun - 1), checkpoints, restored, moved, suspended);
    }
}
