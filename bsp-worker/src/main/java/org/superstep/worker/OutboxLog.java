package org.superstep.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a worker's partitions have said since the job was last saved: of each superstep and partition the outbox, as {@link OutboxFrame}
 * draws it for one who hears all. A partition that has said nothing has none. From {@link #from} on, the log lacks nothing.
 */
final class OutboxLog implements AutoCloseable {
    private final LogPlan plan;
    private final ConcurrentHashMap<Long, byte[]> outboxes = new ConcurrentHashMap<>();
    private int from;
    private String hindrance = "";

    /** A log that begins with superstep 0. */
    OutboxLog(LogPlan plan) {
        this.plan = plan;
    }

    private static long key(int superstep, int partition) {
        return (long) superstep << 32 | partition;
    }

    /** The first superstep of which, and of all that followed, nothing is missing. */
    int from() {
        return from;
    }

    /** Why that is no earlier one, in a few words; empty: nobody should ask for what was before. */
    String hindrance() {
        return hindrance;
    }

    /** Forgets all, and begins anew with this superstep; {@code why} is the {@link #hindrance}. Not while anybody keeps. */
    void begin(int superstep, String why) {
        outboxes.clear();
        from = superstep;
        hindrance = why;
    }

    /** Keeps what a partition says in a superstep; the bytes stay the writer's. Any thread may call, one for a partition. */
    void keep(int superstep, int partition, ByteBuffer outbox) {
        var bytes = new byte[outbox.remaining()];
        outbox.get(bytes);
        outboxes.put(key(superstep, partition), bytes);
    }

    /** What a partition said in a superstep; null: nothing. Any thread may call, while nobody keeps. */
    byte[] outbox(int superstep, int partition) throws IOException {
        return outboxes.get(key(superstep, partition));
    }

    /** Forgets what was said before this superstep. */
    void forgetBefore(int superstep) {
        if (superstep > from) {
            outboxes.keySet().removeIf(key -> key >>> 32 < superstep);
            from = superstep;
            hindrance = "";
        }
    }

    /** Forgets what partitions have said that are not among these. */
    void retain(Set<Integer> partitions) {
        outboxes.keySet().removeIf(key -> !partitions.contains((int) (long) key));
    }

    /** Forgets all, and gives back the space. */
    @Override public void close() {
        outboxes.clear();
    }
}
