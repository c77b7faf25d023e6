package org.superstep.net.socket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import org.superstep.net.Frame;

/**
 * Makes bytes of frames, as {@link FrameReader} draws them, a buffer's fill at a time: small frames share one, a large body is cut. So
 * memory outside the heap is bound by what a socket takes, not by what is queued. Nothing is written after a {@link Frame.Type#CLOSE}.
 * One thread.
 */
final class FrameWriter {
    private static final byte[] NONE = {};

    private final Queue<Frame> frames;
    private final Seal seal;
    private final byte[] head = new byte[Frame.HEADER_BYTES];
    private final ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    private Frame frame;
    private Piece piece = Piece.NONE;
    private byte[] bytes = NONE;
    private int count;
    private boolean isEnded;

    /** What is being written: pieces follow each other in this order. */
    private enum Piece { NONE, HEADER, HEADER_SEAL, BODY, BODY_SEAL }

    /** Sealed, unless the seal is null. */
    FrameWriter(Queue<Frame> frames, Seal seal) {
        this.frames = frames;
        this.seal = seal;
    }

    /** Whether the last frame there is has been written whole. */
    boolean isEnded() {
        return isEnded;
    }

    /** Writes as much as there is, and as there is room for; returns how many bytes of frames that was, seals not counted. */
    int write(ByteBuf out) {
        int written = 0;
        while (true) {
            int part = Math.min(bytes.length - count, out.writableBytes());
            out.writeBytes(bytes, count, part);
            if (piece == Piece.HEADER || piece == Piece.BODY) {
                written += part;
                if (seal != null) {
                    seal.add(bytes, count, part);
                }
            }
            count += part;
            if (count < bytes.length || !hasNextPiece()) {
                return written;
            }
        }
    }

    private boolean hasNextPiece() {
        count = 0;
        switch (piece) {
            case HEADER -> sealOr(Piece.HEADER_SEAL, Piece.BODY);
            case HEADER_SEAL -> start(Piece.BODY, frame.body());
            case BODY -> sealOr(Piece.BODY_SEAL, Piece.NONE);
            case NONE, BODY_SEAL -> {
                isEnded = isEnded || frame != null && frame.type() == Frame.Type.CLOSE;
                frame = isEnded ? null : frames.poll();
                if (frame == null) {
                    start(Piece.NONE, NONE);
                    return false;
                }
                FrameHeader.write(frame, header);
                start(Piece.HEADER, head);
            }
        }
        return true;
    }

    /** After a piece comes its seal, where there are seals; an empty piece has none. */
    private void sealOr(Piece sealed, Piece next) {
        if (seal != null && bytes.length > 0) {
            start(sealed, seal.finish());
        } else {
            start(next, next == Piece.BODY ? frame.body() : NONE);
        }
    }

    private void start(Piece next, byte[] content) {
        piece = next;
        bytes = content;
    }
}
