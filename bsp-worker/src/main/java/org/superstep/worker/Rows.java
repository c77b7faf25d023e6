package org.superstep.worker;

import org.superstep.graph.Column;

/** The vertices of one worker with their columns, in ascending order of ids; for reading in the same process, once the job has ended. */
public final class Rows {
    private final Partition[] partitions;

    Rows(Partition[] partitions) {
        this.partitions = partitions;
    }

    /** How many partitions there are. */
    public int partitions() {
        return partitions.length;
    }

    /** The ids of a partition's vertices, ascending; not to be changed. Partitions ascend too. */
    public long[] ids(int partition) {
        return partitions[partition].ids;
    }

    /** A column of a partition, by the vertices' order, as the array that the column makes; not to be changed. */
    public Object values(int partition, Column column) {
        return partitions[partition].columns.array(column);
    }
}
