package org.superstep.net;

import java.util.List;

/** What the master tells a worker process. */
public sealed interface ToMember {
    /**
     * It is a member now.
     *
     * @param member its number, from 1, never given twice
     * @param epoch the master's, which every frame carries
     */
    record Welcome(int member, long epoch) implements ToMember {
    }

    /** It cannot be a member, and need not try again. */
    record Refused(String reason) implements ToMember {
    }

    /**
     * Make your part of this attempt at a job and connect with its other workers; answered by {@link FromMember.Prepared}, or by a
     * {@link ToMaster.Failed}. Where workers are lost, or others come, a job goes on with another attempt, whose workers are numbered anew.
     *
     * @param attempt its number, from 1, never given twice by a master
     * @param job the job's number, from 1
     * @param ordinal which of the job's attempts it is, from 1
     * @param spec what the job is
     * @param worker which of the attempt's workers the member is
     * @param threads its compute threads in it
     * @param peers by worker, where it is reached
     */
    record Prepare(long attempt, long job, int ordinal, JobSpec spec, int worker, int threads, List<Peer> peers) implements ToMember {
        /** Copies the list. */
        public Prepare {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Where a worker of an attempt is reached by the others.
     *
     * @param member its number as a member
     * @param host its address
     * @param port its port
     */
    record Peer(int member, String host, int port) {
    }

    /** A piece of a jar that the member lacks. */
    record Jar(JobSpec.JarPiece piece) implements ToMember {
    }

    /** What its worker of the attempt is to do. */
    record Tell(long attempt, ToWorker command) implements ToMember {
    }

    /**
     * The attempt is over, however it ended: let go of it; answered by {@link FromMember.Released}.
     *
     * @param attempt the attempt
     * @param keeps whether another attempt at the job may go on with what this one has computed: do first what its worker has been told
     *     already, then keep its partitions and their log, until another attempt has taken them, or another job is to be prepared
     */
    record Release(long attempt, boolean keeps) implements ToMember {
    }

    /** It has been drained and holds nothing any more: it ends, and all is well. */
    record Dismissed() implements ToMember {
    }

    /** The master ends, and with it the cluster. */
    record Farewell(String reason) implements ToMember {
    }
}
