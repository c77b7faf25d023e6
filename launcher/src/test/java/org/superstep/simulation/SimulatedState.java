package org.superstep.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.master.PastJob;

/** What outlives a master, on its disk. */
final class SimulatedState {
    private final TreeMap<Long, ClusterEvent.RecalledJob> jobs = new TreeMap<>();
    private final List<PastJob> past = new ArrayList<>();
    private final Set<String> jars = new HashSet<>();
    private long lastJob;
    private long lastAttempt;

    void keep(ClusterCommand.Keep keep) {
        lastJob = Math.max(lastJob, keep.job());
        jobs.put(keep.job(), new ClusterEvent.RecalledJob(keep.job(), keep.token(), keep.spec(), keep.submittedMillis(), 0, 0));
    }

    void keep(ClusterCommand.KeepAttempt keep) {
        if (keep.attempt() <= lastAttempt) {
            throw new AssertionError("attempt " + keep.attempt() + " comes after " + lastAttempt);
        }
        lastAttempt = keep.attempt();
        ClusterEvent.RecalledJob job = jobs.get(keep.job());
        if (keep.ordinal() != job.attempts() + 1) {
            throw new AssertionError("job " + keep.job() + " has attempt " + keep.ordinal() + " after " + job.attempts());
        }
        jobs.put(keep.job(), new ClusterEvent.RecalledJob(job.job(), job.token(), job.spec(), job.submittedMillis(), keep.ordinal(),
            keep.workers()));
    }

    void remember(PastJob over) {
        jobs.remove(over.job().job());
        past.add(over);
    }

    void stored(String jar) {
        jars.add(jar);
    }

    void forget(String jar) {
        jars.remove(jar);
    }

    ClusterEvent.Recalled recalled() {
        return new ClusterEvent.Recalled(List.copyOf(jobs.values()), past, jars, lastJob, lastAttempt);
    }
}
