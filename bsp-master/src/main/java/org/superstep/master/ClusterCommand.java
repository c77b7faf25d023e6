package org.superstep.master;

import java.util.List;
import org.superstep.net.Fault;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;
import org.superstep.net.ToMember;

/** What the master of a cluster wants done. */
public sealed interface ClusterCommand {
    /** Send this to a member. */
    record TellMember(long connection, ToMember message) implements ClusterCommand {
    }

    /** Send this to a client. */
    record TellClient(long connection, ToClient message) implements ClusterCommand {
    }

    /** Send this jar to a member, piece by piece. */
    record SendJar(long connection, String sha256) implements ClusterCommand {
    }

    /** Close a connection. */
    record Close(long connection, String reason) implements ClusterCommand {
    }

    /**
     * All workers have made their parts: run the job; answered by {@link ClusterEvent.JobOver}.
     *
     * @param job its number
     * @param spec what it is
     * @param workers by worker, who they are
     */
    record BeginJob(long job, JobSpec spec, List<Worker> workers) implements ClusterCommand {
    }

    /**
     * A worker of a job.
     *
     * @param connection where it is reached
     * @param member its number as a member
     * @param address where it is, for people
     * @param threads its compute threads in this job
     * @param memoryBytes its heap
     */
    record Worker(long connection, int member, String address, int threads, long memoryBytes) {
    }

    /** Break this job's run off, for this fault; answered by {@link ClusterEvent.JobOver}. */
    record BreakOff(long job, Fault fault) implements ClusterCommand {
    }

    /** All workers of a job that is over have let go of it, or are gone: none of them writes to its files any more. */
    record LetGo(long job) implements ClusterCommand {
    }

    /** No job needs this jar any more. */
    record ForgetJar(String sha256) implements ClusterCommand {
    }

    /** A job is over: keep how it ended, for those who ask later. */
    record Remember(ToClient.Job job, ToClient end) implements ClusterCommand {
    }

    /** Tell whoever runs the master, in one line. */
    record Log(String line) implements ClusterCommand {
    }

    /** All is over: the process may end. */
    record Exit() implements ClusterCommand {
    }
}
