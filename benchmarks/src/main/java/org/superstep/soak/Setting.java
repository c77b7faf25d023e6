package org.superstep.soak;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What all jobs of a soak have in common.
 *
 * @param superstep the command that is tried
 * @param jar programs that are not bundled
 * @param folder where jobs have folders of their own
 * @param slowDisk a library that is loaded before others and makes disks slow; empty: there is none
 * @param recoveries what the soak is about
 */
record Setting(Path superstep, Path jar, Path folder, Optional<Path> slowDisk, Course.Recoveries recoveries) {
}
