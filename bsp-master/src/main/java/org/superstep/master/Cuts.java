package org.superstep.master;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superstep.checkpoint.Manifest;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;

/**
 * Cuts the ids into partitions of about equal numbers of arcs, as samples of the workers' shares tell, or as they were cut when a
 * checkpoint was taken, and gives each worker a run of neighbouring ones: so that edges go by threads and their speed, and nobody gets more
 * than its memory holds.
 */
final class Cuts {
    /** Partitions for each compute thread: enough to even out skew, few enough that each is worth its overhead. */
    private static final int PARTITIONS_PER_THREAD = 32;
    /** Fewer edges than this do not make another partition worth while. */
    private static final long EDGES_PER_PARTITION = 4096;

    /** What has been cut, for people. */
    private final String what;
    /** Whether one worker that is alone finds out for itself what it has room for: it knows more of its heap. */
    private final boolean aloneLooksItself;
    private final long[] firsts;
    /**
     * How much lies before each partition, and behind the last all: in sampled arcs; where there is no sample, in partitions; of a
     * checkpoint, in bytes.
     */
    private final double[] before;
    /** How many edges each of those stands for. */
    private final double edgesEach;
    /** How much memory an edge takes, with what goes with it. */
    private final double bytesPerEdge;

    /** Cuts into so many partitions. */
    Cuts(List<ToMaster.Sampled> samples, int partitions) {
        what = "the input";
        aloneLooksItself = true;
        int count = samples.stream().mapToInt(sample -> sample.hearers().length).sum();
        var hearers = new long[count];
        int filled = 0;
        for (ToMaster.Sampled sample : samples) {
            System.arraycopy(sample.hearers(), 0, hearers, filled, sample.hearers().length);
            filled += sample.hearers().length;
        }
        Arrays.sort(hearers);
        firsts = new long[partitions - 1];
        for (int cut = 0; cut < firsts.length; cut++) {
            firsts[cut] = count == 0 ? cut : hearers[(int) ((long) count * (cut + 1) / partitions)];
        }
        double edges = samples.stream().mapToDouble(ToMaster.Sampled::estimatedEdges).sum();
        bytesPerEdge = edges == 0 ? 0 : samples.stream().mapToDouble(ToMaster.Sampled::neededBytes).sum() / edges;
        before = new double[partitions + 1];
        int passed = 0;
        for (int p = 1; p <= partitions; p++) {
            while (p <= firsts.length && passed < count && hearers[passed] < firsts[p - 1]) {
                passed++;
            }
            before[p] = count == 0 ? p : p == partitions ? count : passed;
        }
        edgesEach = edges / all();
    }

    /** The cuts of a checkpoint, in which partitions need as much as they were found to. */
    Cuts(Manifest manifest) {
        what = "the checkpoint";
        aloneLooksItself = false;
        firsts = manifest.firsts();
        before = new double[firsts.length + 2];
        long edges = 0;
        for (int p = 0; p <= firsts.length; p++) {
            Manifest.Entry entry = manifest.partitions().get(p);
            before[p + 1] = before[p] + Math.max(1, entry.neededBytes());
            edges += entry.edges();
        }
        edgesEach = edges / all();
        bytesPerEdge = edges == 0 ? 0 : all() / edges;
    }

    /** How many partitions suit about so many edges. */
    static int suitable(long edges, int threads, int workers) {
        long most = Math.min(Placement.MOST_PARTITIONS, (long) PARTITIONS_PER_THREAD * threads);
        return (int) Math.max(workers, Math.min(most, 1 + edges / EDGES_PER_PARTITION));
    }

    private int partitions() {
        return firsts.length + 1;
    }

    private double all() {
        return before[partitions()];
    }

    /** How much a worker has memory for. */
    private double most(Capacity capacity) {
        return bytesPerEdge == 0 ? Double.POSITIVE_INFINITY : capacity.memoryBytes() / bytesPerEdge / edgesEach;
    }

