package org.superstep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.superstep.job.DurationText;
import org.superstep.job.Harm;
import org.superstep.worker.Disturbance;
import org.superstep.worker.Disturbance.Moment;

/**
 * A fault that is to happen to a worker, so that what it costs can be tried; in words {@code kill worker 2 at superstep 5 compute}:
 *
 * <pre>
 *   ACTION worker N at [superstep S] MOMENT [for TIME] [in attempt K]
 *   slow worker N at compute by FACTOR [in attempt K]
 *
 *   ACTION   kill, pause, disconnect, corrupt or slow; pause and slow say for how long
 *   MOMENT   load, compute, exchange, barrier, checkpoint, recover or write; without a superstep the first such moment
 *   FACTOR   in each superstep computing takes so many times as long as it would
 *   K        which of the job's attempts: the first, or where MOMENT is recover the second, or where there is a FACTOR each
 * </pre>
 *
 * <p>It happens once, unless there is a factor.
 *
 * @param action what is done
 * @param worker to which worker, from 1
 * @param superstep in which superstep; -1: whatever it is, as it has none or there is but one such moment
 * @param moment when in it
 * @param attempt in which of the job's attempts, from 1; 0: in each, of a fault with a factor
 * @param lasting for how long; zero where that means nothing
 * @param factor how many times as long all supersteps take the worker that is slow; 1: one moment takes longer, by {@code lasting}
 */
public record Injection(Action action, int worker, int superstep, Moment moment, int attempt, Duration lasting, int factor) {
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
        SLOW;

