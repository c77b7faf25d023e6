package org.superstep.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.superstep.Injection;
import org.superstep.worker.Disturbance.Moment;

/**
 * How a job is run, and what happens to it.
 *
 * @param way where its workers are
 * @param workers how many
 * @param isSaved whether it has checkpoints
 * @param options words of the command line, without those for faults
 * @param injected faults that Superstep itself lets happen
 * @param outside faults from outside
 * @param disk how slow disks are, as the environment of its processes says it; empty: as they are
 * @param resumedBy how many workers it is resumed with
 */
record Course(Way way, int workers, boolean isSaved, List<String> options, List<Injection> injected, List<OutsideFault> outside,
        Optional<Disk> disk, int resumedBy) {
    private static final int MOST_WORKERS = 4;
    private static final int MOST_FAULTS = 4;
    private static final int[] DISTANCES = {1, 2, 3, 5, 8, 13};
    private static final String[] LOG_MEMORIES = {"1m", "2m", "64m"};

    /** Where workers are. */
    enum Way {
        /** Inside the command's process. */
        IN_PROCESS("in process"),
        /** Processes that the command has started. */
        PROCESSES("run --workers"),
        /** Processes of a cluster. */
        CLUSTER("submit");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** In the report. */
        String words() {
            return words;
        }
    }

    /**
     * A disk that is slow, or nearly full.
     *
     * @param syncMs how long each sync takes
     * @param megabytesPerSecond how fast it writes
     * @param isFull whether now and then there is no room for what is written of a checkpoint
     */
    record Disk(int syncMs, int megabytesPerSecond, boolean isFull) {
    }

    /** What the whole soak is about. */
    enum Recoveries {
        /** Of each kind. */
        BOTH,
        /** All partitions go back. */
        ROLLBACK,
        /** Those that were lost go back. */
        CONFINED
    }

    /** Any, for a job of so many supersteps. */
    static Course of(SplittableRandom random, int supersteps, Recoveries recoveries, boolean hasSlowDisk) {
        int which = random.nextInt(20);
        Way way = which < 3 ? Way.IN_PROCESS : which < 14 ? Way.PROCESSES : Way.CLUSTER;
        int workers = 2 + random.nextInt((way == Way.CLUSTER ? ClusterSite.WORKERS : MOST_WORKERS) - 1);
        boolean isSaved = random.nextInt(20) > 0;
        int every = DISTANCES[random.nextInt(DISTANCES.length)];
        var options = new ArrayList<String>();
        options.addAll(List.of("--threads", Integer.toString(workers * (1 + random.nextInt(2)))));
        if (random.nextBoolean()) {
            options.addAll(List.of("--partitions", Integer.toString(workers + random.nextInt(40))));
        }
        options.addAll(List.of("--delivery", List.of("auto", "auto", "pull", "push").get(random.nextInt(4))));
        options.addAll(List.of("--max-restarts", Integer.toString(random.nextInt(3) == 0 ? 3 : 20)));
        boolean isConfined = random.nextInt(10) < 6;
        if (isSaved) {
            options.addAll(List.of("--checkpoint-every", random.nextInt(12) == 0 ? "auto" : Integer.toString(every)));
            if (recoveries == Recoveries.CONFINED || recoveries == Recoveries.BOTH && isConfined) {
                options.addAll(List.of("--recovery", "confined"));
                addLog(random, options);
            }
            if (random.nextInt(8) == 0) {
                options.add("--rebalance");
            }
            if (way == Way.CLUSTER && random.nextInt(4) == 0) {
                options.add("--elastic");
            }
        }
        int timeoutMs = 1_000 + random.nextInt(2_000);
        if (way == Way.PROCESSES) {
            options.addAll(List.of("--heartbeat-timeout", timeoutMs + "ms"));
        }
        var injected = new ArrayList<Injection>();
        var outside = new ArrayList<OutsideFault>();
        int faults = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(MOST_FAULTS);
        for (int i = 0; i < faults; i++) {
            if (random.nextInt(5) < 2) {
                injected.add(injection(random, way, workers, supersteps, isSaved, every, timeoutMs));
            } else {
                outside.add(outside(random, way, workers, supersteps, isSaved, timeoutMs));
            }
        }
        Optional<Disk> disk = hasSlowDisk && way != Way.CLUSTER && random.nextInt(5) == 0
            ? Optional.of(new Disk(1 + random.nextInt(60), 2 + random.nextInt(60), random.nextInt(3) == 0)) : Optional.empty();
        return new Course(way, workers, isSaved, options, injected, outside, disk, 1 + random.nextInt(MOST_WORKERS));
    }

    private static void addLog(SplittableRandom random, List<String> options) {
        if (random.nextBoolean()) {
            options.addAll(List.of("--log-memory", LOG_MEMORIES[random.nextInt(LOG_MEMORIES.length)]));
        }
        if (random.nextInt(10) == 0) {
            options.addAll(List.of("--log-limit", "1m"));
        }
    }

    private static Injection injection(SplittableRandom random, Way way, int workers, int supersteps, boolean isSaved, int every,
            int timeoutMs) {
        int worker = 1 + random.nextInt(workers);
        int attempt = random.nextInt(4) == 0 ? 2 : 1;
        int superstep = random.nextInt(supersteps);
        int which = random.nextInt(20);
        if (which == 0) {
            return new Injection(Injection.Action.SLOW, worker, -1, Moment.COMPUTE, attempt, Duration.ZERO, 2 + random.nextInt(20));
        }
        if (which < 4 && isSaved) {
            return new Injection(Injection.Action.CORRUPT, worker, superstep / every * every, Moment.CHECKPOINT, attempt, Duration.ZERO);
        }
        Moment moment = Moment.values()[random.nextInt(Moment.values().length)];
        if (moment == Moment.CHECKPOINT) {
            superstep = superstep / every * every;
            moment = isSaved ? moment : Moment.BARRIER;
        }
        boolean hasNone = moment == Moment.LOAD || moment == Moment.WRITE || moment == Moment.RECOVER;
        superstep = hasNone ? -1 : superstep;
        attempt = moment == Moment.RECOVER ? 2 : attempt;
        if (which < 7) {
            return new Injection(Injection.Action.SLOW, worker, superstep, moment, attempt, Duration.ofMillis(50 + random.nextInt(1_000)));
        }
        if (which < 9 && way != Way.IN_PROCESS) {
            return new Injection(Injection.Action.PAUSE, worker, superstep, moment, attempt, pause(random, timeoutMs));
        }
        return new Injection(which < 12 ? Injection.Action.DISCONNECT : Injection.Action.KILL, worker, superstep, moment, attempt,
            Duration.ZERO);
    }

    /** So short that nobody minds, or so long that the worker is taken for lost. */
    private static Duration pause(SplittableRandom random, int timeoutMs) {
        return Duration.ofMillis(random.nextBoolean() ? 20 + random.nextInt(timeoutMs / 2) : timeoutMs + random.nextInt(timeoutMs));
    }

    private static OutsideFault outside(SplittableRandom random, Way way, int workers, int supersteps, boolean isSaved, int timeoutMs) {
        int superstep = random.nextInt(4) == 0 ? -1 : random.nextInt(supersteps);
        int which = random.nextInt(20);
        OutsideFault.Kind kind;
        if (way == Way.IN_PROCESS) {
            kind = which < 10 ? OutsideFault.Kind.KILL_COMMAND : OutsideFault.Kind.INTERRUPT_COMMAND;
        } else if (which < 12) {
            kind = OutsideFault.Kind.KILL_WORKER;
        } else if (which < 15) {
            kind = OutsideFault.Kind.STOP_WORKER;
        } else if (way == Way.PROCESSES) {
            kind = which < 18 ? OutsideFault.Kind.KILL_COMMAND : OutsideFault.Kind.INTERRUPT_COMMAND;
        } else {
            kind = which < 17 ? OutsideFault.Kind.KILL_MASTER : which < 19 && isSaved ? OutsideFault.Kind.SUSPEND : OutsideFault.Kind.DRAIN;
        }
        return new OutsideFault(kind, random.nextInt(workers), superstep,
            kind == OutsideFault.Kind.STOP_WORKER ? pause(random, timeoutMs) : Duration.ZERO);
    }
}
