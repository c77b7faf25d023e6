package org.superstep.checkpoint;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files of checkpoints that nobody needs any more, to be written over: the disk has their blocks already. 10 MB every 100 ms, synced, take
 * 6.3 ms and 2.6 ms of CPU so, instead of 12.2 ms and 4.9 ms where each file is made, and the one before the last deleted.
 *
 * <p>Only what a manifest has named becomes a spare: its writer is done with it. A worker that was taken for lost and wakes up may still
 * write to any other file, and must not find a checkpoint's blocks under its hands.
 */
final class Spares {
    /** What is written at every checkpoint and is as long each time; the rest is not worth it. */
    private static final String KIND = ".state";

    private Spares() {
    }

    /** Whether this may become a spare. */
    static boolean mayBe(FileName.Data data, FileSystem files) {
        return data.name().endsWith(KIND) && isLocal(files);
    }

    /** Gives a spare this name, which nobody else gives, if there is one. */
    static boolean take(Path file) {
        if (!file.toString().endsWith(KIND) || !isLocal(file.getFileSystem()) || Files.exists(file)) {
            return false;
        }
        try (var spares = Files.newDirectoryStream(file.toAbsolutePath().getParent(), "*" + KIND + FileName.Spare.SUFFIX)) {
            for (Path spare : spares) {
                if (isTaken(spare, file)) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Whoever makes the file is told what is wrong with the folder.
            return false;
        }
        return false;
    }

    private static boolean isTaken(Path spare, Path file) {
        try {
            Files.move(spare, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            // Another worker was faster.
            return false;
        }
    }

    /** Elsewhere files cannot be written over. */
    private static boolean isLocal(FileSystem files) {
        return files.provider().getScheme().equals("file");
    }
}
