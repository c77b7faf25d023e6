package org.superstep.net.socket;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Seals what goes one way on a connection, piece by piece: HMAC-SHA256 over the piece and its number, cut to 16 bytes. The key is that
 * connection's and that way's, so a piece that was changed, left out, repeated or moved has another seal. One thread.
 */
final class Seal {
    static final int BYTES = 16;

    private final Mac mac;
    private final byte[] number = new byte[Long.BYTES];
    private long pieces;

    Seal(byte[] key) {
        mac = Secret.mac(key);
    }

    /** Adds to the piece that is being sealed. */
    void add(byte[] bytes, int from, int count) {
        mac.update(bytes, from, count);
    }

    /** Ends the piece and begins the next one. */
    byte[] finish() {
        mac.update(ByteBuffer.wrap(number).putLong(0, pieces++));
        return Arrays.copyOf(mac.doFinal(), BYTES);
    }

    /** Ends the piece and begins the next one; whether this is its seal. */
    boolean finishesWith(byte[] seal) {
        return MessageDigest.isEqual(finish(), seal);
    }
}
