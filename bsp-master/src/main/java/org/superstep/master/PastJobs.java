package org.superstep.master;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.superstep.net.ToClient;

/** The last jobs that are over, and how they ended. A report may be long, so the oldest are forgotten when all together are. */
final class PastJobs {
    static final int MOST = 1_000;
    static final long MOST_BYTES = 64 << 20;

    private final Deque<PastJob> jobs = new ArrayDeque<>();
    private long bytes;

    /** Keeps a job, and says which are forgotten for it; the last one stays, however long it is. */
    List<PastJob> add(PastJob past) {
        jobs.add(past);
        bytes += past.bytes();
        var forgotten = new ArrayList<PastJob>();
        while (jobs.size() > MOST || bytes > MOST_BYTES && jobs.size() > 1) {
            PastJob oldest = jobs.remove();
            bytes -= oldest.bytes();
            forgotten.add(oldest);
        }
        return forgotten;
    }

    Optional<PastJob> find(long job) {
        return jobs.stream().filter(past -> past.job().job() == job).findFirst();
    }

    /** In the order in which they ended. */
    List<ToClient.Job> all() {
        return jobs.stream().map(PastJob::job).toList();
    }
}
