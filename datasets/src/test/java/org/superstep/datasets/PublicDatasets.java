package org.superstep.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of public graphs beside the repository, which not every machine has. */
final class PublicDatasets {
    static final String ABSENT = "the folder ../shared/datasets is not on this machine";

    private PublicDatasets() {
    }

    static Optional<Path> file(String name) {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var file = folder.resolve("shared/datasets").resolve(name);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
