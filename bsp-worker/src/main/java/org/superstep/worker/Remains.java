package org.superstep.worker;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.superstep.net.ToMaster;

/**
 * What a worker has kept of an attempt in which another one was lost: its partitions as they were when they had computed the superstep that
 * ran, and what they have said since the job was last saved. The next attempt's worker in the same process goes on with it. One owner at a
 * time, who closes it.
 */
public final class Remains implements AutoCloseable {
    /** The last superstep that the partitions have computed. */
    final int superstep;
    /** Ascending. */
    final List<Partition> partitions;
    /** What the slots in the partitions' lists stand for. */
    final long[] idOfSlot;
    final OutboxLog log;
    /** What the partitions have reported of that superstep, or would have. */
    final ToMaster.SuperstepDone report;
    /** What those of their vertices that are traced did in it, if any are. */
    final Optional<ToMaster.Traced> traced;

    Remains(int superstep, List<Partition> partitions, long[] idOfSlot, OutboxLog log, ToMaster.SuperstepDone report,
            Optional<ToMaster.Traced> traced) {
        this.superstep = superstep;
        this.partitions = List.copyOf(partitions);
        this.idOfSlot = idOfSlot;
        this.log = log;
        this.report = report;
        this.traced = traced;
    }

    /** The numbers of the partitions, ascending. */
    int[] numbers() {
        return partitions.stream().mapToInt(partition -> partition.number).toArray();
    }

    /** The partition with this number, which must be there. */
    Partition partition(int number) {
        return partitions.get(Arrays.binarySearch(numbers(), number));
    }

    /** What the master is told of it. */
    ToMaster.Kept told(int worker) {
        return new ToMaster.Kept(worker, numbers(), superstep, report.computed(), log.from(), log.hindrance());
    }

    /** Lets go of it. */
    @Override public void close() {
        log.close();
    }
}
