package org.superstep.master;

import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.ToClient;

/** What happens to a cluster, as its master sees it. */
public sealed interface ClusterEvent {
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

    /** A job's run is over, and nothing of it is left on the master: {@link ToClient.Done} or {@link ToClient.Failed}. */
    record JobOver(long job, ToClient end) implements ClusterEvent {
    }

    /** Time has passed. */
    record Tick() implements ClusterEvent {
    }

    /** The master is told to end. */
    record End(String reason) implements ClusterEvent {
    }
}
