package org.superstep.net.socket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.superstep.net.Frame;
import org.superstep.net.wire.WireException;

/**
 * Makes frames of bytes as they come, with one copy. Until it is opened only the handshake's frames are read. One thread.
 *
 * <p>Where frames are sealed, header and body have a seal each: a length is believed only after it is proved, or whoever changed one on the
 * way would have this end wait for bytes that never come.
 *
 * <pre>
 *   offset  bytes  field
 *        0     25  header, as {@link Frame} draws it
 *       25     16  the header's seal
 *       41      n  body
 *     41+n     16  the body's seal; not there where n is 0
 * </pre>
 */
final class FrameReader {
    private static final byte[] NO_BODY = {};

    private final byte[] head = new byte[Frame.HEADER_BYTES];
    private final ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] sealed = new byte[Seal.BYTES];
    private int headCount;
    private int sealedCount;
    private byte[] body;
    private int bodyCount;
    private boolean isOpen;
    private Seal seal;

    /** From now on any frames may come; sealed, unless the seal is null. */
    void open(Seal seal) {
        this.isOpen = true;
        this.seal = seal;
    }

    /** The next frame, or null where its bytes have not all come. {@link WireException} where they are none; nothing is read after it. */
    Frame next(ByteBuf in) {
        if (body == null) {
            headCount += fill(head, headCount, in);
            if (headCount < head.length || !isProved(head, in)) {
                return null;
            }
            startBody();
        }
        int count = fill(body, bodyCount, in);
        if (seal != null) {
            seal.add(body, bodyCount, count);
        }
        bodyCount += count;
        if (bodyCount < body.length || body.length > 0 && !isProved(null, in)) {
            return null;
        }
        Frame frame = FrameHeader.read(header, body);
        body = null;
        headCount = 0;
        return frame;
    }

    /** Whether the seal has come, and is right; or none is needed. A piece that has not been added to the seal yet is added first. */
    private boolean isProved(byte[] piece, ByteBuf in) {
        if (seal == null) {
            return true;
        }
        sealedCount += fill(sealed, sealedCount, in);
        if (sealedCount < sealed.length) {
            return false;
        }
        sealedCount = 0;
        if (piece != null) {
            seal.add(piece, 0, piece.length);
        }
        if (!seal.finishesWith(sealed)) {
            throw new WireException("what has come was changed on the way, or is not the next that was sent");
        }
        return true;
    }

    private void startBody() {
        int count = FrameHeader.bodyBytes(header);
        if ((FrameHeader.type(header) == Frame.Type.HELLO) == isOpen) {
            throw new WireException("a frame of type " + FrameHeader.type(header) + (isOpen ? " after" : " before the end of")
                + " the handshake");
        }
        body = count == 0 ? NO_BODY : new byte[count];
        bodyCount = 0;
    }

    private static int fill(byte[] bytes, int from, ByteBuf in) {
        int count = Math.min(bytes.length - from, in.readableBytes());
        in.readBytes(bytes, from, count);
        return count;
    }

    /** Whether what came first is TLS: a record's type, a greeting or an alarm, and the version's first byte. */
    boolean hasMetTls() {
        return !isOpen && headCount >= 2 && (head[0] == 0x15 || head[0] == 0x16) && head[1] == 3;
    }
}
