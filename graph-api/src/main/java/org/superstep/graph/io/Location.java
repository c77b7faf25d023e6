package org.superstep.graph.io;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What a user calls a file, as a path: a name of this machine's, {@code file:/...}, or {@code SCHEME://...} where a jar on the class path
 * knows file systems of that scheme, such as {@code hdfs://host:port/path}. Which file it is no other place decides.
 */
public final class Location {
    private Location() {
    }

    /**
     * The path that the text names. That of a scheme is taken as it stands, without quotes ({@code %20} is no blank), as Hadoop has it.
     *
     * @throws InvalidPathException if it names none; the reason says what to do
     */
    public static Path path(String text) {
        if (text.startsWith("file:/")) {
            try {
                return Path.of(URI.create(text));
            } catch (IllegalArgumentException e) {
                throw invalid(text, "it names no file of this machine: " + e.getMessage(), e);
            }
        }
        int end = text.indexOf("://");
        if (end <= 0) {
            return Path.of(text);
        }
        int slash = text.indexOf('/', end + 3);
        String authority = text.substring(end + 3, slash < 0 ? text.length() : slash);
        try {
            return Path.of(new URI(text.substring(0, end), authority.isEmpty() ? null : authority, slash < 0 ? "/" : text.substring(slash),
                null, null));
        } catch (FileSystemNotFoundException e) {
            throw invalid(text, "only files are read and written, of this machine, of a shared (NFS) folder, or of HDFS (hdfs://); copy it"
                + " there", e);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw invalid(text, e.getMessage(), e);
        }
    }

    private static InvalidPathException invalid(String text, String reason, Exception cause) {
        var fault = new InvalidPathException(text, reason);
        fault.initCause(cause);
        return fault;
    }
}
