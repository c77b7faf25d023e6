package org.superstep.master;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.superstep.graph.Program;
import org.superstep.net.Delivery;

/**
 * What the coordinator has to know of its job.
 *
 * @param program the program, frozen
 * @param undirected whether each edge read is an edge both ways
 * @param capacities what each worker can take on, by worker
 * @param partitions how many partitions to cut; 0: as many as suit the size
 * @param delivery pull, push, or as counts say
 * @param maxSupersteps a job that has not ended after so many fails; 0: no limit
 * @param writes whether workers have something to write or to tell at the end: rows, records or their parts of a table
 * @param partial whether a job that has reached the limit ends there, and its output is written, instead of failing
 * @param checkpoints how the job is saved, if it is
 * @param traced ids of vertices whose traces will come; not to be changed
 */
public record JobPlan(Program program, boolean undirected, List<Capacity> capacities, int partitions, Delivery delivery, int maxSupersteps,
        boolean writes, boolean partial, Optional<CheckpointPlan> checkpoints, long[] traced) {
    /** A job that fails at the limit and traces nothing, on workers alike that have all the memory that they want. */
    public JobPlan(Program program, boolean undirected, int workers, int threads, int partitions, Delivery delivery, int maxSupersteps,
            boolean writes) {
        this(program, undirected, Capacity.equal(workers, threads, Long.MAX_VALUE), partitions, delivery, maxSupersteps, writes, false,
            Optional.empty(), new long[0]);
    }

    /** Checks what must be there. */
    public JobPlan {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(delivery, "delivery");
        capacities = List.copyOf(capacities);
    }

    /** How many workers there are. */
    public int workers() {
        return capacities.size();
    }

    /** Their compute threads, together. */
    public int threads() {
        return capacities.stream().mapToInt(Capacity::threads).sum();
    }
}
