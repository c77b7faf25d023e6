package org.superstep.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.superstep.net.FromMember;

/** Tells the master how a worker's reading comes along, at most every 100 ms and when all has been read. Any thread may call. */
final class ReadingNews {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long job;
    private final int worker;
    private final Consumer<FromMember> master;
    private final AtomicLong untoldBytes = new AtomicLong();
    private final AtomicLong untoldEdges = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
    private volatile long opened;

    ReadingNews(long job, int worker, Consumer<FromMember> master) {
        this.job = job;
        this.worker = worker;
        this.master = master;
    }

    /** The share has been opened: what was decided about it, and its size in bytes as stored. */
    void opened(String description, long bytes) {
        opened = bytes;
        master.accept(new FromMember.Reading(job, worker, description, bytes, 0, 0));
    }

    /** So many more bytes and edges have been read. */
    void advanced(long bytes, long edges) {
        untoldBytes.addAndGet(bytes);
        untoldEdges.addAndGet(edges);
        long now = System.nanoTime();
        long last = lastNanos.get();
        if (read.addAndGet(bytes) >= opened || now - last >= PAUSE_NANOS && lastNanos.compareAndSet(last, now)) {
            tell();
        }
    }

    /** Tells what is still untold. */
    void tell() {
        long bytes = untoldBytes.getAndSet(0);
        long edges = untoldEdges.getAndSet(0);
        if (bytes != 0 || edges != 0) {
            master.accept(new FromMember.Reading(job, worker, "", 0, bytes, edges));
        }
    }
}
