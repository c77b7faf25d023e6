package org.superstep.worker;

import org.superstep.net.ToMaster;

/**
 * Takes down where a worker's time goes in a superstep. One that is alone has nobody to send to or to wait for, and takes down nothing:
 * looking at the clock would show in a superstep of two microseconds.
 */
final class EffortClock {
    private final boolean isRunning;
    private long begunNanos;
    private long computedNanos;
    private long endedNanos;

    EffortClock(int workers) {
        isRunning = workers > 1;
    }

    private long now() {
        return isRunning ? System.nanoTime() : 0;
    }

    /** A superstep begins. */
    void begun() {
        begunNanos = now();
    }

    /** All partitions have computed, and what they said has been sent. */
    void computed() {
        computedNanos = now();
    }

    /** The worker has nothing to do any more but to take what comes. */
    void ended() {
        endedNanos = now();
    }

    /** What the superstep has come to; call when all has arrived and is decoded. */
    ToMaster.Effort effort(Outboxes left, Arrivals arrived) {
        if (!isRunning) {
            return ToMaster.Effort.NONE;
        }
        long waited = now() - endedNanos - arrived.decodingNanos();
        long shipping = left.shippingNanos();
        return new ToMaster.Effort(computedNanos - begunNanos - shipping, shipping + endedNanos - computedNanos + arrived.decodingNanos(),
            waited, left.sentBytes(), arrived.receivedBytes());
    }
}
