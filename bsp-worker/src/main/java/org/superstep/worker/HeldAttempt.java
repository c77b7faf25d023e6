package org.superstep.worker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.superstep.net.JobSpec;
import org.superstep.net.ToMember;

/** An attempt at a job of which a worker process holds a part, and how far it is with it; {@link Membership} alone writes to it. */
final class HeldAttempt {
    final ToMember.Prepare prepare;
    final Set<String> missingJars = new LinkedHashSet<>();
    /** By worker. */
    final Map<Integer, Long> connections = new HashMap<>();
    /** By worker, when to connect again. */
    final Map<Integer, Long> retries = new HashMap<>();
    /** By worker, why it could not be connected with last. */
    final Map<Integer, String> refusals = new HashMap<>();
    /** Workers that the master has been told are not heard. */
    final Set<Integer> lostPeers = new HashSet<>();
    boolean isMade;
    /** The master has been told that it fails. */
    boolean hasFailed;
    /** It has been told to stop, and to keep what it has computed. */
    boolean keeps;
    boolean isConnecting;
    /** When it must be connected with those that it connects with. It does not press the others: their jars may be on their way. */
    long deadlineNanos;

    HeldAttempt(ToMember.Prepare prepare) {
        this.prepare = prepare;
        prepare.spec().jars().stream().map(JobSpec.Jar::sha256).forEach(missingJars::add);
    }

    long number() {
        return prepare.attempt();
    }

    int workers() {
        return prepare.peers().size();
    }

    boolean isReady() {
        return isMade && connections.size() == workers() - 1 && !hasFailed && lostPeers.isEmpty();
    }

    /** Whether what it has computed is saved, so that others can go on with it. */
    boolean isSaved() {
        return prepare.spec().recovery().hasCheckpoints();
    }

    /** What people call it: they know jobs. */
    String name() {
        return "job " + prepare.job() + (prepare.ordinal() == 1 ? "" : ", attempt " + prepare.ordinal());
    }
}
