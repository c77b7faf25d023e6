package org.superstep.cluster;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.superstep.net.FromMember;
import org.superstep.worker.WorkerJob;

/** Tells the master how a worker's reading comes along, at most every 100 ms and when all has been read. Any thread may call. */
final class ReadingNews implements WorkerJob.ReadListener {
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

    @Override public void opened(String description, long bytes) {
        opened = bytes;
        master.accept(new FromMember.Reading(job, worker, description, bytes, 0, 0));
    }

    @Override public void advanced(long bytes, long edges) {
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