        private boolean lasts() {
            return this == PAUSE || this == SLOW;
        }
    }

    /** Checks that such a fault can happen. */
    public Injection {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(lasting, "lasting");
        boolean isSteady = factor != 1;
        if (isSteady && (factor < 1 || action != Action.SLOW || moment != Moment.COMPUTE || superstep >= 0 || !lasting.isZero())) {
            throw new IllegalArgumentException("\"by " + factor + "\" is for a worker whose computing is slow in every superstep, such as"
                + " \"slow worker 2 at compute by 3\"");
        }
        if (worker < 1 || attempt < (isSteady ? 0 : 1) || superstep < -1) {
            throw new IllegalArgumentException("workers and attempts are counted from 1, supersteps from 0; was worker " + worker
                + ", attempt " + attempt + ", superstep " + superstep);
        }
        if (superstep >= 0 && (moment == Moment.LOAD || moment == Moment.WRITE)) {
            throw new IllegalArgumentException(word(moment) + " belongs to no superstep; leave out \"superstep " + superstep + "\"");
        }
        if (lasting.isNegative() || lasting.isZero() == action.lasts() && !isSteady) {
            throw new IllegalArgumentException(action.lasts() ? word(action) + " must say for how long, such as \"for 20s\""
                : word(action) + " happens in an instant; leave out \"for " + DurationText.of(lasting) + "\"");
        }
    }

    /** A fault that happens once. */
    public Injection(Action action, int worker, int superstep, Moment moment, int attempt, Duration lasting) {
        this(action, worker, superstep, moment, attempt, lasting, 1);
    }

    /** The fault that these words name; an {@link IllegalArgumentException} says at which word they cannot be followed. */
    public static Injection parse(String words) {
        var said = new Words(words);
        var action = said.one(Action.class);
        said.require("worker");
        int worker = said.number(1);
        said.skip("at");
        int superstep = said.skip("superstep") ? said.number(0) : -1;
        var moment = said.one(Moment.class);
        var lasting = Duration.ZERO;
        int factor = 1;
        if (said.skip("for")) {
            lasting = said.time();
        } else if (said.skip("by")) {
            factor = said.number(2);
        }
        int attempt = usualAttempt(moment, factor);
        if (said.skip("in")) {
            said.require("attempt");
            attempt = said.number(1);
        }
        said.requireEnd();
        try {
            return new Injection(action, worker, superstep, moment, attempt, lasting, factor);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + words + "\": " + e.getMessage(), e);
        }
    }

    /**
     * What these faults do to one worker of one attempt.
     *
     * @param worker the worker's number, from 0
     * @param attempt which of the job's attempts, from 1
     * @param harm does it to the worker, on its thread
     */
    public static Disturbance disturbance(List<Injection> faults, int worker, int attempt, Harm harm) {
        var due = new ArrayList<>(faults.stream().filter(fault -> fault.worker == worker + 1
            && (fault.attempt == attempt || fault.attempt == 0)).toList());
        Disturbance steady = Slowness.of(due);
        return due.isEmpty() ? steady : (moment, superstep) -> {
            steady.at(moment, superstep);
            for (Iterator<Injection> left = due.iterator(); left.hasNext();) {
                Injection fault = left.next();
                if (fault.moment == moment && (fault.superstep < 0 || fault.superstep == superstep)) {
                    // Before it happens: what it does may never return.
                    left.remove();
                    fault.happen(harm);
                }
            }
        };
    }

    private void happen(Harm harm) {
        switch (action) {
            case KILL -> harm.kill();
            case PAUSE -> harm.pause(lasting);
            case DISCONNECT -> harm.disconnect();
            case CORRUPT -> {
                if (moment == Moment.CHECKPOINT) {
                    harm.corruptSaved();
                } else {
                    harm.corruptSent();
                }
            }
            case SLOW -> linger(lasting.toNanos());
        }
    }

    private static void linger(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            // The job has ended meanwhile; the worker looks at this.
            Thread.currentThread().interrupt();
        }
    }

    private static int usualAttempt(Moment moment, int factor) {
        return factor > 1 ? 0 : moment == Moment.RECOVER ? 2 : 1;
    }

    /** Makes a worker's computing take so many times as long: a superstep begins later by what the one before it would have taken less. */
    private static final class Slowness implements Disturbance {
        private final int factor;
        private long begunNanos;
        private long tookNanos;

        private Slowness(int factor) {
            this.factor = factor;
        }

        /** Takes those out of these faults that have a factor, of which the greatest counts. */
        static Disturbance of(List<Injection> faults) {
            int factor = faults.stream().mapToInt(fault -> fault.factor).max().orElse(1);
            faults.removeIf(fault -> fault.factor > 1);
            return factor == 1 ? NONE : new Slowness(factor);
        }

        @Override public void at(Moment moment, int superstep) {
            if (moment == Moment.COMPUTE) {
                linger((factor - 1) * tookNanos);
                begunNanos = System.nanoTime();
            } else if (moment == Moment.EXCHANGE) {
                tookNanos = System.nanoTime() - begunNanos;
            }
        }
    }

    /** The words that {@link #parse} makes it of again. */
    @Override public String toString() {
        return word(action) + " worker " + worker + " at " + (superstep < 0 ? "" : "superstep " + superstep + " ") + word(moment)
            + (factor > 1 ? " by " + factor : action.lasts() ? " for " + DurationText.of(lasting) : "")
            + (attempt == usualAttempt(moment, factor) ? "" : " in attempt " + attempt);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Words that are taken one by one. */
    private static final class Words {
        private final String all;
        private final String[] words;
        private int next;

        Words(String all) {
            this.all = all;
            words = all.isBlank() ? new String[0] : all.strip().split("\\s+");
        }

        /** Takes this word if it comes next. */
        boolean skip(String word) {
            boolean isNext = next < words.length && words[next].equals(word);
            next += isNext ? 1 : 0;
            return isNext;
        }

        void require(String word) {
            if (!skip(word)) {
                throw fault("\"" + word + "\"");
            }
        }

        <E extends Enum<E>> E one(Class<E> type) {
            var constants = new ArrayList<String>();
            for (E constant : type.getEnumConstants()) {
                if (skip(word(constant))) {
                    return constant;
                }
                constants.add(word(constant));
            }
            throw fault("one of " + String.join(", ", constants));
        }

        int number(int least) {
            try {
                int number = Integer.parseInt(next < words.length ? words[next] : "");
                if (number >= least) {
                    next++;
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below, like a number out of range.
            }
            throw fault("a number of at least " + least);
        }

        Duration time() {
            if (next < words.length) {
                try {
                    return DurationText.parse(words[next++]);
                } catch (IllegalArgumentException e) {
                    next--;
                }
            }
            throw fault("a time such as 500ms or 20s");
        }

        void requireEnd() {
            if (next < words.length) {
                throw fault("the end");
            }
        }

        private IllegalArgumentException fault(String expected) {
            String place = next == 0 ? "" : " after \"" + words[next - 1] + "\"";
            return new IllegalArgumentException("\"" + all + "\": expected " + expected + place + (next < words.length ? ", was \""
                + words[next] + "\"" : "") + "; such as \"kill worker 2 at superstep 5 compute\"");
        }
    }
}
