package org.superstep.worker;

import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToMember;

/** What a worker process has to do as a member of a cluster. */
public sealed interface MembershipCommand {
    /** Connect with the master; answered by {@code Connected} or {@code NotConnected}. */
    record Connect() implements MembershipCommand {
    }

    /** Send this to the master. */
    record Tell(FromMember message) implements MembershipCommand {
    }

    /** Connect with another worker of an attempt; answered by {@code PeerConnected} or {@code PeerNotConnected}. */
    record ConnectPeer(long attempt, int worker, ToMember.Peer peer) implements MembershipCommand {
    }

    /** Close a connection with another worker. */
    record ClosePeer(long connection, String reason) implements MembershipCommand {
    }

    /**
     * All jars are there: make this process's part of an attempt at a job; answered by {@code Made} or {@code NotMade}.
     *
     * @param attempt the attempt's number
     * @param job the job's
     * @param ordinal which of the job's attempts it is, from 1
     * @param spec what the job is
     * @param worker which of the attempt's workers this one is
     * @param workers how many there are
     * @param threads its compute threads
     */
    record Make(long attempt, long job, int ordinal, JobSpec spec, int worker, int workers, int threads) implements MembershipCommand {
    }

    /**
     * Stop all that runs of an attempt, made or not, and let go of it; answered by {@code Stopped}.
     *
     * @param attempt the attempt's number
     * @param keeps whether the next {@code Make} of the same job is to find what the attempt has computed: its worker first does all that
     *     it was told so far, however long that takes. Else nothing is left of the attempt, nor of what it has left if it was stopped
     *     before, in this process
     */
    record Stop(long attempt, boolean keeps) implements MembershipCommand {
    }

    /** Every frame carries this epoch from now on. */
    record TakeEpoch(long epoch) implements MembershipCommand {
    }

    /** Tell whoever runs the process, in one line. */
    record Log(String line) implements MembershipCommand {
    }

    /** The process ends; {@code isFailure}: because it could not be what it should. */
    record Exit(boolean isFailure, String reason) implements MembershipCommand {
    }
}
