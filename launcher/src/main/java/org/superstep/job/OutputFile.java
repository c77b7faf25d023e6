package org.superstep.job;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.superstep.graph.io.PartFile;
import org.superstep.net.ToMaster;

/** One file, of rows or of records: workers write parts beside it, which are joined to part 0, and that takes the name. */
final class OutputFile implements Output {
    private final Path path;
    private final String token;
    private final int workers;
    private final boolean isMerged;
    private final OutputClaim claim;

    private OutputFile(Path path, String token, int workers, boolean isMerged) {
        this.path = path;
        this.token = token;
        this.workers = workers;
        this.isMerged = isMerged && workers > 1;
        claim = new OutputClaim(path.resolveSibling(path.getFileName() + OutputClaim.SUFFIX), token);
    }

    /** Of rows: what the first worker writes is part 0. */
    static OutputFile ofRows(Path path, String token, int workers) {
        return new OutputFile(path, token, workers, false);
    }

    /** Of records: parts of several workers are merged into a part of its own. */
    static OutputFile ofRecords(Path path, String token, int workers) {
        return new OutputFile(path, token, workers, true);
    }

    @Override public Path path() {
        return path;
    }

    @Override public Path part(int worker) {
        return PartFile.of(path, token, isMerged ? worker + 1 : worker);
    }

    @Override public void claim() throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder; name a file in it");
        }
        claim.take();
        PartFile.claim(path, token);
    }

    /** Puts the other workers' parts behind the first one's. */
    void append() throws IOException {
        if (workers == 1) {
            return;
        }
        try (var out = FileChannel.open(part(0), StandardOpenOption.WRITE)) {
            out.position(out.size());
            for (int worker = 1; worker < workers; worker++) {
                try (var in = FileChannel.open(part(worker))) {
                    // From file to file, without a way through the heap.
                    long length = in.size();
                    for (long at = 0; at < length; ) {
                        long moved = in.transferTo(at, length - at, out);
                        if (moved == 0) {
                            throw new IOException("a part of it is shorter than it was written");
                        }
                        at += moved;
                    }
                }
                // Freed at once, so that the disk need not hold all twice.
                Files.delete(part(worker));
            }
        }
    }

    /**
     * Joins the workers' parts by superstep and partition. Every worker's part is in that order: so the pieces are taken in theirs, each
     * from its worker's part as far as that has been read.
     */
    void merge(byte[] header, List<List<ToMaster.RecordPiece>> piecesOf) throws IOException {
        record Piece(ToMaster.RecordPiece piece, int worker) {
        }

        if (!isMerged) {
            return;
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
        try (OutputStream out = Files.newOutputStream(PartFile.of(path, token, 0))) {
            for (int worker = 0; worker < workers; worker++) {
                ins.add(new BufferedInputStream(Files.newInputStream(part(worker)), 1 << 16));
            }
            out.write(header);
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

    @Override public void commit() throws IOException {
        PartFile.commit(path, token);
    }

    @Override public void clear(boolean endedWell) throws IOException {
        if (claim.isTaken()) {
            try {
                deleteParts();
            } finally {
                claim.release();
            }
        }
    }

    @Override public void abandon() throws IOException {
        deleteParts();
        claim.abandon();
    }

    private void deleteParts() throws IOException {
        for (int number = 0; number <= workers; number++) {
            Files.deleteIfExists(PartFile.of(path, token, number));
        }
    }
}
