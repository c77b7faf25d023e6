package org.superstep.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.superstep.datasets.RmatGenerator;
import org.superstep.datasets.RmatOptions;

/** The R-MAT graphs that benchmarks read, as text files in a folder of the system's temporary one; made once and kept. */
public final class RmatFile {
    private static final long SEED = 1;

    private RmatFile() {
    }

    /** The file of this scale: 16 edges an id, each once, in random order. */
    public static Path ofScale(int scale) {
        return of("rmat" + scale + "-edges.tsv", RmatOptions.of(scale, SEED));
    }

    /** The same with weights from 1 to 255. */
    public static Path weightedOfScale(int scale) {
        return of("rmat" + scale + "-weighted.tsv", RmatOptions.of(scale, SEED).withWeights());
    }

    private static Path of(String name, RmatOptions options) {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "superstep-benchmarks", name);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                new RmatGenerator(options).write(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + file, e);
        }
        return file;
    }
}
