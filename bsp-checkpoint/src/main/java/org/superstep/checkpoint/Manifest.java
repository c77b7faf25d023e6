package org.superstep.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * All that is needed to go on with a job from before one of its supersteps. As bytes, little-endian, where a text is its length in bytes
 * and its UTF-8, and what is repeated comes behind its count (4 bytes both):
 *
 * <pre>
 *   bytes  field
 *       8  the letters SUPRSTEP
 *       4  version of this layout
 *    text  version of Superstep
 *    text  token             JobIdentity
 *    text  program
 *   n text words
 *   n text jars
 *       8  seed
 *       8  created, milliseconds of the epoch
 *       8  leader
 *       4  superstep
 *    n  8  cuts
 *    3  4  phase, the superstep it began with, the phase that spoke
 *       1  whether messages are delivered: 0 or 1
 *    8  8  awake, messages, sends, edges into and out of vertices halted for good, dropped, vertices, edges
 *    n  8  aggregates
 *    n  8  globals
 *    n     what has been added to each aggregator that persists: n 8, or -1 in place of the count where there is nothing
 *   n text files: whatever segments name, each once
 *          for each partition:
 *    3  8    vertices, edges, needed bytes
 *      24    topology        a segment: 4 number of the file, 8 offset, 8 bytes, 4 checksum
 *      24    state
 *    n 24    records
 *       4  CRC32C of all that comes before
 * </pre>
 *
 * <p>The first two fields and the last stay where they are in every version to come, so that what a newer Superstep has written is told
 * from what is damaged.
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

        /** All its segments. */
        public List<Segment> segments() {
            var segments = new ArrayList<Segment>(records.size() + 2);
            segments.add(topology);
            segments.add(state);
            segments.addAll(records);
            return segments;
        }
    }

    /** What it is called in its folder. */
    public String name() {
        return fileName().toString();
    }

    /** Whether the segment was written for this checkpoint; others it shares with those before it. */
    public boolean isOwn(Segment segment) {
        return segment.file().startsWith(fileName().stem());
    }

    FileName.Commit fileName() {
        return new FileName.Commit(superstep, leader, true);
    }

    /** A manifest's bytes, closed by a checksum of all that comes before. */
    public byte[] encoded() {
        return ManifestEncoder.encode(this);
    }

    /**
     * What {@link #encoded} has given.
     *
     * @param name what the bytes are called where they cannot be used
     * @throws DamagedException where the bytes are anything else
     * @throws IOException where they are whole, but of a version that is not known here
     */
    public static Manifest decoded(String name, byte[] bytes) throws IOException {
        return ManifestDecoder.decode(name, bytes);
    }
}
