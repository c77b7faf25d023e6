package org.superstep.master;

import java.util.List;
import java.util.Set;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;

/** What happens to a cluster, as its master sees it. */
public sealed interface ClusterEvent {
    /**
     * What a master before this one has kept, as {@link ClusterCommand.Keep}, {@link ClusterCommand.KeepAttempt} and
     * {@link ClusterCommand.Remember} say; where there is any, the first event of all.
     *
     * @param jobs those that were accepted and are not over, in any order
     * @param past those that are over, in the order in which they ended
     * @param jars the hashes of all jars that are still there
     * @param lastJob the greatest number that a job has had; 0: none
     * @param lastAttempt the greatest number that an attempt has had; 0: none
     */
    record Recalled(List<RecalledJob> jobs, List<PastJob> past, Set<String> jars, long lastJob, long lastAttempt)
            implements ClusterEvent {
        /** Copies the lists. */
        public Recalled {
            jobs = List.copyOf(jobs);
            past = List.copyOf(past);
            jars = Set.copyOf(jars);
        }
    }

    /**
     * A job that was accepted by a master before this one and is not over.
     *
     * @param job its number
     * @param token what it was submitted with
     * @param spec what it is
     * @param submittedMillis when, milliseconds of the epoch
     * @param attempts how many attempts at it there have been; 0: it has not begun
     * @param workers how many workers the last of them had; 0: it has not begun
     */
    record RecalledJob(long job, String token, JobSpec spec, long submittedMillis, int attempts, int workers) {
    }

    /** A member, or one that would like to be one, has connected; {@code isSafe}: code may travel to it. */
    record MemberConnected(long connection, boolean isSafe) implements ClusterEvent {
    }

    /** A client has connected. */
    record ClientConnected(long connection) implements ClusterEvent {
    }

    /** A member says something other than {@link FromMember.Says} and {@link FromMember.Reading}, which go straight to the job's run. */
    record MemberSaid(long connection, FromMember message) implements ClusterEvent {
    }

    /** A client says something other than {@link FromClient.Jar}, which goes straight to where jars are kept. */
    record ClientSaid(long connection, FromClient message) implements ClusterEvent {
    }

    /** A connection has been closed. */
    record Closed(long connection, String reason) implements ClusterEvent {
    }

    /** A jar has come whole and has the hash that names it. */
    record JarStored(String sha256) implements ClusterEvent {
    }

    /** A jar that a client has sent is not what it should be, or cannot be kept. */
    record JarSpoilt(long connection, String sha256, String reason) implements ClusterEvent {
    }

    /** What a job's run tells those who watch it: how it comes along. */
    record JobTold(long job, ToClient message) implements ClusterEvent {
    }

    /** A checkpoint of the job has been committed; {@code superstep} is the one that is to run next. */
    record Advanced(long job, int superstep) implements ClusterEvent {
    }

    /**
     * The job's run wants to go on with another attempt, whose workers hold nothing yet: what they held is saved, or is no use any more.
     * Nothing of this attempt is heard any more. No worker was lost for it.
     *
     * @param job the job
     * @param attempt the attempt that is over
     * @param reason why, in one line
     */
    record Regroup(long job, long attempt, String reason) implements ClusterEvent {
    }

    /**
     * A job's run is over, and nothing of it is left on the master: {@link ToClient.Done} or {@link ToClient.Failed}, whose fault is of
     * kind {@code SUSPENDED} where the job can go on from a checkpoint.
     */
    record JobOver(long job, ToClient end) implements ClusterEvent {
    }

    /** Time has passed. */
    record Tick() implements ClusterEvent {
    }

    /** The master is told to end. */
    record End(String reason) implements ClusterEvent {
    }
}
