package org.superstep.worker;

import org.superstep.net.Fault;
import org.superstep.net.ToMember;

/** What happens to a worker process, as a member of a cluster. */
public sealed interface MembershipEvent {
    /** Connected with the master. */
    record Connected() implements MembershipEvent {
    }

    /** No connection with the master could be made; {@code isFinal}: it has refused this process. */
    record NotConnected(String reason, boolean isFinal) implements MembershipEvent {
    }

    /** The connection with the master is gone. */
    record Disconnected(String reason) implements MembershipEvent {
    }

    /**
     * The master says something other than {@link ToMember.Tell}, which goes straight to the attempt's worker, and {@link ToMember.Jar},
     * which goes to where jars are kept.
     */
    record MasterSaid(ToMember message) implements MembershipEvent {
    }

    /** A jar has come whole and has the hash that names it. */
    record JarStored(String sha256) implements MembershipEvent {
    }

    /** A jar is not what it should be, or cannot be kept. */
    record JarSpoilt(String sha256, String reason) implements MembershipEvent {
    }

    /** A connection with another worker of an attempt stands, whoever has asked for it. */
    record PeerConnected(long connection, long attempt, int worker) implements MembershipEvent {
    }

    /** No connection with another worker of an attempt could be made. */
    record PeerNotConnected(long attempt, int worker, String reason) implements MembershipEvent {
    }

    /** A connection with another worker is gone. */
    record PeerClosed(long connection, String reason) implements MembershipEvent {
    }

    /** This process's part of an attempt has been made. */
    record Made(long attempt) implements MembershipEvent {
    }

    /** This process's part of an attempt cannot be made. */
    record NotMade(long attempt, Fault fault) implements MembershipEvent {
    }

    /** Nothing of an attempt runs any more, and no file of it is open. */
    record Stopped(long attempt) implements MembershipEvent {
    }

    /** Time has passed. */
    record Tick() implements MembershipEvent {
    }

    /** The process is told to end. */
    record Leave(String reason) implements MembershipEvent {
    }
}
