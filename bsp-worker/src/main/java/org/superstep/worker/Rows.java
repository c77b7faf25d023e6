package org.superstep.worker;

import java.util.List;
import org.superstep.graph.Column;
import org.superstep.graph.internal.RecordList;

/**
 * The vertices of one worker with their columns, in ascending order of ids, and the records that were emitted; for reading in the same
 * process, once the job has ended.
 */
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

    /** The partition's number among those of all workers. */
    public int number(int partition) {
        return partitions[partition].number;
    }

    /** What a partition's vertices have emitted to the output with this index, supersteps ascending. */
    public List<RecordList.Run> records(int partition, int output) {
        return partitions[partition].records[output].runs();
    }

    /** A column of a partition, by the vertices' order, as the array that the column makes; not to be changed. */
    public Object values(int partition, Column column) {
        return partitions[partition].columns.array(column);
    }
}
