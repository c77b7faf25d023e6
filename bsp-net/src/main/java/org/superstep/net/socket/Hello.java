package org.superstep.net.socket;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.superstep.net.Party;
import org.superstep.net.wire.WireException;

/**
 * The first thing that each end says; big-endian. The fields up to the version stay where they are in every protocol, so that two ends can
 * always tell each other which they are.
 *
 * <pre>
 *   offset  bytes  field
 *        0      8  "SUPERSTP"
 *        8      4  protocol
 *       12      2  length of the version v
 *       14      v  version, UTF-8
 *     14+v      1  1: knows a secret, 0: none
 *     15+v      1  role
 *     16+v      8  job
 *     24+v      4  worker
 *     28+v     32  nonce
 * </pre>
 *
 * @param protocol how it speaks
 * @param version which Superstep it is
 * @param hasSecret whether it knows a secret; false where the protocol is another
 * @param party who it is; null where the protocol is another
 */
record Hello(int protocol, String version, boolean hasSecret, Party party) {
    static final int PROTOCOL = 1;
    static final int NONCE_BYTES = 32;
    private static final long MAGIC = 0x5355504552535450L;
    private static final int LONGEST_VERSION = 200;

    static byte[] encode(Party self, boolean hasSecret, byte[] nonce) {
        byte[] version = self.version().getBytes(StandardCharsets.UTF_8);
        if (version.length > LONGEST_VERSION) {
            throw new IllegalArgumentException("a version has at most " + LONGEST_VERSION + " bytes, was " + self.version());
        }
        return ByteBuffer.allocate(28 + version.length + NONCE_BYTES).putLong(MAGIC).putInt(PROTOCOL).putShort((short) version.length)
            .put(version).put((byte) (hasSecret ? 1 : 0)).put((byte) self.role().ordinal()).putLong(self.attempt()).putInt(self.worker())
            .put(nonce).array();
    }

    static Hello decode(ByteBuffer in) {
        try {
            if (in.getLong() != MAGIC) {
                throw new WireException("what has come is not a Superstep's");
            }
            int protocol = in.getInt();
            int length = in.getShort();
            if (length < 0 || length > LONGEST_VERSION || length > in.remaining()) {
                throw new WireException("a version of " + length + " bytes");
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            // It will be shown to people, and anyone may have written it.
            String version = new String(bytes, StandardCharsets.UTF_8).replaceAll("[^\\x21-\\x7e]", "?");
            if (protocol != PROTOCOL) {
                return new Hello(protocol, version, false, null);
            }
            boolean hasSecret = in.get() == 1;
            int role = in.get();
            Party.Role[] roles = Party.Role.values();
            if (role < 0 || role >= roles.length) {
                throw new WireException("there is no role " + role);
            }
            var party = new Party(roles[role], version, in.getLong(), in.getInt());
            if (in.remaining() != NONCE_BYTES) {
                throw new WireException("a nonce of " + in.remaining() + " bytes");
            }
            return new Hello(protocol, version, hasSecret, party);
        } catch (BufferUnderflowException e) {
            throw new WireException("a greeting that is cut off", e);
        }
    }
}
