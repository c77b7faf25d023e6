package org.superstep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.superstep.graph.io.RowFormat;
import org.superstep.net.Delivery;

/**
 * How a job runs; no option changes a bit of its result, except the seed and the limit on supersteps.
 *
 * @param threads compute threads over all workers, at least 1; each worker has the same number, and at least 1
 * @param partitions how many partitions, at most {@link #MOST_PARTITIONS}; 0 lets the engine choose
 * @param workers workers inside this process, at least 1
 * @param seed what {@code v.random()} is keyed by
 * @param delivery pull, push, or as counts say
 * @param maxSupersteps a job that has not ended after so many fails; 0 = no limit
 * @param checksCodecs whether every object message goes through its codec, also where nothing asks for its bytes; finds codecs at fault
 * @param output where the rows go, as a file; without it none are written
 * @param format how the rows look
 * @param records which outputs of records go to files
 * @param observer hears how the job comes along
 */
public record JobOptions(int threads, int partitions, int workers, long seed, Delivery delivery, int maxSupersteps,
        boolean checksCodecs, Optional<Path> output, Optional<RowFormat> format, List<RecordFile> records, JobObserver observer) {
    /** All cores, one worker, seed 1, no limit, no output. */
    public static final JobOptions DEFAULT = new JobOptions(Runtime.getRuntime().availableProcessors(), 0, 1, 1, Delivery.AUTO, 0,
        false, Optional.empty(), Optional.empty(), List.of(), JobObserver.SILENT);

    /** More than this cost more than they can even out. */
    public static final int MOST_PARTITIONS = 1 << 14;

    /** Checks the bounds. */
    public JobOptions {
        requireAtLeast("threads", threads, 1);
        requireAtLeast("partitions", partitions, 0);
        if (partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException("partitions must be at most " + MOST_PARTITIONS + ", was " + partitions
                + "; a few for each thread are enough");
        }
        requireAtLeast("workers", workers, 1);
        requireAtLeast("max-supersteps", maxSupersteps, 0);
        if (output.isPresent() && format.isEmpty()) {
            throw new IllegalArgumentException("an output needs a format; pass one of RowFormats");
        }
        records = List.copyOf(records);
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

    /** The same with so many threads. */
    public JobOptions withThreads(int count) {
        return new JobOptions(count, partitions, workers, seed, delivery, maxSupersteps, checksCodecs, output, format, records, observer);
    }

    /** The same with so many partitions. */
    public JobOptions withPartitions(int count) {
        return new JobOptions(threads, count, workers, seed, delivery, maxSupersteps, checksCodecs, output, format, records, observer);
    }

    /** The same with so many workers inside this process. */
    public JobOptions withWorkers(int count) {
        return new JobOptions(threads, partitions, count, seed, delivery, maxSupersteps, checksCodecs, output, format, records, observer);
    }

    /** The same with another seed. */
    public JobOptions withSeed(long number) {
        return new JobOptions(threads, partitions, workers, number, delivery, maxSupersteps, checksCodecs, output, format, records,
            observer);
    }

    /** The same with another delivery. */
    public JobOptions withDelivery(Delivery mode) {
        return new JobOptions(threads, partitions, workers, seed, mode, maxSupersteps, checksCodecs, output, format, records, observer);
    }

    /** The same with another limit. */
    public JobOptions withMaxSupersteps(int count) {
        return new JobOptions(threads, partitions, workers, seed, delivery, count, checksCodecs, output, format, records, observer);
    }

    /** The same, with every object message going through its codec. */
    public JobOptions withCodecChecks() {
        return new JobOptions(threads, partitions, workers, seed, delivery, maxSupersteps, true, output, format, records, observer);
    }

    /** The same, with rows written to a file; it appears whole or not at all. */
    public JobOptions withOutput(Path file, RowFormat rows) {
        return new JobOptions(threads, partitions, workers, seed, delivery, maxSupersteps, checksCodecs, Optional.of(file),
            Optional.of(rows), records, observer);
    }

    /** The same, with what vertices emit to the output with this name written to a file; it appears whole or not at all. */
    public JobOptions withRecords(String recordOutput, Path file, RowFormat rows) {
        var more = new ArrayList<>(records);
        more.add(new RecordFile(recordOutput, file, rows));
        return new JobOptions(threads, partitions, workers, seed, delivery, maxSupersteps, checksCodecs, output, format, more, observer);
    }

    /** The same with an observer. */
    public JobOptions withObserver(JobObserver listener) {
        return new JobOptions(threads, partitions, workers, seed, delivery, maxSupersteps, checksCodecs, output, format, records, listener);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", was " + value);
        }
    }
}
