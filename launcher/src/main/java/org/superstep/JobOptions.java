package org.superstep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.superstep.graph.io.RowFormat;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;

/**
 * How a job runs; no option changes a bit of its result, except the seed and the limit on supersteps. Immutable: begin with
 * {@link #DEFAULT} and say what is to be otherwise.
 */
public final class JobOptions {
    /** All cores, one worker, seed 1, no limit, no output. */
    public static final JobOptions DEFAULT = new JobOptions();

    /** More than this cost more than they can even out. */
    public static final int MOST_PARTITIONS = Placement.MOST_PARTITIONS;

    private static final int DEFAULT_RESTARTS = 3;

    // Written by the methods that make a changed copy, before anybody else sees it.
    private int threads = Runtime.getRuntime().availableProcessors();
    private int partitions;
    private int workers = 1;
    private long seed = 1;
    private Delivery delivery = Delivery.AUTO;
    private int maxSupersteps;
    private boolean partialOutput;
    private boolean checksCodecs;
    private Optional<Path> output = Optional.empty();
    private boolean outputIsFolder;
    private Optional<RowFormat> format = Optional.empty();
    private List<RecordFile> records = List.of();
    private Optional<Trace> trace = Optional.empty();
    private Optional<Checkpoints> checkpoints = Optional.empty();
    private int maxRestarts = DEFAULT_RESTARTS;
    private boolean isRebalanced;
    private Optional<RecoveryLog> recoveryLog = Optional.empty();
    private List<Injection> injections = List.of();
    private JobObserver observer = JobObserver.SILENT;

    private JobOptions() {
    }

    private JobOptions(JobOptions other) {
        threads = other.threads;
        partitions = other.partitions;
        workers = other.workers;
        seed = other.seed;
        delivery = other.delivery;
        maxSupersteps = other.maxSupersteps;
        partialOutput = other.partialOutput;
        checksCodecs = other.checksCodecs;
        output = other.output;
        outputIsFolder = other.outputIsFolder;
        format = other.format;
        records = other.records;
        trace = other.trace;
        checkpoints = other.checkpoints;
        maxRestarts = other.maxRestarts;
        isRebalanced = other.isRebalanced;
        recoveryLog = other.recoveryLog;
        injections = other.injections;
        observer = other.observer;
    }

    /**
     * A file of records.
     *
     * @param output the name of one of the program's outputs
     * @param file where its records go
     * @param format how they look
     */
    public record RecordFile(String output, Path file, RowFormat format) {
        /** Checks that nothing is missing. */
        public RecordFile {
            Objects.requireNonNull(output, "output");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(format, "format");
        }
    }

    /** Compute threads over all workers, at least 1; each worker has the same number, and at least 1. */
    public int threads() {
        return threads;
    }

    /** How many partitions, at most {@link #MOST_PARTITIONS}; 0 lets the engine choose. */
    public int partitions() {
        return partitions;
    }

    /** Workers inside this process, at least 1. */
    public int workers() {
        return workers;
    }

    /** What {@code v.random()} is keyed by. */
    public long seed() {
        return seed;
    }

    /** Pull, push, or as counts say. */
    public Delivery delivery() {
        return delivery;
    }

    /** A job that has not ended after so many fails; 0 = no limit. */
    public int maxSupersteps() {
        return maxSupersteps;
    }

    /** Whether a job that has reached the limit ends there and has a result, instead of failing. */
    public boolean partialOutput() {
        return partialOutput;
    }

    /** Whether every object message goes through its codec, also where nothing asks for its bytes; finds codecs at fault. */
    public boolean checksCodecs() {
        return checksCodecs;
    }

    /** Where the rows go, a file or a folder; without it none are written. */
    public Optional<Path> output() {
        return output;
    }

    /** Whether the rows go to a folder, in parts. */
    public boolean outputIsFolder() {
        return outputIsFolder;
    }

    /** How the rows look; present where {@link #output} is. */
    public Optional<RowFormat> format() {
        return format;
    }

    /** Which outputs of records go to files. */
    public List<RecordFile> records() {
        return records;
    }

    /** Which vertices tell what they do, and to whom; empty: none. */
    public Optional<Trace> trace() {
        return trace;
    }

    /** Where and how often the job is saved; empty: it is not. */
    public Optional<Checkpoints> checkpoints() {
        return checkpoints;
    }

    /**
     * How often a job that has lost workers may begin anew, or go back to its last checkpoint, without having got to another one in
     * between.
     */
    public int maxRestarts() {
        return maxRestarts;
    }

    /** Whether partitions move where one worker is steadily late; only of a job that is saved. */
    public boolean isRebalanced() {
        return isRebalanced;
    }

    /**
     * What each worker keeps so that, where another is lost, only its partitions compute again (confined recovery); empty: all go back to
     * the last checkpoint (rollback).
     */
    public Optional<RecoveryLog> recoveryLog() {
        return recoveryLog;
    }

