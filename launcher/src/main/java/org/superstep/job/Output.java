package org.superstep.job;

import java.io.IOException;
import java.nio.file.Path;

/** Something that a job writes: claimed before anything is computed, then there whole or not at all. One thread at a time uses it. */
sealed interface Output permits OutputFile, OutputFolder {
    /** Its name. */
    Path path();

    /** Where this worker writes its part. */
    Path part(int worker);

    /** Makes it this job's, as far as nobody else has it, and finds out whether it can be written. */
    void claim() throws IOException;

    /** Lets it appear, once all parts are there. */
    void commit() throws IOException;

    /** Lets go of what has been claimed; of a job that has not ended well, deletes all that there is of it. */
    void clear(boolean endedWell) throws IOException;

    /** Deletes what a job with the same token has left half done, whoever in this process has claimed it. */
    void abandon() throws IOException;
}
