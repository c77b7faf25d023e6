package org.superstep.worker;

import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;

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

    /** A column of a partition, by the vertices' order; not to be changed. */
    public double[] values(int partition, DoubleColumn column) {
        return partitions[partition].columns.doubles[column.index()];
    }

    /** A column of a partition, by the vertices' order; not to be changed. */
    public long[] values(int partition, LongColumn column) {
        return partitions[partition].columns.longs[column.index()];
    }

    /** A column of a partition, by the vertices' order; not to be changed. */
    public int[] values(int partition, IntColumn column) {
        return partitions[partition].columns.ints[column.index()];
    }
}
