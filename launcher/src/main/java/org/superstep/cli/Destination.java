package org.superstep.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.superstep.graph.io.PartFile;

/**
 * Where a result goes; found to be possible before anything is computed.
 *
 * @param path the file, with links followed; of no meaning for standard output
 * @param said the same as the user has named it, for people
 * @param kind how it is written
 */
record Destination(Path path, Path said, Kind kind) {
    /** How a destination is written. */
    enum Kind {
        /** A file that appears whole, renamed from its {@linkplain #part part file}. */
        FILE,
        /** A device or pipe, written as it stands: to rename a file over {@code /dev/null} would destroy it. */
        DEVICE,
        /** Standard output. */
        STANDARD_OUTPUT
    }

    /** What the user has named by this option: a path, or {@code -} for standard output. */
    static Destination of(String option, String text) {
        return text.equals("-") ? new Destination(Path.of(text), Path.of(text), Kind.STANDARD_OUTPUT) : ofPath(option, text);
    }

    /** What the user has named by this option, which must be a path. */
    static Destination ofPath(String option, String text) {
        Path said = pathOf(option, text);
        Path path = said;
        if (Files.isDirectory(path)) {
            throw new UsageException("--" + option + " " + text + ": is a folder; name a file in it");
        }
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (!Files.isDirectory(folder)) {
                throw new UsageException("--" + option + " " + text + ": " + (Files.exists(folder) ? folder + " is not a folder"
                    : "there is no folder " + folder + "; create it (mkdir -p)"));
            }
            if (Files.exists(path)) {
                path = path.toRealPath();
                if (!Files.isRegularFile(path)) {
                    return new Destination(path, said, Kind.DEVICE);
                }
            }
            // Asking for permissions is not enough: root has all of them on a read-only file system too.
            var destination = new Destination(path, said, Kind.FILE);
            PartFile.claim(destination.path());
            Files.delete(destination.part());
            return destination;
        } catch (IOException e) {
            throw new UsageException("--" + option + " " + text + ": no file can be written there (" + reason(e)
                + "); check the folder's permissions or choose another", e);
        }
    }

    /** Whether it is written as it stands, once the job has ended. */
    boolean isStream() {
        return kind != Kind.FILE;
    }

    /** The file beside, which holds what has been written so far and becomes the file itself when all has been. */
    Path part() {
        return part(0);
    }

    /** The file beside that a worker writes; all but the first worker's are joined to that. Named as the engine names them. */
    Path part(int worker) {
        return PartFile.of(path, worker);
    }

    static Path pathOf(String option, String text) {
        if (text.isEmpty()) {
            throw new UsageException("--" + option + " needs a path, was \"\"");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("--" + option + ": \"" + text + "\" is no path: " + e.getReason(), e);
        }
    }

    /** What the system says is wrong, without the path that its exceptions repeat. */
    static String reason(IOException e) {
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
