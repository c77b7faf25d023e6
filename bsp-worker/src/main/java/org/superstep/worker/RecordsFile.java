package org.superstep.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.io.RowEncoder;
import org.superstep.net.ToMaster;

/** Writes what a worker's vertices have emitted to one output: superstep by superstep, in each by partition. */
final class RecordsFile {
    /** Some records of one superstep and partition. */
    private record Piece(RecordList.Run run, int partition) {
        void encode(RowEncoder row) {
            run.encode(row);
        }
    }

    private RecordsFile() {
    }

    /** Writes all records, with the format's header if asked, and tells where each superstep's and partition's stand. */
    static List<ToMaster.RecordPiece> write(WorkerJob.RecordPart part, Partition[] partitions, boolean withHeader, Crew crew)
            throws IOException {
        var pieces = new ArrayList<Piece>();
        for (Partition partition : partitions) {
            for (RecordList.Run run : partition.records[part.output().index()].runs()) {
                pieces.add(new Piece(run, partition.number));
            }
        }
        // Stable, and partitions ascend: of one superstep they stay in the order of their ids.
        pieces.sort(Comparator.comparingInt(piece -> piece.run.superstep()));
        List<String> fields = part.output().fields();
        var written = new ArrayList<ToMaster.RecordPiece>();
        try (OutputStream out = Files.newOutputStream(part.file())) {
            if (withHeader) {
                out.write(part.format().recordHeader(fields));
            }
            long[] bytes = RowsFile.write(pieces, () -> part.format().recordEncoder(fields), Piece::encode, crew, out);
            for (int i = 0; i < bytes.length; i++) {
                RecordList.Run run = pieces.get(i).run;
                written.add(new ToMaster.RecordPiece(run.superstep(), pieces.get(i).partition, run.count(), bytes[i]));
            }
        }
        return written;
    }
}
