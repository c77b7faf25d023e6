package org.superstep.checkpoint;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What the JDK's exceptions mean in words: most of them say only which file it was, or, of a full disk, not even that. */
final class Failure {
    private Failure() {
    }

    /** The same exception with what was done to which file in its message; a channel that was closed meanwhile stays one. */
    static IOException of(String what, Path file, IOException cause) {
        if (cause instanceof ClosedChannelException || cause instanceof DamagedException || cause instanceof OvertakenException) {
            return cause;
        }
        return new IOException("cannot " + what + " " + file + ": " + reason(cause), cause);
    }

    /** The same of reading what must be there: where the file is not, the checkpoint is damaged. */
    static IOException ofReading(Path file, IOException cause) {
        return cause instanceof NoSuchFileException ? new DamagedException(file.toString(), "is missing", cause) : of("read", file, cause);
    }

    /** Why, in one line that does not name the file. */
    static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (cause instanceof FileAlreadyExistsException) {
            return "a file of that name is there already";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = cause instanceof FileSystemException fault ? fault.getReason() : cause.getMessage();
        return reason == null || reason.isBlank() ? cause.getClass().getSimpleName() : reason.lines().findFirst().orElseThrow();
    }
}
