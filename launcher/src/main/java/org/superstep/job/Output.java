package org.superstep.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.superstep.graph.io.PartFile;

/**
 * Something that one attempt at a job writes: claimed before anything is computed, by the job once and for all, then there whole or not at
 * all. One thread at a time uses it.
 */
sealed interface Output permits OutputFile, OutputFolder {
    /** Its name. */
    Path path();

    /** The same as another of the job's attempts writes it, with so many workers; the claim is the job's, and both have it. */
    Output attempt(int number, int workers);

    /** Where this worker writes its part, which no worker of another attempt does; rows {@link PartFile#ofRun run by run}. */
    Path part(int worker);

    /** Whether it is this job's. */
    boolean isClaimed();

    /** Makes it this job's, as far as nobody else has it, and finds out whether it can be written. */
    void claim() throws IOException;

    /** Puts files of rows, which are in this order, one behind another, as far as that is to be done before they appear. */
    void join(List<Path> runs) throws IOException;

    /** Lets it appear, once all parts are there. */
    void commit() throws IOException;

    /** Lets go of what has been claimed, and deletes all attempts' parts; of a job that has not ended well, all that there is of it. */
    void clear(boolean endedWell) throws IOException;

    /** Deletes what a job with the same token has left half done, whoever in this process has claimed it. */
    void abandon() throws IOException;
}
