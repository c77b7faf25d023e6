package org.superstep.worker;

/**
 * When a worker process tries to reach a master: 0.5 s after it has failed, then after twice as long each time, up to 2 s, so that it is
 * there when a master is started again; after a minute up to 10 s. For as long as its maker says: at first because an address may be
 * mistyped, and once it has been a member because some masters are never started again.
 */
final class MasterSearch {
    static final long FIRST_RETRY_NANOS = 500_000_000L;
    static final long LONGEST_EARLY_RETRY_NANOS = 2_000_000_000L;
    static final long EARLY_NANOS = 60_000_000_000L;
    static final long LONGEST_RETRY_NANOS = 10_000_000_000L;
    static final long LOG_NANOS = 10_000_000_000L;

    private final long patienceNanos;
    private final long lossPatienceNanos;
    private boolean hasBegun;
    private long beganNanos;
    private boolean hasFound;
    private long nextNanos;
    private long retryNanos = FIRST_RETRY_NANOS;
    private boolean hasSaid;
    private long saidNanos;

    /** A search for the first master, and later for one that was lost, for so long each; {@link Long#MAX_VALUE}: for ever. */
    MasterSearch(long patienceNanos, long lossPatienceNanos) {
        this.patienceNanos = patienceNanos;
        this.lossPatienceNanos = lossPatienceNanos;
    }

    /** Whether it is time to try; the first time always is. */
    boolean isDue(long now) {
        if (!hasBegun) {
            hasBegun = true;
            beganNanos = now;
            return true;
        }
        return now - nextNanos >= 0;
    }

    /** Whether no master was found in all the time that there was. */
    boolean isInVain(long now) {
        return searchedNanos(now) >= (hasFound ? lossPatienceNanos : patienceNanos);
    }

    /** How long it has gone on. */
    long searchedNanos(long now) {
        return now - beganNanos;
    }

    /** Whether to say why it takes so long: not with each failure. */
    boolean hasToSay(long now) {
        if (hasSaid && now - saidNanos < LOG_NANOS) {
            return false;
        }
        hasSaid = true;
        saidNanos = now;
        return true;
    }

    /** It was tried, and failed. */
    void failed(long now) {
        nextNanos = now + retryNanos;
        retryNanos = Math.min(2 * retryNanos, searchedNanos(now) < EARLY_NANOS ? LONGEST_EARLY_RETRY_NANOS : LONGEST_RETRY_NANOS);
    }

    /** The process is a member now. */
    void found() {
        hasFound = true;
        retryNanos = FIRST_RETRY_NANOS;
        hasSaid = false;
    }

    /** The master is gone; another try comes soon. */
    void lost(long now) {
        beganNanos = now;
        nextNanos = now + retryNanos;
    }
}
