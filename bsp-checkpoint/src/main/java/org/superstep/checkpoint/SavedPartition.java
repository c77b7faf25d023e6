package org.superstep.checkpoint;

import java.util.Objects;

/**
 * What a worker has saved of one partition in one checkpoint.
 *
 * @param partition its number in the placement
 * @param vertices its vertices
 * @param edges edges that leave them
 * @param neededBytes about how much heap its topology takes
 * @param topology who hears whom; null: as in the checkpoint before
 * @param state columns, who is awake, and what is to be delivered
 * @param records what its vertices have emitted since the checkpoint before; null: nothing
 */
public record SavedPartition(int partition, long vertices, long edges, long neededBytes, Segment topology, Segment state,
        Segment records) {
    /** Checks what must be there. */
    public SavedPartition {
        Objects.requireNonNull(state, "state");
    }
}
