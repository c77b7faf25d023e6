package org.superstep.master;

import java.util.Objects;
import org.superstep.graph.Program;
import org.superstep.net.Delivery;

/**
 * What the coordinator has to know of its job.
 *
 * @param program the program, frozen
 * @param undirected whether each edge read is an edge both ways
 * @param workers how many workers there are
 * @param threads their compute threads, together
 * @param partitions how many partitions to cut; 0: as many as suit the size
 * @param delivery pull, push, or as counts say
 * @param maxSupersteps a job that has not ended after so many fails; 0: no limit
 * @param writes whether workers have something to write or to tell at the end: rows, records or their parts of a table
 * @param partial whether a job that has reached the limit ends there, and its output is written, instead of failing
 * @param traced ids of vertices whose traces will come; not to be changed
 */
public record JobPlan(Program program, boolean undirected, int workers, int threads, int partitions, Delivery delivery, int maxSupersteps,
        boolean writes, boolean partial, long[] traced) {
    /** A job that fails at the limit and traces nothing. */
    public JobPlan(Program program, boolean undirected, int workers, int threads, int partitions, Delivery delivery, int maxSupersteps,
            boolean writes) {
        this(program, undirected, workers, threads, partitions, delivery, maxSupersteps, writes, false, new long[0]);
    }

    /** Checks what must be there. */
    public JobPlan {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(delivery, "delivery");
    }
}
