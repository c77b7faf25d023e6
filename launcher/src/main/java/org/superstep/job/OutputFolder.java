package org.superstep.job;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * A folder of rows, a part for each run of neighbouring partitions that a worker holds, in the order of ids. The folder is new, or holds
 * nothing but hidden files. Parts are written in a folder inside and moved out when all are there; then comes an empty file
 * {@value #SUCCESS}. While the folder inside is there and that file is not, all parts are half done.
 */
final class OutputFolder implements Output {
    /** Says that the folder is whole, as MapReduce, Spark and Giraph have it. */
    static final String SUCCESS = "_SUCCESS";
    private static final String TEMPORARY = "_temporary-";
    private static final String PART = "part-";

    private final Path path;
    private final Path temporary;
    private final int attempt;
    private final boolean isNew;
    /** Taken once the folder inside has been made, so that all other files are this job's. */
    private final OutputClaim claim;
    /** What is to be moved out, once all is there. */
    private List<Path> joined = List.of();

    OutputFolder(Path path, String token) {
        this(path, path.resolve(TEMPORARY + token), 1, !Files.exists(path),
            new OutputClaim(path.resolve(OutputClaim.SUFFIX), token));
    }

    private OutputFolder(Path path, Path temporary, int attempt, boolean isNew, OutputClaim claim) {
        this.path = path;
        this.temporary = temporary;
        this.attempt = attempt;
        this.isNew = isNew;
        this.claim = claim;
    }

    @Override public OutputFolder attempt(int number, int workers) {
        return new OutputFolder(path, temporary, number, isNew, claim);
    }

    @Override public Path path() {
        return path;
    }

    @Override public Path part(int worker) {
        return temporary.resolve(attempt == 1 ? name(worker) : attempt + "-" + name(worker));
    }

    /** Five digits, or more where there are more parts; by hand, because a formatter costs milliseconds. */
    private static String name(int number) {
        String digits = Integer.toString(number);
        return PART + "0".repeat(Math.max(0, 5 - digits.length())) + digits;
    }

    /** What stands in the way of parts in a folder there, with the remedy; empty: nothing. */
    static Optional<String> hindrance(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    if (!name.startsWith(".")) {
                        return Optional.of("the folder holds " + name + " already; name another, or empty it");
                    }
                }
            }
        }
        return Optional.empty();
    }

    @Override public boolean isClaimed() {
        return claim.isTaken();
    }

    @Override public void claim() throws IOException {
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw new IOException("it is a file; name a folder", e);
            }
        }
        Optional<String> dead = claim.take();
        try {
            if (dead.isPresent()) {
                deleteHalfDone(path.resolve(TEMPORARY + dead.get()));
            }
            Optional<String> hindrance = hindrance(path);
            if (hindrance.isPresent()) {
                throw new IOException(hindrance.get());
            }
            Files.createDirectory(temporary);
        } catch (IOException e) {
            claim.release();
            throw e;
        }
    }

    /** Each is a part of the folder. */
    @Override public void join(List<Path> runs) {
        joined = List.copyOf(runs);
    }

    @Override public void commit() throws IOException {
        for (int number = 0; number < joined.size(); number++) {
            Files.move(joined.get(number), path.resolve(name(number)), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.createFile(path.resolve(SUCCESS));
        deleteFolder(temporary);
    }

    @Override public void clear(boolean endedWell) throws IOException {
        try {
            if (claim.isTaken() && !endedWell) {
                Files.deleteIfExists(path.resolve(SUCCESS));
                deleteParts(temporary);
            }
        } finally {
            claim.release();
        }
        if (!endedWell) {
            deleteIfNew();
        }
    }

    @Override public void abandon() throws IOException {
        if (Files.exists(temporary) && !Files.exists(path.resolve(SUCCESS))) {
            deleteParts(temporary);
        }
        claim.abandon();
        deleteIfNew();
    }

    /** While a folder inside is there and {@value #SUCCESS} is not, no part is worth anything. */
    private void deleteHalfDone(Path inside) throws IOException {
        if (Files.exists(inside) && !Files.exists(path.resolve(SUCCESS))) {
            deleteParts(inside);
        }
    }

    /** All that stand in the folder: as it is this job's, it has made them. */
    private void deleteParts(Path inside) throws IOException {
        try (var parts = Files.newDirectoryStream(path, PART + "*")) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        deleteFolder(inside);
    }

    /** With the parts of all attempts. */
    private static void deleteFolder(Path inside) throws IOException {
        try (var parts = Files.newDirectoryStream(inside)) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(inside);
    }

    private void deleteIfNew() throws IOException {
        if (isNew) {
            try {
                Files.deleteIfExists(path);
            } catch (DirectoryNotEmptyException e) {
                // Somebody else has put something there, or all is well.
                return;
            }
        }
    }
}
