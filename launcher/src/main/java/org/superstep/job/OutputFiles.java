package org.superstep.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.superstep.JobException;
import org.superstep.JobOptions;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.io.PartFile;
import org.superstep.graph.io.RowFormat;
import org.superstep.net.ToMaster;
import org.superstep.worker.WorkerJob;

/**
 * What one attempt at a job writes: its rows, as a file or as a folder of parts, and files of records. They are claimed before anything is
 * computed, and stay the job's over all attempts; workers write parts; when the job has ended well, those of the attempt that has got so
 * far are joined and take the names, the others are thrown away. All processes of a job make their own, and agree on a token, so that they
 * name the same parts.
 */
public final class OutputFiles {
    private final Program program;
    private final JobOptions options;
    private final List<String> hosts;
    private final int attempt;
    private final int workers;
    private final Optional<Output> rows;
    private final List<RecordFile> records = new ArrayList<>();
    private final List<Output> all = new ArrayList<>();

    /** A file of records. */
    private record RecordFile(RecordOutput output, OutputFile file, RowFormat format) {
        byte[] header() {
            return format.recordHeader(output.fields());
        }

        RecordFile attempt(int number, int workers) {
            return new RecordFile(output, file.attempt(number, workers), format);
        }
    }

    /**
     * Those that the options name, of the first attempt at a job in this process; an {@link IllegalArgumentException} where the program
     * has no such output.
     */
    public OutputFiles(Program program, JobOptions options) {
        this(program, options, PartFile.token());
    }

    private OutputFiles(Program program, JobOptions options, String token) {
        this.program = program;
        this.options = options;
        hosts = List.of();
        attempt = 1;
        workers = options.workers();
        rows = options.output().map(path -> options.outputIsFolder() ? new OutputFolder(path, token)
            : new OutputFile(path, token, workers));
        rows.ifPresent(all::add);
        for (JobOptions.RecordFile wanted : options.records()) {
            RecordOutput output = named(wanted.output(), program);
            var records = new RecordFile(output, new OutputFile(wanted.file(), token, workers), wanted.format());
            try {
                records.header();
            } catch (UnsupportedOperationException e) {
                throw new IllegalArgumentException("the records of " + output.name() + " cannot be written: " + e.getMessage(), e);
            }
            this.records.add(records);
            all.add(records.file);
        }
    }

    private OutputFiles(OutputFiles other, int attempt, int workers, List<String> hosts) {
        program = other.program;
        options = other.options;
        this.hosts = List.copyOf(hosts);
        this.attempt = attempt;
        this.workers = workers;
        rows = other.rows.map(output -> output.attempt(attempt, workers));
        rows.ifPresent(all::add);
        for (RecordFile records : other.records) {
            RecordFile same = records.attempt(attempt, workers);
            this.records.add(same);
            all.add(same.file);
        }
    }

    /**
     * The same of a job whose workers are processes. The token is the job's alone, letters, digits and dashes; the same in all of its
     * processes.
     */
    public OutputFiles shared(String token) {
        if (!token.matches(OutputClaim.TOKEN)) {
            throw new IllegalArgumentException("a job's token is 1 to 64 letters, digits and dashes, was \"" + token + "\"");
        }
        return new OutputFiles(program, options, token);
    }

    /**
     * The same as this attempt at the job writes it, whose claims are those of all its attempts.
     *
     * @param number which attempt, from 1
     * @param count how many workers it has
     * @param hostsByWorker where they are: all of them see the outputs' folders, or should; empty where they are in this process, or
     *     nobody asks
     */
    public OutputFiles attempt(int number, int count, List<String> hostsByWorker) {
        return new OutputFiles(this, number, count, hostsByWorker);
    }

    /** Which of the job's attempts writes them, from 1. */
    int attempt() {
        return attempt;
    }

    /** What stands in the way of rows in a folder there, in a few words with the remedy; empty: nothing. */
    public static Optional<String> hindrance(Path folder) throws IOException {
        return OutputFolder.hindrance(folder);
    }

