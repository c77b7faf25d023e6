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
     * All workers of an attempt have made their parts: run the job on them. Where it has a run already, that goes on with these, who hold
     * nothing, or what they have kept of the attempt before; where it has none, it gets one. A run is answered by one
     * {@link ClusterEvent.JobOver}.
     *
     * @param job its number
     * @param attempt the attempt's, which its workers' frames and messages carry
     * @param ordinal which of the job's attempts it is, from 1
     * @param spec what the job is
     * @param workers by worker, who they are
     */
    record BeginJob(long job, long attempt, int ordinal, JobSpec spec, List<Worker> workers) implements ClusterCommand {
        /** Copies the list. */
        public BeginJob {
            workers = List.copyOf(workers);
        }
    }

    /**
     * A worker of an attempt.
     *
     * @param connection where it is reached
     * @param member its number as a member
     * @param address where it is, for people
     * @param threads its compute threads in this job
     * @param memoryBytes its heap
     */
    record Worker(long connection, int member, String address, int threads, long memoryBytes) {
    }

    /**
     * An attempt that has begun is over, because a worker was lost, and the job goes on with another: nothing of this one is heard any
     * more. The job's run tells those who watch it, and from where it goes on.
     *
     * @param job the job
     * @param attempt the attempt
     * @param reason who was lost and why, in one line
     */
    record Pause(long job, long attempt, String reason) implements ClusterCommand {
    }

    /**
     * Ask this job's run to go on with other workers from a checkpoint that it takes as soon as it can; answered by
     * {@link ClusterEvent.Regroup}, or by its end. Asked again where that takes long.
     */
    record Regroup(long job, String reason) implements ClusterCommand {
    }

    /**
     * Ask this job's run to take a checkpoint as soon as it can, and end; answered by {@link ClusterEvent.JobOver}. Told again behind each
     * {@link BeginJob}.
     */
    record Suspend(long job) implements ClusterCommand {
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

    /**
     * A job is in the queue, with its jars: whoever keeps what outlives this process keeps it, before anything that follows is done.
     *
     * @param job its number
     * @param token what it was submitted with
     * @param spec what it is
     * @param submittedMillis when, milliseconds of the epoch
     */
    record Keep(long job, String token, JobSpec spec, long submittedMillis) implements ClusterCommand {
    }

    /**
     * A job that is kept has another attempt: to be kept before anybody hears of the attempt, so that its number is never given again.
     *
     * @param job the job
     * @param attempt the attempt's number
     * @param ordinal which of the job's attempts it is, from 1
     * @param workers how many workers it has
     */
    record KeepAttempt(long job, long attempt, int ordinal, int workers) implements ClusterCommand {
    }

    /** A job is over: keep how it ended, for those who ask later, and nothing else of it. */
    record Remember(PastJob past) implements ClusterCommand {
    }

    /** Tell whoever runs the master, in one line. */
    record Log(String line) implements ClusterCommand {
    }

    /** All is over: the process may end. */
    record Exit() implements ClusterCommand {
    }
}
