package org.superstep.graph.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;

/**
 * A file on its way: it stands beside its name, under one that only this process uses, until it is whole and takes the name. So what had
 * the name before is there until then, and no file of anybody else's is touched.
 */
public final class PartFile {
    /** Tells this process's parts from those of others; a part that exists all the same is never taken over. */
    private static final String PROCESS = Long.toString(System.currentTimeMillis() * 1_000_003 + System.nanoTime() & Long.MAX_VALUE, 36);

    /** File systems where a file is there when it has been closed, and takes no other name afterwards. */
    private static final Set<String> OBJECT_STORES = Set.of("s3a");

    private PartFile() {
    }

    /** Whether the file system has no parts, because it cannot rename; but a file there appears whole or not at all. */
    public static boolean isInObjectStore(Path file) {
        return OBJECT_STORES.contains(file.getFileSystem().provider().getScheme());
    }

    /** What the names of this process's parts hold, letters and digits. */
    public static String token() {
        return PROCESS;
    }

    /** Where part number {@code part} of the file is written; part 0 is the one that takes the name. */
    public static Path of(Path file, int part) {
        return of(file, PROCESS, part);
    }

    /** The same where several processes write parts of one file, and have agreed on a token that nobody else has. */
    public static Path of(Path file, String token, int part) {
        return file.resolveSibling(file.getFileName() + "." + token + ".part" + (part == 0 ? "" : part));
    }

    /**
     * Where a worker writes its run number {@code run} of rows, each in a file of its own, if it is to write a part there: the first is the
     * part. Only a worker whose partitions are no neighbours has more than one.
     */
    public static Path ofRun(Path part, int run) {
        return run == 0 ? part : part.resolveSibling(part.getFileName() + "-" + run);
    }

    /**
     * Makes an empty part 0, so that it is known that one can be written.
     *
     * @throws IOException if none can, or if this process writes the same file already
     */
    public static void claim(Path file) throws IOException {
        claim(file, PROCESS);
    }

    /** The same with a token that several processes have agreed on. */
    public static void claim(Path file, String token) throws IOException {
        if (isInObjectStore(file)) {
            throw new IOException("an object store renames no file; write to a disk or to hdfs://");
        }
        try {
            Files.createFile(of(file, token, 0));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("another job of this process writes it", e);
        }
    }

    /** Gives part 0 the file's name, and the permissions of the file that had it. */
    public static void commit(Path file) throws IOException {
        commit(file, PROCESS);
    }

    /** The same with a token that several processes have agreed on. */
    public static void commit(Path file, String token) throws IOException {
        Path part = of(file, token, 0);
        if (Files.exists(file) && Files.getFileStore(part).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(file));
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the system says is wrong, without the path that its exceptions repeat. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException fault) {
            return fault.getReason() != null ? fault.getReason() : fault instanceof NoSuchFileException ? "no such file or folder"
                : fault.getClass().getSimpleName();
        }
        return e.getMessage();
    }
}