    /** The program's output with this name; {@link IllegalArgumentException} where it declares none. */
    public static RecordOutput named(String name, Program program) {
        List<RecordOutput> outputs = program.declarations().recordOutputs();
        return outputs.stream().filter(output -> output.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
            program.name() + (outputs.isEmpty() ? " declares no record output" : " has no record output \"" + name + "\"; it has "
                + outputs)));
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Where a worker writes its rows, {@link PartFile#ofRun run by run}: those of all are joined in the order of ids. */
    Optional<Path> rowsPart(int worker) {
        return rows.map(output -> output.part(worker));
    }

    /** Where a worker writes its records. The parts of several are joined superstep by superstep, to another part. */
    List<WorkerJob.RecordPart> recordParts(int worker) {
        return records.stream().map(some -> new WorkerJob.RecordPart(some.output, some.file.part(worker), some.format)).toList();
    }

    @FunctionalInterface
    private interface Step<O extends Output> {
        void take(O output) throws IOException;
    }

    private static <O extends Output> void each(List<O> outputs, Step<O> step) {
        for (O output : outputs) {
            try {
                step.take(output);
            } catch (IOException e) {
                throw new JobException("the output " + output.path() + " cannot be written: " + PartFile.reason(e), e);
            }
        }
    }

    /** Makes all of them this job's that are not yet, and finds out whether they can be written. */
    void claim() {
        each(all, output -> {
            if (!output.isClaimed()) {
                output.claim();
            }
        });
    }

    /** Joins the workers' parts; each output appears whole or not at all, and none before all are joined. */
    void commit(List<ToMaster.Written> parts) {
        var runs = new TreeMap<Integer, Path>();
        for (ToMaster.Written part : parts) {
            for (int i = 0; i < part.rowRuns().size(); i++) {
                ToMaster.RowRun run = part.rowRuns().get(i);
                Path file = PartFile.ofRun(rows.orElseThrow().part(part.worker()), i);
                requireThere(rows.orElseThrow(), file, part.worker(), run.bytes());
                runs.put(run.partition(), file);
            }
            for (int i = 0; i < records.size(); i++) {
                long bytes = part.records().get(i).stream().mapToLong(ToMaster.RecordPiece::bytes).sum();
                OutputFile file = records.get(i).file;
                requireThere(file, file.part(part.worker()), part.worker(), bytes + (workers == 1 ? records.get(i).header().length : 0));
            }
        }
        for (int i = 0; i < records.size(); i++) {
            int number = i;
            each(List.of(records.get(i).file), file -> file.merge(records.get(number).header(),
                parts.stream().map(part -> part.records().get(number)).toList()));
        }
        each(rows.stream().toList(), output -> output.join(List.copyOf(runs.values())));
        each(all, Output::commit);
    }

    /** Makes sure that a worker's part is there, and as long as the worker says. */
    private void requireThere(Output output, Path part, int worker, long bytes) {
        String found;
        try {
            long length = Files.size(part);
            if (length == bytes) {
                return;
            }
            found = part + " has " + length + " bytes instead of " + bytes;
        } catch (IOException e) {
            found = part + ": " + PartFile.reason(e);
        }
        if (hosts.isEmpty()) {
            throw new JobException("the output " + output.path() + " cannot be written: what has been written of it has gone (" + found
                + ")", null);
        }
        throw new JobException("worker " + worker + " (" + hosts.get(worker) + ") wrote its part of " + output.path()
            + " where this machine does not see it (" + found + "); name an output that all machines share, such as an NFS folder", null);
    }

    /** Lets go of what has been claimed, and deletes what is left of the parts; of a job that has not ended well, whatever it has made. */
    void clear(boolean endedWell) {
        for (Output output : all) {
            try {
                output.clear(endedWell);
            } catch (IOException e) {
                // The answer, or the failure that is on its way to the user, matters more than a part that stays behind.
                continue;
            }
        }
    }

    /** Deletes a worker's parts, of which the master may see nothing; those that have become an output are none any more. */
    public void discard(int worker) {
        for (Output output : all) {
            try {
                int run = 0;
                // As many as it has begun; who joins them takes the first ones first, and deletes those of a job that fails all the same.
                while (Files.deleteIfExists(PartFile.ofRun(output.part(worker), run))) {
                    run++;
                }
            } catch (IOException e) {
                continue;
            }
        }
    }

    /**
     * Deletes what a job of this process with the same outputs has left half done, while it may still run; for a process that ends at
     * once.
     *
     * @throws IOException if something stays behind
     */
    public void abandon() throws IOException {
        for (Output output : all) {
            output.abandon();
        }
    }
}
