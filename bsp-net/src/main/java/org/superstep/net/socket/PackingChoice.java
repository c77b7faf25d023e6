package org.superstep.net.socket;

/**
 * Whether the next frame on a connection is worth packing, by what was measured on it: moving averages of how fast the network takes bytes,
 * how fast a thread packs them, and to what share of them. No clock and no I/O; any thread may call.
 *
 * <pre>
 *   the network                               figures                                the next frame
 *   not measured, fewer than 64 KB queued                                            as it is
 *   not measured, more are queued                                                    is packed, to have figures when it is measured
 *   needs less than 1 ms for what is queued                                          as it is: it is not what is waited for
 *   needs more                                nothing was packed yet                 is tried
 *   needs more                                through a tenth of its time earlier    is packed
 *   needs more                                not so                                 one in 16 is tried, the others as they are
 * </pre>
 *
 * <p>A frame is through when the network has taken what is queued before it, and then the frame; packing goes on at the same time as the
 * former, so that it costs only what it takes longer.
 */
final class PackingChoice {
    /** As much is queued before a network that nobody knows yet is taken for slow. */
    static final int UNKNOWN_BACKLOG_BYTES = 64 << 10;
    /** So long it takes the network to have taken what is queued, before it is taken for what all wait for. */
    static final long BACKLOG_NANOS = 1_000_000;
    /** One frame in so many is tried where packing does not pay, so that a change is noticed. */
    static final int TRIAL_EVERY = 16;
    /** What packing must save, of the time that the network takes for the frame as it is. */
    private static final double LEAST_SAVED = 0.1;
    /** What a new measurement counts in an average. */
    private static final double WEIGHT = 0.2;
    /** Measurements over fewer bytes are added up first: one write takes less time than the clock is good for. */
    private static final long LEAST_MEASURED_BYTES = 64 << 10;

    private double networkNanosAByte;
    private double packingNanosAByte;
    private double ratio;
    private int untried;
    private boolean isBusy;
    private long measuredNanos;
    private long takenNanos;
    private long takenBytes;

    /** Whether to pack a frame of so many bytes, when so many others are queued before it. */
    synchronized boolean packs(int bytes, long queuedBytes) {
        if (networkNanosAByte == 0) {
            return queuedBytes >= UNKNOWN_BACKLOG_BYTES;
        } else if (queuedBytes * networkNanosAByte < BACKLOG_NANOS) {
            return false;
        } else if (packingNanosAByte == 0) {
            return true;
        }
        double asItIs = bytes * networkNanosAByte;
        double longer = Math.max(0, bytes * packingNanosAByte - queuedBytes * networkNanosAByte);
        if (longer + ratio * asItIs < (1 - LEAST_SAVED) * asItIs) {
            return true;
        }
        untried = (untried + 1) % TRIAL_EVERY;
        return untried == 0;
    }

    /**
     * A frame of so many bytes has been packed into fewer, or into as many. To have been faster than the average counts at once, since what
     * makes one slower is mostly not packing: code that is not compiled yet, or another thread that had the core.
     */
    synchronized void packed(int bytes, int packedBytes, long nanos) {
        boolean isFirst = packingNanosAByte == 0;
        double measured = (double) Math.max(1, nanos) / bytes;
        packingNanosAByte = average(isFirst || measured < packingNanosAByte, packingNanosAByte, measured);
        ratio = average(isFirst, ratio, (double) packedBytes / bytes);
    }

    /**
     * The network has taken so many bytes at this time, and so many are left for it to take. Its time is counted while there was something
     * left: how fast a burst vanishes into an idle socket's buffer says nothing.
     */
    synchronized void taken(long bytes, long queuedBytes, long nowNanos) {
        if (isBusy) {
            takenNanos += nowNanos - measuredNanos;
            takenBytes += bytes;
            if (takenBytes >= LEAST_MEASURED_BYTES) {
                networkNanosAByte = average(networkNanosAByte == 0, networkNanosAByte, (double) Math.max(1, takenNanos) / takenBytes);
                takenNanos = 0;
                takenBytes = 0;
            }
        }
        isBusy = queuedBytes > 0;
        measuredNanos = nowNanos;
    }

    private static double average(boolean isNew, double old, double measured) {
        return isNew ? measured : old + WEIGHT * (measured - old);
    }
}
