package org.superstep.net;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.superstep.net.wire.ControlCodec;
import org.superstep.net.wire.PeerCodec;

/**
 * A transport inside one process: a mailbox each for the master and every worker, emptied by whoever runs that end. The mailboxes have no
 * bound: the barrier bounds what can be under way to one superstep's outboxes, and loading to one graph's arcs.
 *
 * <p>With several workers every message is encoded and decoded on its way, so that what arrives is what would cross a network; only the
 * cause of a failure stays with it, for callers in this process. One worker's messages are handed over as they are: a small superstep takes
 * microseconds, and a plain run loads no class of the encodings.
 */
public final class InProcessTransport implements Transport {
    /** What a worker is sent last. */
    public static final Object END = new Object();
    /** Any number: the mailboxes are one job's. */
    private static final long JOB = 1;
    private static final long EPOCH = 1;

    private final BlockingQueue<ToMaster> master = new LinkedBlockingQueue<>();
    private final List<BlockingQueue<Object>> workers;
    private final boolean isEncoding;

    /** Empty mailboxes for the master and so many workers. */
    public InProcessTransport(int workers) {
        this.workers = IntStream.range(0, workers).<BlockingQueue<Object>>mapToObj(i -> new LinkedBlockingQueue<>()).toList();
        isEncoding = workers > 1;
    }

    @Override public void toMaster(ToMaster message) {
        master.add(isEncoding ? received(message) : message);
    }

    private static ToMaster received(ToMaster message) {
        byte[] bytes = ControlCodec.encode(new FromMember.Says(JOB, message));
        var says = (FromMember.Says) ControlCodec.fromMember(bytes);
        return message instanceof ToMaster.Failed ? message : says.message();
    }

    /** Takes a command to a worker; returns at once. Any thread may call. */
    public void toWorker(int worker, ToWorker message) {
        workers.get(worker).add(isEncoding ? received(message) : message);
    }

    private static ToWorker received(ToWorker message) {
        return ((ToMember.Tell) ControlCodec.toMember(ControlCodec.encode(new ToMember.Tell(JOB, message)))).command();
    }

    @Override public void toPeer(int worker, ToPeer message) {
        workers.get(worker).add(isEncoding ? PeerCodec.decode(PeerCodec.encode(message, JOB, EPOCH)) : message);
    }

    /** Puts {@link #END} behind all that this worker has been sent so far. */
    public void endWorker(int worker) {
        workers.get(worker).add(END);
    }

    /** The next message to the master; waits for it. */
    public ToMaster takeForMaster() throws InterruptedException {
        return master.take();
    }

    /** The next message to this worker, a {@link ToWorker}, a {@link ToPeer} or {@link #END}; waits for it. */
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
