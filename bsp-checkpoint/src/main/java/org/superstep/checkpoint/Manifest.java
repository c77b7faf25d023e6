package org.superstep.checkpoint;

import java.util.List;
import java.util.Objects;

/**
 * All that is needed to go on with a job from before one of its supersteps.
 *
 * @param version which Superstep has written it
 * @param job which job it is
 * @param createdMillis when, in milliseconds of the epoch
 * @param leader the number of the process that has written it among those that have led the job, as {@link CheckpointFolder#lead} gives it
 * @param superstep which superstep is to run next
 * @param firsts the cuts: the least id of each partition but the first
 * @param master what the master knew
 * @param partitions what is saved of each partition, by number
 */
public record Manifest(String version, JobIdentity job, long createdMillis, long leader, int superstep, long[] firsts, MasterState master,
        List<Entry> partitions) {
    /** Checks what must be there. */
    public Manifest {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(master, "master");
        partitions = List.copyOf(partitions);
        if (partitions.size() != firsts.length + 1) {
            throw new IllegalArgumentException(firsts.length + " cuts make " + (firsts.length + 1) + " partitions, was "
                + partitions.size());
        }
    }

    /**
     * What is saved of one partition, in this checkpoint and those before it.
     *
     * @param vertices its vertices
     * @param edges edges that leave them
     * @param neededBytes about how much heap its topology takes
     * @param topology who hears whom
     * @param state columns, who is awake, and what is to be delivered
     * @param records what its vertices have emitted, the earliest first
     */
    public record Entry(long vertices, long edges, long neededBytes, Segment topology, Segment state, List<Segment> records) {
        /** Checks what must be there. */
        public Entry {
            Objects.requireNonNull(topology, "topology");
            Objects.requireNonNull(state, "state");
            records = List.copyOf(records);
        }
    }

    /** A manifest's bytes, closed by a checksum of all that comes before. */
    public byte[] encoded() {
        throw new UnsupportedOperationException();
    }

    /** What {@link #encoded} has given; {@link DamagedException} where the bytes are anything else. */
    public static Manifest decoded(String name, byte[] bytes) throws DamagedException {
        throw new UnsupportedOperationException();
    }
}
