package org.superstep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.superstep.job.DurationText;
import org.superstep.job.Harm;
import org.superstep.worker.Disturbance;
import org.superstep.worker.Disturbance.Moment;

/**
 * A fault that is to happen to a worker once, so that what it costs can be tried; in words {@code kill worker 2 at superstep 5 compute}:
 *
 * <pre>
 *   ACTION worker N at [superstep S] MOMENT [for TIME] [in attempt K]
 *
 *   ACTION   kill, pause, disconnect, corrupt or slow; pause and slow say for how long
 *   MOMENT   load, compute, exchange, barrier, checkpoint, recover or write; without a superstep the first such moment
 *   K        which of the job's attempts: the first, or where MOMENT is recover the second
 * </pre>
 *
 * @param action what is done
 * @param worker to which worker, from 1
 * @param superstep in which superstep; -1: whatever it is, as it has none or there is but one such moment
 * @param moment when in it
 * @param attempt in which of the job's attempts, from 1
 * @param lasting for how long; zero where that means nothing
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
        if (worker < 1 || attempt < 1 || superstep < -1) {
            throw new IllegalArgumentException("workers and attempts are counted from 1, supersteps from 0; was worker " + worker
                + ", attempt " + attempt + ", superstep " + superstep);
        }
        if (superstep >= 0 && (moment == Moment.LOAD || moment == Moment.WRITE)) {
            throw new IllegalArgumentException(word(moment) + " belongs to no superstep; leave out \"superstep " + superstep + "\"");
        }
        if (lasting.isNegative() || lasting.isZero() == action.lasts()) {
            throw new IllegalArgumentException(action.lasts() ? word(action) + " must say for how long, such as \"for 20s\""
                : word(action) + " happens in an instant; leave out \"for " + DurationText.of(lasting) + "\"");
        }
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
        if (said.skip("for")) {
            lasting = said.time();
        }
        int attempt = moment == Moment.RECOVER ? 2 : 1;
        if (said.skip("in")) {
            said.require("attempt");
            attempt = said.number(1);
        }
        said.requireEnd();
        try {
            return new Injection(action, worker, superstep, moment, attempt, lasting);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + words + "\": " + e.getMessage(), e);
        }
    }

    /**
     * What these faults do to one worker of one attempt. Each happens once.
     *
     * @param worker the worker's number, from 0
     * @param attempt which of the job's attempts, from 1
     * @param harm does it to the worker, on its thread
     */
    public static Disturbance disturbance(List<Injection> faults, int worker, int attempt, Harm harm) {
        var due = new ArrayList<>(faults.stream().filter(fault -> fault.worker == worker + 1 && fault.attempt == attempt).toList());
        return due.isEmpty() ? Disturbance.NONE : (moment, superstep) -> {
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
            case SLOW -> {
                try {
                    Thread.sleep(lasting.toMillis());
                } catch (InterruptedException e) {
                    // The job has ended meanwhile; the worker looks at this.
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** The words that {@link #parse} makes it of again. */
    @Override public String toString() {
        return word(action) + " worker " + worker + " at " + (superstep < 0 ? "" : "superstep " + superstep + " ") + word(moment)
            + (action.lasts() ? " for " + DurationText.of(lasting) : "")
            + (attempt == (moment == Moment.RECOVER ? 2 : 1) ? "" : " in attempt " + attempt);
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
