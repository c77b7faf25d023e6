package org.superstep.soak;

import java.time.Duration;

/**
 * Something that happens to a job's processes from outside.
 *
 * @param kind what
 * @param worker to which worker, from 0, where it is about one
 * @param superstep once this superstep has ended; -1: right after the next loss was told, while the job recovers from it
 * @param lasting for how long, where it lasts
 */
record OutsideFault(Kind kind, int worker, int superstep, Duration lasting) {
    /** What happens. */
    enum Kind {
        /** {@code kill -9} of a worker. */
        KILL_WORKER("kill -9 of a worker"),
        /** SIGSTOP, and later SIGCONT, of a worker. */
        STOP_WORKER("SIGSTOP, SIGCONT of a worker"),
        /** {@code kill -9} of the command; the job is resumed. */
        KILL_COMMAND("kill -9 of the command"),
        /** Ctrl-C; the job is resumed. */
        INTERRUPT_COMMAND("Ctrl-C"),
        /** {@code kill -9} of the cluster's master, which is started again. */
        KILL_MASTER("kill -9 of the master"),
        /** {@code superstep suspend}; the job is resumed. */
        SUSPEND("superstep suspend"),
        /** {@code superstep drain} of a worker. */
        DRAIN("superstep drain");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** In the report. */
        String words() {
            return words;
        }
    }

    @Override public String toString() {
        return kind.words + (kind == Kind.KILL_WORKER || kind == Kind.STOP_WORKER || kind == Kind.DRAIN ? " " + (worker + 1) : "")
            + (superstep < 0 ? " while recovering" : " after superstep " + superstep)
            + (lasting.isZero() ? "" : " for " + lasting.toMillis() + "ms");
    }
}
