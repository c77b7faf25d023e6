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
     * Make your part of this job and connect with its other workers; answered by {@link FromMember.Prepared}, or by a
     * {@link ToMaster.Failed}.
     *
     * @param job its number, from 1
     * @param spec what it is
     * @param worker which of its workers the member is
     * @param threads its compute threads in this job
     * @param peers by worker, where it is reached
     */
    record Prepare(long job, JobSpec spec, int worker, int threads, List<Peer> peers) implements ToMember {
        /** Copies the list. */
        public Prepare {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Where a worker of a job is reached by the others.
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

    /** What its worker of the job is to do. */
    record Tell(long job, ToWorker command) implements ToMember {
    }

    /** The job is over, however it ended: let go of it; answered by {@link FromMember.Released}. */
    record Release(long job) implements ToMember {
    }

    /** The master ends, and with it the cluster. */
    record Farewell(String reason) implements ToMember {
    }
}
