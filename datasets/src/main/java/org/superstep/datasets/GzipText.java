package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.superstep.graph.io.InputException;

/**
 * The text inside a gzip file (RFC 1952), any number of members one after the other.
 *
 * <p>Why not the JDK's stream: it takes a broken second member for the end of the data, and tells "cut off" and "damaged" apart only
 * by the wording of its exceptions. Zeros after the last member are padding, as for {@code gzip} itself; anything else is damage.
 */
final class GzipText extends InputStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int INPUT_BYTES = 1 << 16;

    private final String name;
    private final PositionedBytes bytes;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] input = new byte[INPUT_BYTES];
    private long position;
    private int next;
    private int limit;
    private boolean inMember;
    private boolean ended;

    GzipText(String name, PositionedBytes bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Whether a file that begins with these bytes is compressed by gzip. */
    static boolean isGzip(byte[] beginning, int length) {
        return length >= 2 && beginning[0] == 0x1f && (beginning[1] & 0xff) == 0x8b;
    }

    /** How many compressed bytes have been used up. */
    long compressedBytes() {
        return position - (limit - next);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * The next bytes of text, or -1 at the end.
     *
     * @throws InputException where the compressed data is damaged or cut off; all text before that has been delivered
     */
    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        while (!ended) {
            if (!inMember) {
                beginMember();
                continue;
            }
            int count;
            try {
                count = inflater.inflate(into, at, length);
            } catch (DataFormatException e) {
                throw damaged(e);
            }
            if (count > 0) {
                crc.update(into, at, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsInput()) {
                next = limit;
                if (!fill()) {
                    throw cutOff();
                }
                inflater.setInput(input, 0, limit);
                // The inflater keeps count of what it uses; what it leaves behind is given back at the member's end.
                next = limit;
            } else {
                throw damaged(null);
            }
        }
        return -1;
    }

    private void beginMember() throws IOException {
        if (position - (limit - next) > 0 && onlyPaddingLeft()) {
            ended = true;
            return;
        }
        if (need() != 0x1f || need() != 0x8b || need() != 8) {
            throw damaged(null);
        }
        int flags = need();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(need() | need() << 8);
        }
        for (int text : new int[] {NAME, COMMENT}) {
            if ((flags & text) != 0) {
                while (need() != 0) {
                    continue;
                }
            }
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        inflater.setInput(input, next, limit - next);
        next = limit;
        inMember = true;
    }

    private void endMember() throws IOException {
        next = limit - inflater.getRemaining();
        inMember = false;
        long sum = need() | need() << 8 | need() << 16 | (long) need() << 24;
        long size = need() | need() << 8 | need() << 16 | (long) need() << 24;
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
            throw damaged(null);
        }
    }

    private boolean onlyPaddingLeft() throws IOException {
        while (next < limit || fill()) {
            if (input[next] != 0) {
                return false;
            }
            next++;
        }
        return true;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            need();
        }
    }

    private int need() throws IOException {
        if (next == limit && !fill()) {
            throw cutOff();
        }
        return input[next++] & 0xff;
    }

    private boolean fill() throws IOException {
        int count = (int) Math.min(INPUT_BYTES, bytes.size() - position);
        if (count <= 0) {
            return false;
        }
        bytes.read(position, input, 0, count);
        position += count;
        next = 0;
        limit = count;
        return true;
    }

    private InputException cutOff() {
        return new InputException(name + ": ends in the middle of its compressed data; download or copy it again");
    }

    private InputException damaged(Exception cause) {
        return new InputException(name + ": its compressed data is damaged; download or copy it again", cause);
    }

    /** Frees the inflater; the bytes stay open. */
    @Override
    public void close() {
        inflater.end();
    }
}