    /** What faults are tried. */
    public List<Injection> injections() {
        return injections;
    }

    /** Hears how the job comes along. */
    public JobObserver observer() {
        return observer;
    }

    /** The same with so many threads. */
    public JobOptions withThreads(int count) {
        var options = new JobOptions(this);
        options.threads = atLeast("threads", count, 1);
        return options;
    }

    /** The same with so many partitions. */
    public JobOptions withPartitions(int count) {
        var options = new JobOptions(this);
        options.partitions = atLeast("partitions", count, 0);
        if (count > MOST_PARTITIONS) {
            throw new IllegalArgumentException("partitions must be at most " + MOST_PARTITIONS + ", was " + count
                + "; a few for each thread are enough");
        }
        return options;
    }

    /** The same with so many workers inside this process. */
    public JobOptions withWorkers(int count) {
        var options = new JobOptions(this);
        options.workers = atLeast("workers", count, 1);
        return options;
    }

    /** The same with another seed. */
    public JobOptions withSeed(long number) {
        var options = new JobOptions(this);
        options.seed = number;
        return options;
    }

    /** The same with another delivery. */
    public JobOptions withDelivery(Delivery mode) {
        var options = new JobOptions(this);
        options.delivery = Objects.requireNonNull(mode, "delivery");
        return options;
    }

    /** The same with another limit. */
    public JobOptions withMaxSupersteps(int count) {
        var options = new JobOptions(this);
        options.maxSupersteps = atLeast("max-supersteps", count, 0);
        return options;
    }

    /**
     * The same, with a job that reaches the limit ending there, cut: it has a result, and an output where one is wanted, which hold what
     * vertices held then. {@link JobReport#cut()} tells.
     */
    public JobOptions withPartialOutput() {
        var options = new JobOptions(this);
        options.partialOutput = true;
        return options;
    }

    /** The same, with every object message going through its codec. */
    public JobOptions withCodecChecks() {
        var options = new JobOptions(this);
        options.checksCodecs = true;
        return options;
    }

    /** The same, with rows written to a file; it appears whole or not at all. */
    public JobOptions withOutput(Path file, RowFormat rows) {
        var options = new JobOptions(this);
        options.output = Optional.of(file);
        options.outputIsFolder = false;
        options.format = Optional.of(rows);
        return options;
    }

    /**
     * The same, with rows written to a folder that is new or empty: {@code part-00000} and so on, which one behind another are what
     * {@link #withOutput} would write; and when all are there, an empty file {@code _SUCCESS}. There is one for each worker that owns
     * anything; after a confined recovery more, because the lost partitions go to workers whose own ones are not their neighbours.
     */
    public JobOptions withOutputFolder(Path folder, RowFormat rows) {
        JobOptions options = withOutput(folder, rows);
        options.outputIsFolder = true;
        return options;
    }

    /** The same, with what vertices emit to the output with this name written to a file; it appears whole or not at all. */
    public JobOptions withRecords(String recordOutput, Path file, RowFormat rows) {
        var options = new JobOptions(this);
        var more = new ArrayList<>(records);
        more.add(new RecordFile(recordOutput, file, rows));
        options.records = List.copyOf(more);
        return options;
    }

    /** The same with a trace of some vertices. */
    public JobOptions withTrace(Trace vertices) {
        var options = new JobOptions(this);
        options.trace = Optional.of(vertices);
        return options;
    }

    /** The same, saved now and then. */
    public JobOptions withCheckpoints(Checkpoints saved) {
        var options = new JobOptions(this);
        options.checkpoints = Optional.of(saved);
        return options;
    }

    /** The same with another bound on how often it begins anew. */
    public JobOptions withMaxRestarts(int count) {
        var options = new JobOptions(this);
        options.maxRestarts = atLeast("max-restarts", count, 0);
        return options;
    }

    /**
     * The same, with partitions that move where one of several workers is steadily late: its share becomes as much smaller as it is slower.
     * They move by way of a checkpoint, so it is only for a job that is saved.
     */
    public JobOptions withRebalancing() {
        var options = new JobOptions(this);
        options.isRebalanced = true;
        return options;
    }

    /**
     * The same, with workers that keep what their vertices say, so that where one is lost, only its partitions compute again; only for a
     * job that is saved.
     */
    public JobOptions withConfinedRecovery(RecoveryLog kept) {
        var options = new JobOptions(this);
        options.recoveryLog = Optional.of(kept);
        return options;
    }

    /** The same with a fault to be tried. */
    public JobOptions withInjection(Injection fault) {
        var options = new JobOptions(this);
        var more = new ArrayList<>(injections);
        more.add(fault);
        options.injections = List.copyOf(more);
        return options;
    }

    /** The same with an observer. */
    public JobOptions withObserver(JobObserver listener) {
        var options = new JobOptions(this);
        options.observer = Objects.requireNonNull(listener, "observer");
        return options;
    }

    private static int atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
        }
        return value;
    }
}
