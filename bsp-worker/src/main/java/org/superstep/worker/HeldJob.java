package org.superstep.worker;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.superstep.net.HostPort;
import org.superstep.net.JobSpec;
import org.superstep.net.ToMember;

/** A job that a worker process holds, and how far it is with its part; {@link Membership} alone writes to it. */
final class HeldJob {
    final ToMember.Prepare prepare;
    final Set<String> missingJars = new LinkedHashSet<>();
    /** By worker. */
    final Map<Integer, Long> connections = new HashMap<>();
    /** By worker, when to connect again. */
    final Map<Integer, Long> retries = new HashMap<>();
    /** By worker, why it could not be connected with last. */
    final Map<Integer, String> refusals = new HashMap<>();
    boolean isMade;
    /** The master has been told that it fails. */
    boolean hasFailed;
    boolean isConnecting;
    /** When it must be connected with those that it connects with. It does not press the others: their jars may be on their way. */
    long deadlineNanos;

    HeldJob(ToMember.Prepare prepare) {
        this.prepare = prepare;
        prepare.spec().jars().stream().map(JobSpec.Jar::sha256).forEach(missingJars::add);
    }

    int workers() {
        return prepare.peers().size();
    }

    boolean isReady() {
        return isMade && connections.size() == workers() - 1 && !hasFailed;
    }

    String name(int worker) {
        ToMember.Peer peer = prepare.peers().get(worker);
        return "worker " + peer.member() + " (" + new HostPort(peer.host(), peer.port()) + ")";
    }

    String ownName() {
        return name(prepare.worker());
    }
}
