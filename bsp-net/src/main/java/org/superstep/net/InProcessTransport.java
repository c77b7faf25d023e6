package org.superstep.net;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

/**
 * A transport inside one process: a mailbox each for the master and every worker, emptied by whoever runs that end. The mailboxes have no
 * bound: the barrier bounds what can be under way to one superstep's outboxes, and loading to one graph's arcs.
 */
public final class InProcessTransport implements Transport {
    private final BlockingQueue<ToMaster> master = new LinkedBlockingQueue<>();
    private final List<BlockingQueue<Object>> workers;

    /** Empty mailboxes for the master and so many workers. */
    public InProcessTransport(int workers) {
        this.workers = IntStream.range(0, workers).<BlockingQueue<Object>>mapToObj(i -> new LinkedBlockingQueue<>()).toList();
    }

    @Override public void toMaster(ToMaster message) {
        master.add(message);
    }

    /** Takes a command to a worker; returns at once. Any thread may call. */
    public void toWorker(int worker, ToWorker message) {
        workers.get(worker).add(message);
    }

    @Override public void toPeer(int worker, ToPeer message) {
        workers.get(worker).add(message);
    }

    /** The next message to the master; waits for it. */
    public ToMaster takeForMaster() throws InterruptedException {
        return master.take();
    }

    /** The next message to this worker, a {@link ToWorker} or {@link ToPeer}; waits for it. */
    public Object takeForWorker(int worker) throws InterruptedException {
        return workers.get(worker).take();
    }

    /** The next message to the master, or null where there is none. */
    public ToMaster pollForMaster() {
        return master.poll();
    }

    /** The next message to this worker, or null where there is none. */
    public Object pollForWorker(int worker) {
        return workers.get(worker).poll();
    }
}
