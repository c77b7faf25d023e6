package org.superstep.datasets;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.superstep.graph.io.InputException;

/** Where bytes come from, and what the user calls it. */
sealed interface Origin {
    String name();

    /**
     * Opens the bytes.
     *
     * @throws InputException where there is no file that can be read
     */
    PositionedBytes open() throws IOException;

    /**
     * Whether the bytes are compressed by gzip, as their beginning says.
     *
     * @throws InputException where the name says that they are, and the beginning that they are not
     */
    default boolean isGzip(PositionedBytes bytes) throws IOException {
        var beginning = new byte[2];
        int length = (int) Math.min(beginning.length, bytes.size());
        bytes.read(0, beginning, 0, length);
        boolean gzip = GzipText.isGzip(beginning, length);
        if (!gzip && name().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            throw new InputException(name() + ": is named .gz but holds no gzip data; rename it, or compress it with gzip");
        }
        return gzip;
    }

    /** The files' origins, in the same order. */
    static List<Origin> of(List<Path> files) {
        var origins = new ArrayList<Origin>();
        for (var file : files) {
            origins.add(new OfFile(file.toString(), file));
        }
        return origins;
    }

    /** A text that lies in memory. */
    record OfText(String name, byte[] text) implements Origin {
        @Override
        public PositionedBytes open() {
            return PositionedBytes.of(text);
        }
    }

    /** A file. */
    record OfFile(String name, Path path) implements Origin {
        @Override
        public PositionedBytes open() throws IOException {
            if (Files.isDirectory(path)) {
                throw new InputException(name + ": is a folder; name the files in it");
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new InputException(name + ": is a pipe or a device, which cannot be read from several places at once; write it to a"
                    + " file first");
            }
            try {
                return PositionedBytes.of(path);
            } catch (NoSuchFileException e) {
                throw new InputException(name + ": no such file; check the path"
                    + (path.isAbsolute() ? "" : ", which starts at " + Path.of("").toAbsolutePath()), e);
            } catch (AccessDeniedException e) {
                throw new InputException(name + ": may not be read; check its permissions (ls -l)", e);
            }
        }
    }
}
