package org.superstep.worker;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.Column;
import org.superstep.graph.internal.RecordList;

/**
 * The vertices of one worker with their columns, in ascending order of ids, and the records that were emitted; for reading in the same
 * process, once the job has ended. Keeps nothing else of the graph.
 */
public final class Rows {
    private final Part[] parts;

    /** What is read of a partition. */
    private record Part(int number, long[] ids, Columns columns, RecordList[] records) {
        Part(Partition partition) {
            this(partition.number, partition.ids, partition.columns, partition.records);
        }
    }

    Rows(Partition[] partitions) {
        parts = Arrays.stream(partitions).map(Part::new).toArray(Part[]::new);
    }

    /** How many partitions there are. */
    public int partitions() {
        return parts.length;
    }

    /** The ids of a partition's vertices, ascending; not to be changed. Partitions ascend too. */
    public long[] ids(int partition) {
        return parts[partition].ids;
    }

    /** What a vertex holds in these columns, {@code rank = 0.5, visits = 3}; empty where there is no such vertex. */
    public Optional<String> text(long vertexId, List<Column> columns) {
        for (Part part : parts) {
            int index = Arrays.binarySearch(part.ids, vertexId);
            if (index >= 0) {
                var values = new ValueTexts();
                columns.forEach(column -> column.encode(part.columns.array(column), index, values));
                return Optional.of(VertexText.state(columns, values.texts()));
            }
        }
        return Optional.empty();
    }

    /** The partition's number among those of all workers. */
    public int number(int partition) {
        return parts[partition].number;
    }

    /** What a partition's vertices have emitted to the output with this index, supersteps ascending. */
    public List<RecordList.Run> records(int partition, int output) {
        return parts[partition].records[output].runs();
    }

    /** A column of a partition, by the vertices' order, as the array that the column makes; not to be changed. */
    public Object values(int partition, Column column) {
        return parts[partition].columns.array(column);
    }
}
