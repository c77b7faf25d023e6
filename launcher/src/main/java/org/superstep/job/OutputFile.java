package org.superstep.job;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.io.PartFile;
import org.superstep.net.ToMaster;

/** One file, of rows or of records: workers write parts beside it, of which those of several are joined to part 0; that takes the name. */
final class OutputFile implements Output {
    private final Path path;
    private final String token;
    private final int attempt;
    private final int workers;
    private final OutputClaim claim;

    private OutputFile(Path path, String token, int attempt, int workers, OutputClaim claim) {
        this.path = path;
        this.token = token;
        this.attempt = attempt;
        this.workers = workers;
        this.claim = claim;
    }

    /** That of a job's first attempt. */
    OutputFile(Path path, String token, int workers) {
        this(path, token, 1, workers, new OutputClaim(path.resolveSibling(path.getFileName() + OutputClaim.SUFFIX), token));
    }

    @Override public OutputFile attempt(int number, int others) {
        return new OutputFile(path, token, number, others, claim);
    }

    @Override public Path path() {
        return path;
    }

    @Override public Path part(int worker) {
        return PartFile.of(path, attemptToken(), workers == 1 ? 0 : worker + 1);
    }

    private Path whole() {
        return PartFile.of(path, attemptToken(), 0);
    }

    /** A worker of an attempt that is over may still write when the next one has begun. */
    private String attemptToken() {
        return attempt == 1 ? token : token + "-" + attempt;
    }

    @Override public boolean isClaimed() {
        return claim.isTaken();
    }

    @Override public void claim() throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException("it is a folder; name a file in it");
        }
        Optional<String> dead = claim.take();
        if (dead.isPresent()) {
            deletePartsOfAll(dead.get());
        }
        PartFile.claim(path, attemptToken());
    }

    /** Puts all others behind the first one, which need not be copied. */
    @Override public void join(List<Path> runs) throws IOException {
        if (workers == 1) {
            return;
        }
        Files.move(runs.get(0), whole(), StandardCopyOption.REPLACE_EXISTING);
        if (runs.size() == 1) {
            return;
        }
        try (var out = FileChannel.open(whole(), StandardOpenOption.WRITE)) {
            out.position(out.size());
            for (Path run : runs.subList(1, runs.size())) {
                try (var in = FileChannel.open(run)) {
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
                Files.delete(run);
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

        if (workers == 1) {
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
        try (OutputStream out = Files.newOutputStream(whole())) {
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
        PartFile.commit(path, attemptToken());
    }

    @Override public void clear(boolean endedWell) throws IOException {
        if (claim.isTaken()) {
            try {
                if (attempt == 1) {
                    deleteParts();
                } else {
                    deletePartsOfAll(token);
                }
            } finally {
                claim.release();
            }
        }
    }

    @Override public void abandon() throws IOException {
        deletePartsOfAll(token);
        claim.abandon();
    }

    /** Of the first attempt, in which every worker's partitions are neighbours. */
    private void deleteParts() throws IOException {
        for (int number = 0; number <= workers; number++) {
            Files.deleteIfExists(PartFile.of(path, token, number));
        }
    }

    /** Of all attempts: how many workers each of them had, nobody knows any more. */
    private void deletePartsOfAll(String ofToken) throws IOException {
        String before = path.getFileName() + "." + ofToken;
        Path folder = path.toAbsolutePath().getParent();
        try (var parts = Files.newDirectoryStream(folder, file -> {
            String name = file.getFileName().toString();
            return name.startsWith(before) && name.substring(before.length()).matches("(-\\d+)?\\.part\\d*(-\\d+)?");
        })) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            // The folder has gone, and they with it.
            return;
        }
    }
}
