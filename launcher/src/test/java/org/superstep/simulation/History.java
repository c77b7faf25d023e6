package org.superstep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 *   <li>Where only lost partitions compute again, they do up to the superstep that was announced last; and what is told of how much that
 *       saves is what supersteps have computed.
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
    /** The last superstep that was announced. */
    private int announced = -1;
    private boolean wasRecovering;
    private int confined;
    private int recovered;
    private int lostAgain;
    private int complaints;
    private final Map<String, Integer> fallenBack = new TreeMap<>();
    /** How many vertices the superstep that ends next must have computed, by what was told of a recovery; -1: nothing was. */
    private long computedOfAll = -1;

    /**
     * What there has been of one job, or of many.
     *
     * @param restarts attempts but the first
     * @param checkpoints those that were committed
     * @param restored attempts that have gone on from one
     * @param moved attempts that have ended so that partitions could move
     * @param suspended how often it was suspended
     * @param confined how often only lost partitions began to compute again
     * @param recovered how often they have got to the end of it
     * @param lostAgain how often the attempt was over before
     * @param complaints how often nothing was lost
     * @param fallenBack how often all partitions went back though some had been kept, by why
     */
    record Figures(int restarts, int checkpoints, int restored, int moved, int suspended, int confined, int recovered, int lostAgain,
            int complaints, Map<String, Integer> fallenBack) {
        static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

        Figures plus(Figures more) {
            var all = new TreeMap<>(fallenBack);
            more.fallenBack.forEach((why, count) -> all.merge(why, count, Integer::sum));
            return new Figures(restarts + more.restarts, checkpoints + more.checkpoints, restored + more.restored, moved + more.moved,
                suspended + more.suspended, confined + more.confined, recovered + more.recovered, lostAgain + more.lostAgain,
                complaints + more.complaints, all);
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

    /** {@code wasRecovering}: while lost partitions computed again. */
    void isOver(SimulatedRun run, boolean wasRecovering) {
        if (live == run) {
            live = null;
        }
        this.wasRecovering = wasRecovering;
        lostAgain += wasRecovering ? 1 : 0;
    }

    /** Whether the last attempt was over while lost partitions computed again. */
    boolean wasRecovering() {
        return wasRecovering;
    }

    /** A superstep is announced; {@code again}: it, or one behind it, was announced before. */
    void announces(int superstep, boolean again) {
        announced = again ? Math.max(announced, superstep) : superstep;
    }

    /** The last superstep that was announced and counts. */
    int announced() {
        return announced;
    }

    /** Only lost partitions compute again. */
    void confined(SimulatedRun run, MasterCommand.Confined some) {
        hears(run);
        require(some.to() == announced, () -> "lost partitions compute up to superstep " + some.to() + " again, and " + announced
            + " was announced last");
        confined++;
        complaints += some.lost().length == 0 ? 1 : 0;
    }

    /** They have, from this superstep on. */
    void recovered(SimulatedRun run, MasterCommand.Recovered some, int from) {
        hears(run);
        recovered++;
        long before = supersteps.subList(from, supersteps.size()).stream().mapToLong(MasterCommand.SuperstepEnded::computed).sum();
        require(some.superstep() == supersteps.size(), () -> "is where it was with superstep " + some.superstep() + ", and has run "
            + supersteps.size());
        require(some.computed() <= some.ofAll(), () -> some.computed() + " vertices have computed again, of " + some.ofAll());
        computedOfAll = some.ofAll() - before;
    }

    /** All partitions go back, though some may have been kept; whether this tells why. */
    boolean fallsBack(String why) {
        boolean tells = why.startsWith("the graph has changed in superstep ") || why.contains("--log-limit");
        require(tells || why.equals("none was kept") || why.equals("that is later than what was kept"), () -> "falls back: " + why);
        fallenBack.merge(why.replaceAll("[0-9]+", "N"), 1, Integer::sum);
        return tells;
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
        require(computedOfAll < 0 || computedOfAll == ended.computed(), () -> "superstep " + superstep + " has computed "
            + ended.computed() + " vertices, and not " + computedOfAll);
        computedOfAll = -1;
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
        return new Figures(Math.max(0, begun - 1), checkpoints, restored, moved, suspended, confined, recovered, lostAgain, complaints,
            Map.copyOf(fallenBack));
    }
}
