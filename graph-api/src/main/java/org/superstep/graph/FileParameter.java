package org.superstep.graph;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.superstep.graph.io.Location;

/**
 * A parameter that names a file, which must be there and readable when it is named; a pipe will do. It has no default. What is in the file
 * is the program's own business: read it into a {@linkplain Program#shared shared object}, say, of which each worker has one.
 */
public final class FileParameter extends Parameter {
    private Path path;

    FileParameter(String name, String help) {
        super(name, help, false);
    }

    /** The file's path, as it was given. */
    public Path get() {
        requirePresent();
        return path;
    }

    /** Names the file, before the job starts. */
    public void set(Path path) {
        if (!Files.exists(path)) {
            throw refused(path + ", which is not there");
        }
        if (Files.isDirectory(path)) {
            throw refused(path + ", which is a folder");
        }
        if (!Files.isReadable(path)) {
            throw refused(path + ", which may not be read; check its permissions");
        }
        replace();
        this.path = path;
    }

    @Override public void parse(String text) {
        Path parsed;
        try {
            parsed = Location.path(text);
        } catch (InvalidPathException e) {
            throw refused('"' + text + "\", which is no path: " + e.getReason());
        }
        if (text.isEmpty()) {
            throw refusedText(text);
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "FILE";
    }

    @Override public String allowed() {
        return "a file that can be read";
    }

    @Override String valueText() {
        return path.toString();
    }
}
