package org.superstep.net.socket;

import java.nio.ByteBuffer;
import org.superstep.net.Frame;
import org.superstep.net.wire.WireException;

/** A frame's fields before its body, as {@link Frame} draws them, and how long a body may be. Buffers are little-endian. */
final class FrameHeader {
    /** What a handshake's frame may hold; nobody has proved anything when it is read. */
    static final int HELLO_BYTES = 4096;
    /** How long its sender waits for a word before it gives the connection up, in milliseconds; big-endian. */
    static final int PING_BYTES = 4;
    private static final int CLOSE_BYTES = 4096;
    private static final int CONTROL_BYTES = 256 << 20;

    private static final int LENGTH_AT = 0;
    private static final int TYPE_AT = 4;
    private static final int JOB_AT = 5;
    private static final int EPOCH_AT = 13;
    private static final int SUPERSTEP_AT = 21;
    private static final Frame.Type[] TYPES = Frame.Type.values();

    private FrameHeader() {
    }

    /** How many bytes a body of this type may have. */
    static int bound(Frame.Type type) {
        return switch (type) {
            case HELLO -> HELLO_BYTES;
            case PING -> PING_BYTES;
            case CLOSE -> CLOSE_BYTES;
            case FROM_MEMBER, TO_MEMBER, FROM_CLIENT, TO_CLIENT -> CONTROL_BYTES;
            case VERTICES, ARCS, ARCS_END, HEARS, CHANGED_ARCS, OUTBOX, OUTBOXES_END, PACKED -> Frame.MOST_DATA_BYTES;
        };
    }

    static void write(Frame frame, ByteBuffer header) {
        header.putInt(LENGTH_AT, Frame.HEADER_BYTES - TYPE_AT + frame.body().length);
        header.put(TYPE_AT, (byte) frame.type().ordinal());
        header.putLong(JOB_AT, frame.attempt());
        header.putLong(EPOCH_AT, frame.epoch());
        header.putInt(SUPERSTEP_AT, frame.superstep());
    }

    static Frame.Type type(ByteBuffer header) {
        int ordinal = header.get(TYPE_AT);
        if (ordinal < 0 || ordinal >= TYPES.length) {
            throw new WireException("what has come is no frame: there is no type " + ordinal);
        }
        return TYPES[ordinal];
    }

    /** How many bytes the body has; checked against the bound. */
    static int bodyBytes(ByteBuffer header) {
        Frame.Type type = type(header);
        int count = header.getInt(LENGTH_AT) - (Frame.HEADER_BYTES - TYPE_AT);
        if (count < 0 || count > bound(type)) {
            throw new WireException("what has come is no frame: a body of " + count + " bytes, where " + type + " has at most "
                + bound(type));
        }
        return count;
    }

    static Frame read(ByteBuffer header, byte[] body) {
        return new Frame(type(header), header.getLong(JOB_AT), header.getLong(EPOCH_AT), header.getInt(SUPERSTEP_AT), body);
    }
}
