package org.superstep;

import java.time.Duration;
import java.util.Objects;
import org.superstep.worker.Disturbance.Moment;

/**
 * A fault that is to happen to a worker, so that what it costs can be tried; in words {@code kill worker 2 at superstep 5 compute}.
 *
 * @param action what is done
 * @param worker to which worker, from 1
 * @param superstep in which superstep; -1: whatever it is, as it has none or there is but one such moment
 * @param moment when in it
 * @param attempt in which of the job's attempts, from 1
 * @param lasting for how long, where that means something
 */
public record Injection(Action action, int worker, int superstep, Moment moment, int attempt, Duration lasting) {
    /** What is done to a worker. */
    public enum Action {
        /** Its process ends at once, as by {@code kill -9}. */
        KILL,
        /** Its process stands still for a while, and then goes on as if nothing had been. */
        PAUSE,
        /** Its connections break. */
        DISCONNECT,
        /** A bit of what it sends or saves then is flipped. */
        CORRUPT,
        /** It takes so much longer. */
        SLOW
    }

    /** Checks what must be there. */
    public Injection {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(lasting, "lasting");
    }
}
