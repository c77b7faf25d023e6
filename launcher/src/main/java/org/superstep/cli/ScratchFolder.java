package org.superstep.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder of one process for what it needs while it runs, where those for temporary files are; closing it deletes all that is in it. */
final class ScratchFolder implements AutoCloseable {
    private final Path path;

    /** Makes one, which nobody else may read. */
    ScratchFolder(String name) throws IOException {
        path = Files.createTempDirectory(name + "-");
    }

    /** Its path. */
    Path path() {
        return path;
    }

    @Override public void close() throws IOException {
        delete(path);
    }

    /** Deletes a folder, if it is there, and all that is in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            /** Whoever else cleans up may have been first. */
            @Override public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
