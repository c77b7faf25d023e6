package org.superstep;

/** Hears how a job comes along; the methods are called from the job's threads and should return at once. */
public interface JobObserver {
    /** Hears nothing. */
    JobObserver SILENT = new JobObserver() {
    };

    /**
     * The input has been opened: what was decided about it, and its size in bytes as stored (0 where unknown). Called again when another
     * worker opens its share, with the size so far.
     */
    default void opened(String description, long bytes) {
    }

    /** So many more bytes and edges have been read; called from several threads, about once a megabyte. */
    default void read(long bytes, long edges) {
    }

    /**
     * Something that the user should know has happened, and the job goes on: a worker was lost, or a checkpoint could not be written.
     *
     * @param line one line
     */
    default void notice(String line) {
    }

    /** The graph stands in memory. */
    default void loaded(long vertices, long edges) {
    }

    /** A superstep has ended. */
    default void superstep(JobReport.Superstep superstep) {
    }

    /** The last superstep has ended, and the output is being written; not called where there is none. */
    default void writing() {
    }
}
