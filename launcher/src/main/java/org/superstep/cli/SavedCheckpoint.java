package org.superstep.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Manifest;

/**
 * A checkpoint in a folder, whether or not it can be used.
 *
 * @param superstep which superstep would run next
 * @param manifest what it consists of; empty where that cannot be read
 * @param faults what is wrong with it, a line for each file; empty where nothing is
 */
record SavedCheckpoint(long superstep, Optional<Manifest> manifest, List<String> faults) {
    /** The one whose manifest has this name. */
    static SavedCheckpoint of(CheckpointFolder folder, String name, boolean thoroughly) {
        long superstep = CheckpointFolder.superstep(name);
        Manifest manifest;
        try {
            manifest = folder.read(name);
        } catch (IOException e) {
            return new SavedCheckpoint(superstep, Optional.empty(), List.of(e.getMessage()));
        }
        try {
            return new SavedCheckpoint(superstep, Optional.of(manifest),
                folder.faults(manifest, thoroughly).stream().map(Throwable::getMessage).toList());
        } catch (IOException e) {
            return new SavedCheckpoint(superstep, Optional.of(manifest), List.of(e.getMessage()));
        }
    }

    /** Whether a job can go on from here, as far as was looked. */
    boolean isWhole() {
        return faults.isEmpty();
    }
}
