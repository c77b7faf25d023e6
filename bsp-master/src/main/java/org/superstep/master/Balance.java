package org.superstep.master;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.superstep.checkpoint.Manifest;
import org.superstep.net.ToMaster;

/**
 * Whether a job's partitions are to move because one worker is steadily late, and how fast each worker is, over all attempts at the job. It
 * has no clock; one thread uses it. Nothing is known of how much each worker has to do before the first checkpoint has told.
 *
 * <p>Supersteps are looked at by windows: {@value #LEAST_SUPERSTEPS} of them or more, in which somebody has computed for 2 s. A worker is
 * late that has computed more than {@value #LATE} times as long as the mean of the others, in most supersteps of the window and in all
 * together: one superstep alone tells of a pause. What another placement would save is what {@link Cuts} would make of the speeds, if each
 * worker's time went with what it owns.
 *
 * <pre>
 *   a window has ended                                                     lost so far        what follows
 *   nobody is late                                                         nothing            nothing
 *   one is late, and another placement would save less than a tenth        nothing            nothing: moving does not help
 *   one is late, another than in the window before, and it would save more just that          as in the next two
 *   one is late, the same as before, and it would save more                as much more       nothing
 *   the same, a move costs no more than that, and none was for a minute    nothing            partitions are to move
 * </pre>
 *
 * <p>So by the time of a move as much has been lost as it costs: a worker that is slow no longer then has cost twice what the best guess
 * would have, and never more. What a move costs is measured, from the barrier at which the job was saved to the superstep that follows; it
 * is taken for 2 s before there has been one.
 */
public final class Balance {
    static final int LEAST_SUPERSTEPS = 10;
    static final long LEAST_NANOS = 2_000_000_000L;
    static final double LATE = 1.5;
    static final double LEAST_GAIN = 0.1;
    static final long FIRST_COST_NANOS = 2_000_000_000L;
    static final long BETWEEN_MOVES_NANOS = 60_000_000_000L;

    private final Speeds speeds = new Speeds();
    private long costNanos = FIRST_COST_NANOS;
    /** When partitions moved last, or were to. */
    private long movedNanos;
    private boolean hasMoved;
    /** The last barrier. */
    private long barrierNanos;
    private boolean isMoving;

    // The attempt's.
    private List<String> names = List.of();
    private List<Capacity> capacities = List.of();
    private int[] owners = {};
    private Optional<Cuts> cuts = Optional.empty();
    private Window window = new Window(0);
    /** Who was late in the last window; -1: nobody. */
    private int late = -1;
    /** What has been lost since by not moving. */
    private double lostNanos;

    /** What workers have done in some supersteps. */
    private static final class Window {
        final double[] nanos;
        /** By worker, in how many it was late. */
        final int[] late;
        int supersteps;

        Window(int workers) {
            nanos = new double[workers];
            late = new int[workers];
        }

        void add(List<ToMaster.Effort> efforts) {
            double[] each = efforts.stream().mapToDouble(ToMaster.Effort::computeNanos).toArray();
            int latest = latest(each);
            late[latest] += lateness(each, latest) > LATE ? 1 : 0;
            for (int worker = 0; worker < each.length; worker++) {
                nanos[worker] += each[worker];
            }
            supersteps++;
        }

        boolean isFull() {
            return supersteps >= LEAST_SUPERSTEPS && nanos[latest(nanos)] >= LEAST_NANOS;
        }

        private static int latest(double[] nanos) {
            int latest = 0;
            for (int worker = 1; worker < nanos.length; worker++) {
                latest = nanos[worker] > nanos[latest] ? worker : latest;
            }
            return latest;
        }

        /** How many times as long a worker has computed as the mean of the others. */
        private static double lateness(double[] nanos, int worker) {
            return nanos[worker] * (nanos.length - 1) / Math.max(1, Arrays.stream(nanos).sum() - nanos[worker]);
        }

        /** Who was late in it; -1: nobody. */
        int late() {
            int latest = latest(nanos);
            return lateness(nanos, latest) > LATE && 2 * late[latest] > supersteps ? latest : -1;
        }

