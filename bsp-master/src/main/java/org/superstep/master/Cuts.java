package org.superstep.master;

import java.util.Arrays;
import java.util.List;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;

/** Cuts the ids into partitions of about equal numbers of arcs, as samples of the workers' shares tell, and gives each worker a run. */
final class Cuts {
    /** Partitions for each compute thread: enough to even out skew, few enough that each is worth its overhead. */
    private static final int PARTITIONS_PER_THREAD = 32;
    /** Fewer edges than this do not make another partition worth while. */
    private static final long EDGES_PER_PARTITION = 4096;

    private Cuts() {
    }

    /** How many partitions suit about so many edges. */
    static int suitable(long edges, int threads, int workers) {
        long most = (long) PARTITIONS_PER_THREAD * threads;
        return (int) Math.max(workers, Math.min(most, 1 + edges / EDGES_PER_PARTITION));
    }

    /** The placement of so many partitions. */
    static Placement place(List<ToMaster.Sampled> samples, int partitions, int workers) {
        int count = samples.stream().mapToInt(sample -> sample.hearers().length).sum();
        var hearers = new long[count];
        int filled = 0;
        for (ToMaster.Sampled sample : samples) {
            System.arraycopy(sample.hearers(), 0, hearers, filled, sample.hearers().length);
            filled += sample.hearers().length;
        }
        Arrays.sort(hearers);
        var firsts = new long[partitions - 1];
        for (int cut = 0; cut < firsts.length; cut++) {
            firsts[cut] = count == 0 ? cut : hearers[(int) ((long) count * (cut + 1) / partitions)];
        }
        var owners = new int[partitions];
        for (int p = 0; p < partitions; p++) {
            owners[p] = (int) ((long) p * workers / partitions);
        }
        return new Placement(firsts, owners);
    }
}
