package org.superstep.cluster;

import java.nio.file.Path;
import java.util.List;
import org.superstep.JobObserver;
import org.superstep.JobReport;
import org.superstep.job.Job;
import org.superstep.job.OutputFiles;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;

/** Makes jobs of what was submitted, on the master as on the workers. Any thread may call. */
public interface JobMaker {
    /**
     * The job, made anew for one process.
     *
     * @param spec what was submitted
     * @param jars the files of its jars, in order
     * @param workers how many workers it has
     * @param threads compute threads over all workers; on a worker, of that worker times their number
     * @param observer hears how the job comes along
     * @throws org.superstep.graph.io.InputException if it cannot be made; the message is one line
     */
    Made make(JobSpec spec, List<Path> jars, int workers, int threads, JobObserver observer);

    /** A job that has been made; closing it lets go of its jars. */
    interface Made extends AutoCloseable {
        /** The job. */
        Job job();

        /** What it writes, here; {@link OutputFiles#shared} and {@link OutputFiles#attempt} make of it what all its processes write. */
        OutputFiles files();

        /** What a user hears of its end. */
        ToClient.Done done(long number, JobReport report, List<ToMaster.Written> parts);

        @Override void close();
    }
}
