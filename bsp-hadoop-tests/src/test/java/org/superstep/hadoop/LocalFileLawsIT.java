package org.superstep.hadoop;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own files keep the laws, or they would be none. */
final class LocalFileLawsIT extends FileLaws {
    @TempDir Path folder;

    @Override Path newFolder() {
        return folder;
    }
}
