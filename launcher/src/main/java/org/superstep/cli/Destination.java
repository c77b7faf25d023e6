package org.superstep.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.superstep.graph.io.Location;
import org.superstep.graph.io.PartFile;
import org.superstep.job.OutputFiles;

/**
 * Where a result goes; found to be possible before anything is computed.
 *
 * @param path the file or folder, with links followed; of no meaning for standard output
 * @param said the same as the user has named it, for people
 * @param kind how it is written
 */
record Destination(Path path, Path said, Kind kind) {
    /** How a destination is written. */
    enum Kind {
        /** A file that appears whole, renamed from its {@linkplain #part part file}. */
        FILE,
        /** A folder, new or empty, in which a file for each worker appears, and all of them together. */
        FOLDER,
        /** A device or pipe, written as it stands: to rename a file over {@code /dev/null} would destroy it. */
        DEVICE,
        /** Standard output. */
        STANDARD_OUTPUT
    }

    /** What the user has named by this option: a path, or {@code -} for standard output. */
    static Destination of(String option, String text) {
        return text.equals("-") ? new Destination(Path.of(text), Path.of(text), Kind.STANDARD_OUTPUT) : ofPath(option, text);
    }

    /** The same where it may also be a folder: one that is there, or a name that ends as a folder's does. */
    static Destination ofFileOrFolder(String option, String text) {
        if (text.equals("-") || !isFolder(text, pathOf(option, text))) {
            return of(option, text);
        }
        Path said = pathOf(option, text);
        try {
            Path path = Files.exists(said) ? said.toRealPath() : said.toAbsolutePath().normalize();
            if (Files.isDirectory(path)) {
                Optional<String> hindrance = OutputFiles.hindrance(path);
                if (hindrance.isPresent()) {
                    throw new UsageException("--" + option + " " + text + ": " + hindrance.get());
                }
            } else if (Files.exists(path)) {
                throw new UsageException("--" + option + " " + text + ": is a file; name a folder, or leave out the / at the end");
            } else {
                requireFolder(option, text, path.getParent());
            }
            // Under a hidden name, because other processes of the same job may look whether the folder is empty.
            Path trial = Files.isDirectory(path) ? path.resolve(".rows") : path.resolveSibling("." + path.getFileName());
            PartFile.claim(trial);
            Files.delete(PartFile.of(trial, 0));
            return new Destination(path, said, Kind.FOLDER);
        } catch (IOException e) {
            throw new UsageException("--" + option + " " + text + ": no folder of rows can be written there (" + reason(e)
                + "); check the permissions or choose another", e);
        }
    }

    private static boolean isFolder(String text, Path path) {
        return text.endsWith("/") || Files.isDirectory(path);
    }

    /** A fault, that of a server that does not answer for example, is not taken for a missing folder. */
    private static void requireFolder(String option, String text, Path folder) throws IOException {
        try {
            if (!Files.readAttributes(folder, BasicFileAttributes.class).isDirectory()) {
                throw new UsageException("--" + option + " " + text + ": " + folder + " is not a folder");
            }
        } catch (NoSuchFileException e) {
            throw new UsageException("--" + option + " " + text + ": there is no folder " + folder + "; create it (mkdir -p)", e);
        }
    }

    /** What the user has named by this option, which must be a path, and that of a file. */
    static Destination ofPath(String option, String text) {
        Path said = pathOf(option, text);
        Path path = said;
        if (isFolder(text, path)) {
            throw new UsageException("--" + option + " " + text + ": is a folder; name a file in it");
        }
        try {
            requireFolder(option, text, path.toAbsolutePath().getParent());
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

    /** A file, or a folder whose name ends as one's does, of which another process has found out that it can be written. */
    static Destination tried(String option, String text) {
        Path said = pathOf(option, text);
        try {
            Path path = Files.exists(said) ? said.toRealPath() : said;
            return new Destination(path, said, text.endsWith("/") ? Kind.FOLDER : Kind.FILE);
        } catch (IOException e) {
            throw new UsageException("--" + option + " " + text + ": cannot be looked at (" + reason(e) + ")", e);
        }
    }

    /** Whether it is written as it stands, once the job has ended. */
    boolean isStream() {
        return kind == Kind.DEVICE || kind == Kind.STANDARD_OUTPUT;
    }

    /** What is written. */
    @FunctionalInterface
    interface Content {
        /** Writes it. */
        void write(OutputStream out) throws IOException;
    }

    /** Writes a file that appears whole or not at all, or a device; what fails names it. */
    void write(Content content) throws IOException {
        try {
            writeWhole(content);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            var fault = new FileSystemException(said.toString(), null, e.getMessage());
            fault.initCause(e);
            throw fault;
        }
    }

    private void writeWhole(Content content) throws IOException {
        if (kind == Kind.DEVICE) {
            try (OutputStream out = Files.newOutputStream(path)) {
                content.write(out);
            }
            return;
        }
        boolean isComplete = false;
        try {
            try (OutputStream out = Files.newOutputStream(part())) {
                content.write(out);
            }
            PartFile.commit(path);
            isComplete = true;
        } finally {
            if (!isComplete) {
                Files.deleteIfExists(part());
            }
        }
    }

    /** The file beside, which holds what has been written so far and becomes the file itself when all has been. */
    Path part() {
        return PartFile.of(path, 0);
    }

    /** The path that the user has named by this option, as such or as a URI. */
    static Path pathOf(String option, String text) {
        if (text.isEmpty()) {
            throw new UsageException("--" + option + " needs a path, was \"\"");
        }
        try {
            return Location.path(text);
        } catch (InvalidPathException e) {
            throw new UsageException("--" + option + " " + text + ": " + e.getReason(), e);
        }
    }

    /** What the system says is wrong, without the path that its exceptions repeat. */
    static String reason(IOException e) {
        return PartFile.reason(e);
    }
}
