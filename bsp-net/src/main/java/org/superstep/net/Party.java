package org.superstep.net;

import java.util.Objects;

/**
 * Who speaks on a connection, as the handshake tells.
 *
 * @param role what it is
 * @param version which Superstep it is; two that differ do not talk
 * @param attempt for a peer, the attempt at a job for which it connects; else 0
 * @param worker for a peer, which of its workers it is; else 0
 */
public record Party(Role role, String version, long attempt, int worker) {
    /** What a process is to the one at the other end. */
    public enum Role {
        /** The master of a cluster. */
        MASTER,
        /** A worker process that is, or would like to be, a member of it. */
        MEMBER,
        /** Another worker of a job. */
        PEER,
        /** A user's command. */
        CLIENT
    }

    /** Checks what must be there. */
    public Party {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(version, "version");
    }

    /** One that belongs to no job. */
    public Party(Role role, String version) {
        this(role, version, 0, 0);
    }
}