        double lateness() {
            return lateness(nanos, latest(nanos));
        }
    }

    /**
     * An attempt begins; returns what its workers can take on, with the speeds that are known of them.
     *
     * @param workers by worker, what it is called, here and in other attempts
     * @param each by worker, what it can take on
     */
    public List<Capacity> begin(List<String> workers, List<Capacity> each) {
        names = List.copyOf(workers);
        var with = new ArrayList<Capacity>();
        for (int worker = 0; worker < each.size(); worker++) {
            with.add(each.get(worker).withSpeed(speeds.of(names.get(worker))));
        }
        capacities = List.copyOf(with);
        cuts = Optional.empty();
        beginWindows();
        return capacities;
    }

    private void beginWindows() {
        window = new Window(names.size());
        late = -1;
        lostNanos = 0;
    }

    /** The owners of the attempt's partitions are known, by partition. */
    public void placed(int[] ofPartitions) {
        owners = ofPartitions.clone();
    }

    /** What lies in each partition is known. */
    public void measured(Manifest manifest) {
        cuts = Optional.of(new Cuts(manifest));
    }

    /**
     * The barrier has fallen on a superstep; tells who is late, in a few words, where partitions are to move for that.
     *
     * @param efforts where each worker's time went, by worker
     */
    public Optional<String> superstepEnded(List<ToMaster.Effort> efforts, long nanos) {
        barrierNanos = nanos;
        if (efforts.size() < 2 || cuts.isEmpty()) {
            return Optional.empty();
        }
        window.add(efforts);
        if (!window.isFull()) {
            return Optional.empty();
        }
        Window ended = window;
        window = new Window(names.size());
        double saved = savedNanos(ended);
        lostNanos = ended.late() >= 0 && saved > 0 ? saved + (ended.late() == late ? lostNanos : 0) : 0;
        late = lostNanos > 0 ? ended.late() : -1;
        if (late < 0 || lostNanos < costNanos || hasMoved && nanos - movedNanos < BETWEEN_MOVES_NANOS) {
            return Optional.empty();
        }
        String told = names.get(late) + String.format(Locale.ROOT, " computes %.1f times as long as the others", ended.lateness());
        hasMoved = true;
        movedNanos = nanos;
        beginWindows();
        return Optional.of(told);
    }

    /** What the latest would have been spared in this window by the placement that there would be now; 0 where that is next to nothing. */
    private double savedNanos(Window ended) {
        double[] shares = cuts.orElseThrow().shares(owners, names.size());
        var done = new double[shares.length];
        for (int worker = 0; worker < done.length; worker++) {
            done[worker] = ended.nanos[worker] == 0 ? 0 : shares[worker] / ended.nanos[worker] / capacities.get(worker).threads();
        }
        speeds.measured(names, done);
        List<Capacity> now = new ArrayList<>();
        for (int worker = 0; worker < done.length; worker++) {
            now.add(capacities.get(worker).withSpeed(speeds.of(names.get(worker))));
        }
        double[] then = cuts.orElseThrow().shares(cuts.orElseThrow().placement(now).owners(), names.size());
        double mean = Arrays.stream(done).filter(one -> one > 0).average().orElse(1);
        double longest = 0;
        for (int worker = 0; worker < done.length; worker++) {
            longest = Math.max(longest, then[worker] / (done[worker] > 0 ? done[worker] : mean) / capacities.get(worker).threads());
        }
        double latest = Arrays.stream(ended.nanos).max().orElse(0);
        return latest - longest < LEAST_GAIN * latest ? 0 : latest - longest;
    }

    /** The attempt has ended at its last barrier, because partitions move, for whatever reason. */
    public void moves() {
        isMoving = true;
        hasMoved = true;
        movedNanos = barrierNanos;
    }

    /** A superstep begins. */
    public void superstepBegins(long nanos) {
        if (isMoving) {
            isMoving = false;
            costNanos = nanos - barrierNanos;
        }
    }

    /** A worker was lost: how long it takes until the next superstep is no measure of a move. */
    public void lost() {
        isMoving = false;
    }
}
