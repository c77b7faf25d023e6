package org.superstep.net;

import java.util.Objects;

/**
 * One unit on a connection; little-endian. The bounds on its length are the connection's.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  length of all that follows, bytes
 *        4      1  type
 *        5      8  attempt; 0: none
 *       13      8  epoch of the master that spoke last; 0: none
 *       21      4  superstep; -1: none
 *       25      n  body
 * </pre>
 *
 * @param type what the body is
 * @param attempt the attempt at a job that it belongs to; 0: none
 * @param epoch the master's
 * @param superstep the superstep that it belongs to; -1: none
 * @param body encoded; not copied, and not to be changed
 */
public record Frame(Type type, long attempt, long epoch, int superstep, byte[] body) {
    /** Bytes before the body. */
    public static final int HEADER_BYTES = 25;
    /** How many bytes a body may have that one worker sends to another, also once it is unpacked. */
    public static final int MOST_DATA_BYTES = 1 << 30;

    /** What a frame's body is. Places on the wire are ordinals: new ones come last. */
    public enum Type {
        /** The handshake's. */
        HELLO,
        /** The sender lives, and waits so long for a word of the other end. */
        PING,
        /** A {@link FromMember}. */
        FROM_MEMBER,
        /** A {@link ToMember}. */
        TO_MEMBER,
        /** A {@link FromClient}. */
        FROM_CLIENT,
        /** A {@link ToClient}. */
        TO_CLIENT,
        /** A {@link ToPeer.Vertices}. */
        VERTICES,
        /** A {@link ToPeer.Arcs}. */
        ARCS,
        /** A {@link ToPeer.ArcsEnd}. */
        ARCS_END,
        /** A {@link ToPeer.Hears}. */
        HEARS,
        /** A {@link ToPeer.ChangedArcs}. */
        CHANGED_ARCS,
        /** A {@link ToPeer.Outbox}. */
        OUTBOX,
        /** A {@link ToPeer.OutboxesEnd}. */
        OUTBOXES_END,
        /** The last on a connection: why its sender closes it, in UTF-8. Sent by the connection itself, as are HELLO and PING. */
        CLOSE,
        /** Another frame between workers, whose body a connection has made smaller. */
        PACKED
    }

    /** Checks what must be there. */
    public Frame {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(body, "body");
    }

    /** Bytes on the wire. */
    public long bytes() {
        return HEADER_BYTES + body.length;
    }
}
