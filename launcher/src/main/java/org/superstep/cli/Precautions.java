package org.superstep.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.superstep.Checkpoints;
import org.superstep.Injection;
import org.superstep.JobOptions;
import org.superstep.RecoveryLog;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.graph.Program;
import org.superstep.net.JobSpec;
import org.superstep.worker.Disturbance;

/**
 * What a command line says of failures: where a job is saved, what is done where a worker is lost, and which faults are to be tried.
 *
 * @param checkpoints where and how often it is saved, if it is; the identity lacks the words still, which are known later
 * @param maxRestarts how often it may begin anew, or go back to a checkpoint
 * @param log what workers keep so that only lost partitions compute again; empty: all go back
 * @param isRebalanced whether partitions move where one worker is steadily late
 * @param injections what faults are tried
 */
record Precautions(Optional<Checkpoints> checkpoints, int maxRestarts, Optional<RecoveryLog> log, boolean isRebalanced,
        List<Injection> injections) {
    /** Where a run saves itself unless it is told otherwise, in the working directory. */
    static final String USUAL_FOLDER = "superstep-checkpoints";
    /** Says again which job it is: whoever goes on with one has its token. Not for people, and so in no help. */
    static final String TOKEN = "checkpoint-token";
    /** Where it is saved. */
    static final String FOLDER = "checkpoint-dir";
    private static final String EVERY = "checkpoint-every";
    private static final String KEEP = "keep-checkpoints";
    private static final String FAILURES = "mtbf";
    private static final String RECOVERY = "recovery";
    private static final String LOG_MEMORY = "log-memory";
    private static final String LOG_LIMIT = "log-limit";
    private static final String RESTARTS = "max-restarts";
    private static final String REBALANCE = "rebalance";
    private static final String INJECT = "inject";
    private static final String ROLLBACK = "rollback";
    private static final String CONFINED = "confined";
    private static final String NONE = "none";
    private static final int TOKEN_BYTES = 6;

    /** Adds the options for these. */
    static CommandOptions addTo(CommandOptions options, RunOptions which) {
        options.section("failures")
            .value(EVERY, "N|auto", "save the job after every N supersteps, or as its cost and --mtbf say ("
                + (which == RunOptions.RESUME ? "as before" : "not at all; auto with --checkpoint-dir") + ")");
        if (which != RunOptions.RESUME) {
            options.value(FOLDER, "PATH", which == RunOptions.SUBMIT ? "the folder for that, which all machines see"
                : "the folder for that (" + USUAL_FOLDER + "/PROGRAM-...)");
        }
        options.value(KEEP, "N", "how many checkpoints stay, also when the job has ended well (2, and then none)")
            .value(FAILURES, "TIME", "mean time between two losses of a worker, of all that work on the job together (1d)")
            .value(RECOVERY, "WHICH", "where a worker is lost: rollback goes back to the last checkpoint, or to the input; confined lets"
                + " only its partitions go back, and needs checkpoints; none fails (rollback)")
            .value(LOG_MEMORY, "SIZE", "with confined, how much of what its vertices say each worker keeps in memory, such as 512m or 2g;"
                + " the rest goes to a file (an eighth of its heap)")
            .value(LOG_LIMIT, "SIZE", "with confined, how much it keeps in all; where more is said between two checkpoints, all go back ("
                + (RecoveryLog.DEFAULT.limitBytes() >> 30) + "g)")
            .value(RESTARTS, "N", "how often that may be without another checkpoint in between (" + JobOptions.DEFAULT.maxRestarts()
                + ")");
        options.flag(REBALANCE, "move a part of the job from a worker that is steadily late to the others; needs checkpoints");
        if (which != RunOptions.RUN) {
            options.flag("elastic", "give a part of the job to workers that come while it runs; needs checkpoints");
        }
        return options
            .values(INJECT, "FAULT...", "let this happen, to try what it costs: \"kill worker 2 at superstep 5 compute\"; kill, pause,"
                + " disconnect, corrupt or slow; at load, compute, exchange, barrier, checkpoint, recover or write")
            .hidden(TOKEN);
    }

    /**
     * What these arguments say.
     *
     * @param isCommand whether the user's command asks, and not a process that was sent its words: what can be wrong is looked for, and
     *     what was left out is made up
     */
    static Precautions of(Program program, Arguments arguments, boolean isCommand) {
        return new Precautions(checkpoints(program, arguments, isCommand), maxRestarts(arguments), log(arguments),
            arguments.has(REBALANCE), injections(arguments));
    }

    private static String recovery(Arguments arguments) {
        return arguments.choice(RECOVERY, ROLLBACK, CONFINED, NONE);
    }

    private static Optional<RecoveryLog> log(Arguments arguments) {
        if (!recovery(arguments).equals(CONFINED)) {
            for (String option : List.of(LOG_MEMORY, LOG_LIMIT)) {
                if (arguments.has(option)) {
                    throw new UsageException("--" + option + " says how much workers keep for --" + RECOVERY + " " + CONFINED
                        + "; say that too, or leave it out");
                }
            }
            return Optional.empty();
        }
        OptionalLong memory = arguments.bytes(LOG_MEMORY, 0);
        OptionalLong limit = arguments.bytes(LOG_LIMIT, 0);
        var log = memory.isPresent() ? RecoveryLog.DEFAULT.withMemory(memory.getAsLong()) : RecoveryLog.DEFAULT;
        return Optional.of(limit.isPresent() ? log.withLimit(limit.getAsLong()) : log);
    }

    private static Optional<Checkpoints> checkpoints(Program program, Arguments arguments, boolean isCommand) {
        Optional<String> every = arguments.text(EVERY);
        Optional<String> said = arguments.text(FOLDER);
        if (every.isEmpty() && said.isEmpty()) {
            for (String option : List.of(KEEP, FAILURES, REBALANCE, "elastic")) {
                if (arguments.has(option)) {
                    throw needingCheckpoints(option);
                }
            }
            if (recovery(arguments).equals(CONFINED)) {
                throw needingCheckpoints(RECOVERY + " " + CONFINED);
            }
            return Optional.empty();
        }
        String token = arguments.text(TOKEN).orElseGet(Precautions::newToken);
        var folder = said.isPresent() ? Destination.pathOf(FOLDER, said.get())
            : Path.of(USUAL_FOLDER, program.name().replaceAll("[^A-Za-z0-9._-]", "_") + "-" + token);
        // Only the token matters until the words are known from which the job can be made again.
        var identity = new JobIdentity(token, program.name(), List.of(), List.of(), 0);
        if (isCommand) {
            new SavedRun(folder).requireRoomFor(identity, "--" + FOLDER + " " + folder);
        }
        var checkpoints = Checkpoints.in(folder).of(identity);
        if (every.isPresent() && !every.get().equals("auto")) {
            if (arguments.has(FAILURES)) {
                throw new UsageException("--" + FAILURES + " says how often --" + EVERY + " auto saves the job; " + every.get()
                    + " supersteps need no such word");
            }
            checkpoints = checkpoints.every(every(every.get()));
        } else if (arguments.has(FAILURES)) {
            checkpoints = checkpoints.failingEvery(arguments.duration(FAILURES, checkpoints.failures()));
        }
        return Optional.of(arguments.has(KEEP) ? checkpoints.keeping(arguments.integer(KEEP, 0, 1, Integer.MAX_VALUE)) : checkpoints);
    }

    private static UsageException needingCheckpoints(String words) {
        return new UsageException("--" + words + " needs checkpoints; --" + EVERY + " N has the job saved after every N supersteps");
    }

    private static int every(String text) {
        try {
            int supersteps = Integer.parseInt(text);
            if (supersteps >= 1) {
                return supersteps;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        throw new UsageException("--" + EVERY + " must be auto or an integer of at least 1, was \"" + text + "\"");
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static int maxRestarts(Arguments arguments) {
        int restarts = arguments.integer(RESTARTS, JobOptions.DEFAULT.maxRestarts(), 0, Integer.MAX_VALUE);
        if (recovery(arguments).equals(NONE)) {
            if (arguments.has(RESTARTS)) {
                throw new UsageException("--" + RESTARTS + " says how often a job recovers, and --recovery none that it does not; leave one"
                    + " of them out");
            }
            return 0;
        }
        return restarts;
    }

    private static List<Injection> injections(Arguments arguments) {
        var injections = new ArrayList<Injection>();
        for (String words : arguments.texts(INJECT)) {
            try {
                injections.add(Injection.parse(words));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--" + INJECT + " " + e.getMessage(), e);
            }
        }
        return injections;
    }

    /** The options with these. */
    JobOptions addedTo(JobOptions options) {
        var all = options.withMaxRestarts(maxRestarts);
        all = checkpoints.isPresent() ? all.withCheckpoints(checkpoints.get()) : all;
        all = log.isPresent() ? all.withConfinedRecovery(log.get()) : all;
        all = isRebalanced ? all.withRebalancing() : all;
        for (Injection fault : injections) {
            all = all.withInjection(fault);
        }
        return all;
    }

    /** What a cluster has to know of them, of a job with these options. */
    static JobSpec.Recovery recovery(JobOptions options, Arguments arguments) {
        return new JobSpec.Recovery(options.maxRestarts(), options.checkpoints().isPresent(), arguments.has("elastic"),
            options.recoveryLog().isPresent());
    }

    /** Refuses to rebalance a job of one worker; one that goes on with a run of several has only the same words. */
    static void requireOthers(RunRequest request, int workers) {
        if (request.options().isRebalanced() && workers == 1 && !request.goesOn()) {
            throw new UsageException("--" + REBALANCE + " moves a part of the job from one worker to others, and there is 1 worker; say"
                + " --workers N");
        }
    }

    /** What the user should know of a job with so many workers that begins, and goes on all the same; empty: nothing. */
    static Optional<String> warning(RunRequest request, int workers) {
        boolean isInVain = request.options().recoveryLog().isPresent() && workers == 1;
        return isInVain && !request.goesOn() && !request.isQuiet() ? Optional.of("superstep: --" + RECOVERY + " " + CONFINED
            + " spares what other workers have computed, and there is 1 worker; say --workers N") : Optional.empty();
    }

    /** Refuses a job of a cluster that does not say where all of its machines can save it. */
    static void requireNamedFolder(Arguments arguments) {
        if (arguments.has(EVERY) && !arguments.has(FOLDER)) {
            throw new UsageException("--" + EVERY + " needs --" + FOLDER + " PATH: a folder that all machines see, such as a shared (NFS)"
                + " one");
        }
    }

    /** The words that say to a process of the same job where it is saved, and which job it is. */
    static List<String> words(JobOptions options) {
        var words = new ArrayList<String>();
        options.checkpoints().ifPresent(checkpoints -> {
            words.add("--" + FOLDER + "=" + NamedFiles.absolute(FOLDER, checkpoints.folder().toString()));
            checkpoints.job().ifPresent(job -> words.add("--" + TOKEN + "=" + job.token()));
        });
        return words;
    }

    /**
     * The words that a job was begun with, without those that contradict what is said now that it goes on.
     *
     * @param words what was said then
     * @param now what is said now
     */
    static List<String> withoutContradictions(List<String> words, Arguments now) {
        var gone = new HashSet<String>();
        if (now.has(EVERY)) {
            gone.add(FAILURES);
        }
        if (now.has(RECOVERY) && !recovery(now).equals(CONFINED)) {
            gone.addAll(Set.of(LOG_MEMORY, LOG_LIMIT));
        }
        if (now.has(RECOVERY) && recovery(now).equals(NONE)) {
            gone.add(RESTARTS);
        }
        return words.stream().filter(word -> gone.stream().noneMatch(option -> word.startsWith("--" + option + "="))
            && !(now.has(RESTARTS) && word.equals("--" + RECOVERY + "=" + NONE))).toList();
    }

    /** What is no business of a job that goes on, of such words: a fault that was tried would happen again and again. */
    static List<String> withoutFaults(List<String> words) {
        return words.stream().filter(word -> !word.startsWith("--" + INJECT + "=")).toList();
    }

    /**
     * Refuses faults that cannot happen.
     *
     * @param workers how many workers there will be; 0: nobody knows
     * @param areProcesses whether each is a process of its own
     * @param isSealed whether what they say to each other is sealed, so that a bit that is flipped on its way is found
     */
    static void requirePossible(JobOptions options, int workers, boolean areProcesses, boolean isSealed) {
        for (Injection fault : options.injections()) {
            String said = "--" + INJECT + " \"" + fault + "\": ";
            if (workers > 0 && fault.worker() > workers) {
                throw new UsageException(said + "there " + (workers == 1 ? "is 1 worker" : "are " + workers + " workers")
                    + ", counted from 1");
            }
            if (fault.action() == Injection.Action.PAUSE && !areProcesses) {
                throw new UsageException(said + "a worker inside this process cannot stand still without all of it; slow makes it late, and"
                    + " --workers N gives it a process of its own");
            }
            boolean isSaving = fault.moment() == Disturbance.Moment.CHECKPOINT;
            if (fault.action() == Injection.Action.CORRUPT && !isSaving && !isSealed) {
                throw new UsageException(said + "what these workers say to each other has no seal by which a flipped bit would be found;"
                    + " corrupt at checkpoint flips one that is saved");
            }
            if (isSaving && options.checkpoints().isEmpty()) {
                throw new UsageException(said + "the job is not saved; --" + EVERY + " N has it saved after every N supersteps");
            }
        }
    }
}
