package org.superstep.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.Column;
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
        long rowBytes = 0;
        if (job.output().isPresent()) {
            List<Column> columns = program.declarations().shownColumns();
            Path part = job.output().get();
            try {
                rowBytes = new RowsFile(job.format().orElseThrow(), columns, crew).write(part, partitions, worker == 0);
            } catch (IOException e) {
                throw unwritable(part, e);
            }
        }
        var records = new ArrayList<List<ToMaster.RecordPiece>>();
        for (WorkerJob.RecordPart part : job.records()) {
            try {
                records.add(RecordsFile.write(part, partitions, workers == 1, crew));
            } catch (IOException e) {
                throw unwritable(part.file(), e);
            }
        }
        return job.summaryRows() == 0 ? new ToMaster.Written(worker, vertices, rowBytes, records)
            : new ToMaster.Written(worker, vertices, rowBytes, records, summary(program.summary(), job.summaryRows(), partitions));
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