    /** Why workers cannot hold the graph, in one line; empty where they can. */
    Optional<String> tooLarge(List<Capacity> workers) {
        double[] most = workers.stream().mapToDouble(this::most).toArray();
        if (workers.size() == 1 && aloneLooksItself || starts(most)[0] == 0) {
            return Optional.empty();
        }
        int[] ends = ends(ideal(workers, unlimited(workers)), unlimited(workers));
        int fullest = 0;
        double lack = Double.NEGATIVE_INFINITY;
        for (int worker = 0; worker < ends.length; worker++) {
            double lacks = edgesOf(worker, ends) * bytesPerEdge - workers.get(worker).memoryBytes();
            if (lacks > lack) {
                lack = lacks;
                fullest = worker;
            }
        }
        double memory = workers.stream().mapToDouble(Capacity::memoryBytes).sum();
        double all = edgesEach * all();
        double edges = edgesOf(fullest, ends);
        String need = what + " holds about " + (long) all + " edges, which need about " + megabytes(all * bytesPerEdge) + " MB, and ";
        if (workers.size() == 1) {
            return Optional.of(need + "the only worker has " + megabytes(memory) + " MB: take more workers, or give it more memory");
        }
        return Optional.of(need + workers.size() + " workers have " + megabytes(memory) + " MB; worker " + (fullest + 1) + " of "
            + workers.size() + " would get about " + (long) edges + " of them, which need " + megabytes(edges * bytesPerEdge)
            + " MB, and has " + megabytes(workers.get(fullest).memoryBytes()) + " MB: take more workers, or give them more memory");
    }

    private double edgesOf(int worker, int[] ends) {
        return edgesEach * (before[ends[worker]] - before[worker == 0 ? 0 : ends[worker - 1]]);
    }

    private static long megabytes(double bytes) {
        return (long) Math.ceil(bytes / (1 << 20));
    }

    /** The cuts, and who owns what. The workers must have room for all. */
    Placement placement(List<Capacity> workers) {
        double[] most = workers.size() == 1 ? unlimited(workers) : workers.stream().mapToDouble(this::most).toArray();
        int[] ends = ends(ideal(workers, most), most);
        var owners = new int[partitions()];
        for (int worker = 1; worker < ends.length; worker++) {
            Arrays.fill(owners, ends[worker - 1], ends[worker], worker);
        }
        return new Placement(firsts, owners);
    }

    /**
     * The cuts, with partitions that stay where they are. The others go to the workers in stretches of neighbours, so that in the end
     * nobody has more to do for its power than another, as far as can be. Empty where there is no room for one.
     *
     * @param keepers by partition, the worker with which it stays, or -1
     */
    Optional<Placement> around(int[] keepers, List<Capacity> workers) {
        double[] room = workers.stream().mapToDouble(this::most).toArray();
        double[] wanted = additions(keepers, workers);
        for (int p = 0; p < keepers.length; p++) {
            if (keepers[p] >= 0) {
                room[keepers[p]] -= size(p);
            }
        }
        int[] owners = keepers.clone();
        int next = 0;
        for (int p = 0; p < owners.length; p++) {
            if (owners[p] < 0) {
                // A stretch ends where it comes nearest to what is wanted, or to what there is room for.
                while (next < wanted.length - 1 && (wanted[next] < size(p) / 2 || room[next] < size(p))) {
                    next++;
                }
                int owner = room[next] >= size(p) ? next : roomiest(room);
                if (room[owner] < size(p)) {
                    return Optional.empty();
                }
                owners[p] = owner;
                wanted[owner] -= size(p);
                room[owner] -= size(p);
            }
        }
        return Optional.of(new Placement(firsts, owners));
    }

    private double size(int partition) {
        return before[partition + 1] - before[partition];
    }

    private static int roomiest(double[] room) {
        int roomiest = 0;
        for (int worker = 1; worker < room.length; worker++) {
            roomiest = room[worker] > room[roomiest] ? worker : roomiest;
        }
        return roomiest;
    }

