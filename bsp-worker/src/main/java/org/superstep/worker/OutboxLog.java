package org.superstep.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a worker's partitions have said since the job was last saved: of each superstep and partition the outbox, as {@link OutboxFrame}
 * draws it for one who hears all. A partition that has said nothing has none. From {@link #from} on, the log lacks nothing.
 *
 * <p>A job does not fail of its log. What {@link LogBlocks} cannot take makes it begin anew with the superstep after the one that runs, and
 * the {@link #hindrance} says so. Here it is kept where outboxes are in the blocks.
 */
final class OutboxLog implements AutoCloseable {
    private final LogBlocks blocks;
    /** By superstep, then partition. */
    private final TreeMap<Integer, Map<Integer, Span>> outboxes = new TreeMap<>();
    private int from;
    /** The last superstep of which anything was kept. */
    private int last = -1;
    private String hindrance = "";

    private record Span(long at, int bytes) {
    }

    /** A log that begins with superstep 0. */
    OutboxLog(LogPlan plan) {
        this(new LogBlocks(plan));
    }

    /** The same in these blocks, which it owns. */
    OutboxLog(LogBlocks blocks) {
        this.blocks = blocks;
    }

    /** The first superstep of which, and of all that followed, nothing is missing. */
    synchronized int from() {
        notice();
        return from;
    }

    /** Why that is no earlier one, in a few words; empty: nobody should ask for what was before. */
    synchronized String hindrance() {
        notice();
        return hindrance;
    }

    /** Blocks may have come into trouble behind everybody's back. */
    private void notice() {
        String trouble = blocks.trouble();
        if (!trouble.isEmpty()) {
            begin(Math.max(from, last + 1), trouble);
        }
    }

    /** Forgets all, and begins anew with this superstep; {@code why} is the {@link #hindrance}. Not while anybody keeps. */
    synchronized void begin(int superstep, String why) {
        outboxes.clear();
        blocks.clear();
        from = superstep;
        last = superstep - 1;
        hindrance = why;
    }

    /**
     * Keeps what a partition says in a superstep; the bytes stay the writer's. Any thread may call, one for a partition. Waits where the
     * disk does not take what is too much for memory as fast as it comes.
     */
    void keep(int superstep, int partition, ByteBuffer outbox) {
        long at;
        synchronized (this) {
            notice();
            if (superstep < from) {
                return;
            }
            last = Math.max(last, superstep);
            at = blocks.reserve(outbox.remaining());
            if (at < 0) {
                notice();
                return;
            }
            outboxes.computeIfAbsent(superstep, none -> new TreeMap<>()).put(partition, new Span(at, outbox.remaining()));
        }
        blocks.write(at, outbox);
    }

    /**
     * What a partition said in a superstep; null: nothing. Any thread may call, while nobody keeps.
     *
     * @throws IOException if the log does not tell, in one line that says why
     */
    byte[] outbox(int superstep, int partition) throws IOException {
        Span span;
        synchronized (this) {
            notice();
            if (superstep < from) {
                throw new IOException(hindrance.isEmpty() ? "the log begins with superstep " + from : hindrance);
            }
            span = outboxes.getOrDefault(superstep, Map.of()).get(partition);
        }
        return span == null ? null : blocks.read(span.at, span.bytes);
    }

    /** Forgets what was said before this superstep. */
    synchronized void forgetBefore(int superstep) {
        notice();
        if (superstep > from) {
            Map<Integer, Map<Integer, Span>> old = outboxes.headMap(superstep);
            old.values().forEach(spans -> spans.values().forEach(this::release));
            old.clear();
            from = superstep;
            hindrance = "";
        }
    }

    private void release(Span span) {
        blocks.release(span.at, span.bytes);
    }

    /** Forgets what partitions have said that are not among these. */
    synchronized void retain(Set<Integer> partitions) {
        for (Map<Integer, Span> spans : outboxes.values()) {
            for (Iterator<Map.Entry<Integer, Span>> all = spans.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Integer, Span> next = all.next();
                if (!partitions.contains(next.getKey())) {
                    release(next.getValue());
                    all.remove();
                }
            }
        }
    }

    /** Forgets all, and gives back the space. */
    @Override public synchronized void close() {
        outboxes.clear();
        blocks.close();
    }
}
