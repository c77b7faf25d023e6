package org.superstep.job;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.superstep.JobException;
import org.superstep.JobOptions;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.io.PartFile;
import org.superstep.net.ToMaster;
import org.superstep.worker.WorkerJob;

/**
 * The files that a job writes, of rows and of records. They are claimed before anything is computed; workers write parts beside them; when
 * the job has ended well, these are joined and take the names, else they are thrown away.
 */
public final class OutputFiles {
    private final Optional<Path> rows;
    private final List<WorkerJob.RecordPart> records = new ArrayList<>();
    private final int workers;
    private final List<Path> claimed = new ArrayList<>();

    /** Those that the options name; an {@link IllegalArgumentException} where the program has no such output. */
    public OutputFiles(Program program, JobOptions options) {
        rows = options.output();
        workers = options.workers();
        for (JobOptions.RecordFile file : options.records()) {
            RecordOutput output = named(file.output(), program);
            try {
                file.format().recordHeader(output.fields());
            } catch (UnsupportedOperationException e) {
                throw new IllegalArgumentException("the records of " + output.name() + " cannot be written: " + e.getMessage(), e);
            }
            records.add(new WorkerJob.RecordPart(output, file.file(), file.format()));
        }
    }

    /** The program's output with this name; {@link IllegalArgumentException} where it declares none. */
    public static RecordOutput named(String name, Program program) {
        List<RecordOutput> outputs = program.declarations().recordOutputs();
        return outputs.stream().filter(output -> output.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
            program.name() + (outputs.isEmpty() ? " declares no record output" : " has no record output \"" + name + "\"; it has "
                + outputs)));
    }

    boolean isEmpty() {
        return rows.isEmpty() && records.isEmpty();
    }

    /** Where a worker writes its rows: they are joined in the order of workers, which is that of ids. */
    Optional<Path> rowsPart(int worker) {
        return rows.map(file -> PartFile.of(file, worker));
    }

    /** Where a worker writes its records. The parts of several are joined superstep by superstep, to another part. */
    List<WorkerJob.RecordPart> recordParts(int worker) {
        return records.stream().map(part -> new WorkerJob.RecordPart(part.output(), recordPart(part, worker), part.format())).toList();
    }

    private Path recordPart(WorkerJob.RecordPart part, int worker) {
        return PartFile.of(part.file(), workers == 1 ? 0 : worker + 1);
    }

    private List<Path> all() {
        var all = new ArrayList<Path>();
        rows.ifPresent(all::add);
        records.forEach(part -> all.add(part.file()));
        return all;
    }

    /** Finds out whether all can be written. */
    void claim() {
        for (Path file : all()) {
            try {
                if (Files.isDirectory(file)) {
                    throw new IOException(file + " is a folder; name a file in it");
                }
                PartFile.claim(file);
            } catch (IOException e) {
                throw unwritable(file, e);
            }
            claimed.add(file);
        }
    }

    /** Joins the workers' parts; each file appears whole or not at all, and none before all are joined. */
    void commit(List<ToMaster.Written> parts) {
        for (int i = 0; workers > 1 && i < records.size(); i++) {
            int output = i;
            try {
                join(records.get(i), parts.stream().map(part -> part.records().get(output)).toList());
            } catch (IOException e) {
                throw unwritable(records.get(i).file(), e);
            }
        }
        if (workers > 1 && rows.isPresent()) {
            try {
                joinRows(rows.get());
            } catch (IOException e) {
                throw unwritable(rows.get(), e);
            }
        }
        for (Path file : all()) {
            try {
                PartFile.commit(file);
            } catch (IOException e) {
                throw unwritable(file, e);
            }
        }
    }

    private void joinRows(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(PartFile.of(file, 0), StandardOpenOption.APPEND)) {
            for (int worker = 1; worker < workers; worker++) {
                Files.copy(PartFile.of(file, worker), out);
            }
        }
    }

    /** Every worker's part is in order: so the pieces are taken in theirs, each from its worker's part as far as that has been read. */
    private void join(WorkerJob.RecordPart part, List<List<ToMaster.RecordPiece>> piecesOf) throws IOException {
        record Piece(ToMaster.RecordPiece piece, int worker) {
        }

        var pieces = new ArrayList<Piece>();
        for (int worker = 0; worker < workers; worker++) {
            for (ToMaster.RecordPiece piece : piecesOf.get(worker)) {
                pieces.add(new Piece(piece, worker));
            }
        }
        pieces.sort(Comparator.<Piece>comparingInt(placed -> placed.piece.superstep())
            .thenComparingInt(placed -> placed.piece.partition()));
        var ins = new ArrayList<InputStream>();
        try (OutputStream out = Files.newOutputStream(PartFile.of(part.file(), 0))) {
            for (int worker = 0; worker < workers; worker++) {
                ins.add(new BufferedInputStream(Files.newInputStream(recordPart(part, worker)), 1 << 16));
            }
            out.write(part.format().recordHeader(part.output().fields()));
            for (Piece placed : pieces) {
                for (long left = placed.piece.bytes(); left > 0; ) {
                    byte[] block = ins.get(placed.worker).readNBytes((int) Math.min(left, 1 << 16));
                    if (block.length == 0) {
                        throw new IOException("a part of it is shorter than it was written");
                    }
                    out.write(block);
                    left -= block.length;
                }
            }
        } finally {
            for (InputStream in : ins) {
                in.close();
            }
        }
    }

    /** Deletes what is left of the parts; of a job that has finished, those that have been joined. */
    void clear(boolean finished) {
        for (Path file : claimed) {
            for (int number = finished ? 1 : 0; number <= workers; number++) {
                try {
                    Files.deleteIfExists(PartFile.of(file, number));
                } catch (IOException e) {
                    // The answer, or the failure that is on its way to the user, matters more than a part that stays behind.
                    continue;
                }
            }
        }
    }

    private static JobException unwritable(Path file, IOException e) {
        return new JobException("the output " + file + " cannot be written: " + e.getMessage(), e);
    }
}