    /** How much each worker should get beside what it keeps: those that have least for their power are filled up to one level. */
    private double[] additions(int[] keepers, List<Capacity> workers) {
        var load = new double[workers.size()];
        double left = all();
        for (int p = 0; p < keepers.length; p++) {
            if (keepers[p] >= 0) {
                load[keepers[p]] += size(p);
                left -= size(p);
            }
        }
        int[] emptiestFirst = IntStream.range(0, load.length).boxed()
            .sorted(Comparator.comparingDouble(worker -> load[worker] / workers.get(worker).power())).mapToInt(worker -> worker).toArray();
        double level = 0;
        double filled = 0;
        double power = 0;
        for (int i = 0; i < emptiestFirst.length; i++) {
            double own = load[emptiestFirst[i]] / workers.get(emptiestFirst[i]).power();
            if (i > 0 && own * power - filled >= left) {
                break;
            }
            filled += load[emptiestFirst[i]];
            power += workers.get(emptiestFirst[i]).power();
            level = (filled + left) / power;
        }
        var additions = new double[load.length];
        for (int worker = 0; worker < load.length; worker++) {
            additions[worker] = Math.max(0, level * workers.get(worker).power() - load[worker]);
        }
        return additions;
    }

    private static double[] unlimited(List<Capacity> workers) {
        var most = new double[workers.size()];
        Arrays.fill(most, Double.POSITIVE_INFINITY);
        return most;
    }

    /** By worker, how much lies with it where these own the partitions, in the unit of {@link #before}. */
    double[] shares(int[] owners, int workers) {
        var shares = new double[workers];
        for (int p = 0; p < owners.length; p++) {
            shares[owners[p]] += before[p + 1] - before[p];
        }
        return shares;
    }

    /** How much each worker should have: by threads and their speed, among those whose memory does not set them a bound. */
    private double[] ideal(List<Capacity> workers, double[] most) {
        var ideal = new double[workers.size()];
        var isFull = new boolean[ideal.length];
        boolean changed = true;
        while (changed) {
            double left = all();
            double power = 0;
            for (int worker = 0; worker < ideal.length; worker++) {
                left -= isFull[worker] ? most[worker] : 0;
                power += isFull[worker] ? 0 : workers.get(worker).power();
            }
            changed = false;
            for (int worker = 0; worker < ideal.length; worker++) {
                ideal[worker] = isFull[worker] ? most[worker] : left * workers.get(worker).power() / power;
                if (ideal[worker] > most[worker]) {
                    isFull[worker] = true;
                    changed = true;
                }
            }
        }
        return ideal;
    }

    /** By worker: the first partition that its run may begin with if that and all runs behind it are as long as memory allows. */
    private int[] starts(double[] most) {
        var starts = new int[most.length];
        int start = partitions();
        for (int worker = most.length - 1; worker >= 0; worker--) {
            double least = before[start] - most[worker];
            while (start > 0 && before[start - 1] >= least) {
                start--;
            }
            starts[worker] = start;
        }
        return starts;
    }

    /**
     * By worker: the end of its run. As near as can be to what is ideal, but not before those that follow have room for what is left, nor
     * behind where the worker's own room ends: as no run begins before its least start, that room reaches as far.
     */
    private int[] ends(double[] ideal, double[] most) {
        int[] starts = starts(most);
        var ends = new int[most.length];
        int start = 0;
        double wanted = 0;
        for (int worker = 0; worker < ends.length - 1; worker++) {
            wanted += ideal[worker];
            int end = Math.max(start, starts[worker + 1]);
            while (end < partitions() && before[end + 1] - before[start] <= most[worker]
                && before[end + 1] - wanted <= wanted - before[end]) {
                end++;
            }
            ends[worker] = end;
            start = end;
        }
        ends[ends.length - 1] = partitions();
        return ends;
    }
}
