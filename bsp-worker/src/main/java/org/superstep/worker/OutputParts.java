package org.superstep.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.Program;
import org.superstep.graph.Summary;
import org.superstep.graph.io.PartFile;
import org.superstep.net.ToMaster;

/** A worker's parts of what a job leaves behind: rows, records, and the table that ends a run. */
final class OutputParts {
    private final WorkerJob job;
    private final int worker;
    private final int workers;
    private final Crew crew;

    OutputParts(WorkerJob job, int worker, int workers, Crew crew) {
        this.job = job;
        this.worker = worker;
        this.workers = workers;
        this.crew = crew;
    }

    /** Writes what these partitions hold, which are so many vertices, and tells the master of it. */
    ToMaster.Written write(Partition[] partitions, long vertices) throws IOException {
        Program program = job.program();
        List<ToMaster.RowRun> rows = job.output().isPresent() ? rows(job.output().get(), partitions) : List.of();
        var records = new ArrayList<List<ToMaster.RecordPiece>>();
        for (WorkerJob.RecordPart part : job.records()) {
            try {
                records.add(RecordsFile.write(part, partitions, workers == 1, crew));
            } catch (IOException e) {
                throw unwritable(part.file(), e);
            }
        }
        return job.summaryRows() == 0 ? new ToMaster.Written(worker, vertices, rows, records)
            : new ToMaster.Written(worker, vertices, rows, records, summary(program.summary(), job.summaryRows(), partitions));
    }

    /** Each run of neighbouring partitions to a file of its own; the header is where the first partition is. */
    private List<ToMaster.RowRun> rows(Path part, Partition[] partitions) throws IOException {
        var file = new RowsFile(job.format().orElseThrow(), job.program().declarations().shownColumns(), crew);
        var runs = new ArrayList<ToMaster.RowRun>();
        for (int from = 0; from < partitions.length; ) {
            int first = partitions[from].number;
            int to = from + 1;
            while (to < partitions.length && partitions[to].number == first + to - from) {
                to++;
            }
            Path path = PartFile.ofRun(part, runs.size());
            try {
                runs.add(new ToMaster.RowRun(first, file.write(path, Arrays.copyOfRange(partitions, from, to), first == 0)));
            } catch (IOException e) {
                throw unwritable(path, e);
            }
            from = to;
        }
        return runs;
    }

    /** The worker's part of the table that ends a run, each partition's made by a thread. */
    private byte[] summary(Summary summary, int rows, Partition[] partitions) {
        var parts = new SummaryPart[partitions.length];
        crew.run(parts.length, (task, thread) -> {
            Partition partition = partitions[task];
            parts[task] = SummaryPart.of(summary, rows, partition.size, i -> partition.ids[i], partition.columns.array(summary.column()));
        });
        return SummaryPart.of(summary, rows, Arrays.asList(parts)).encoded();
    }

    private static IOException unwritable(Path part, IOException e) {
        Path folder = part.toAbsolutePath().getParent();
        return new IOException(part + " cannot be written: " + PartFile.reason(e) + (Files.isDirectory(folder)
            ? "; make room there, or choose another output"
            : "; the folder " + folder + " has gone, or is not on this machine: name an output that all machines share"), e);
    }
}
