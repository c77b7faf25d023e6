package org.superstep.net.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import org.superstep.net.Party;
import org.superstep.net.wire.WireException;

/**
 * How two ends find out who the other is, and prove that they know the same secret. Bytes in, bytes out; no clock and no I/O.
 *
 * <pre>
 *   the end that has connected          the end that listens
 *
 *   HELLO  ------------------------->   versions differ, or one has no secret: HELLO, refused
 *          <-------------------------   else HELLO
 *   versions differ, or one has
 *   no secret: refused
 *   else PROOF  -------------------->   wrong: REFUSAL, refused
 *          <-------------------------   else PROOF, agreed
 *   wrong, or REFUSAL: refused
 *   else agreed
 * </pre>
 *
 * <p>A proof is HMAC-SHA256, under the secret, over which end proves and both ends' hellos, which hold a fresh nonce each. So it serves for
 * one connection and one direction, and who plays it back, or back to its sender, proves nothing. Where there is no secret, proofs are
 * empty. The one who has connected proves first: the other would else hand something to try secrets on to anyone who comes.
 */
final class Handshake {
    /** What comes of something that was heard. What is to be said may be empty. */
    sealed interface Step {
        /** Say this, and wait for an answer. */
        record GoOn(byte[] say) implements Step {
        }

        /** Say this; both ends know who the other is. Without a secret there are no keys. */
        record Agreed(byte[] say, Party other, Optional<Keys> keys) implements Step {
        }

        /** Say this and close; whether to try again would be in vain. */
        record Refused(byte[] say, String reason, boolean isFinal) implements Step {
        }
    }

    /** For what each end says after the handshake, a key to seal it with. */
    record Keys(byte[] connecting, byte[] listening) {
    }

    /** Which end it is. */
    enum End { CONNECTING, LISTENING }

    private enum Awaited { HELLO, PROOF, NOTHING }

    private static final byte HELLO = 1;
    private static final byte PROOF = 2;
    private static final byte REFUSAL = 3;
    private static final byte[] NOTHING = {};

    private final End end;
    private final Party self;
    private final Optional<Secret> secret;
    private final String remote;
    private final byte[] hello;
    private byte[] otherHello;
    private Party other;
    private Awaited awaited = Awaited.HELLO;

    /**
     * Begins one.
     *
     * @param remote the other end, as messages name it
     * @param nonce 32 bytes that have never been used
     */
    Handshake(End end, Party self, Optional<Secret> secret, String remote, byte[] nonce) {
        this.end = end;
        this.self = self;
        this.secret = secret;
        this.remote = remote;
        this.hello = Hello.encode(self, secret.isPresent(), nonce);
    }

    /** What to say first. */
    byte[] start() {
        return end == End.CONNECTING ? said(HELLO, hello) : NOTHING;
    }

    /** Hears what the other end has said. {@link WireException} where it is not to be understood. */
    Step hear(byte[] said) {
        byte kind = said.length == 0 ? 0 : said[0];
        if (kind == HELLO && awaited == Awaited.HELLO) {
            return hearHello(Arrays.copyOfRange(said, 1, said.length));
        } else if (kind == PROOF && awaited == Awaited.PROOF) {
            return hearProof(Arrays.copyOfRange(said, 1, said.length));
        } else if (kind == REFUSAL && said.length == 1 && awaited == Awaited.PROOF) {
            return refused(NOTHING, "the secret of " + remote + " is another than this end's; give both the same --secret-file");
        }
        throw new WireException("the handshake waits for " + awaited + ", and something else has come");
    }

    private Step hearHello(byte[] bytes) {
        Hello heard = Hello.decode(ByteBuffer.wrap(bytes));
        byte[] answer = end == End.LISTENING ? said(HELLO, hello) : NOTHING;
        if (!heard.version().equals(self.version())) {
            return refused(answer, remote + " is Superstep " + heard.version() + ", and this is " + self.version()
                + "; both must be the same version");
        } else if (heard.protocol() != Hello.PROTOCOL) {
            return refused(answer, remote + " speaks protocol " + heard.protocol() + ", and this is " + Hello.PROTOCOL
                + ", though both are Superstep " + self.version() + "; install the same build on both");
        } else if (heard.hasSecret() && secret.isEmpty()) {
            return refused(answer, remote + " asks for a secret, and this end has none; give it the cluster's with --secret-file");
        } else if (!heard.hasSecret() && secret.isPresent()) {
            return refused(answer, remote + " has no secret, and this end has one; give both the same --secret-file, or neither");
        }
        otherHello = bytes;
        other = heard.party();
        awaited = Awaited.PROOF;
        return new Step.GoOn(end == End.LISTENING ? answer : proof(end));
    }

    private Step hearProof(byte[] bytes) {
        byte[] expected = proof(end == End.CONNECTING ? End.LISTENING : End.CONNECTING);
        if (!MessageDigest.isEqual(expected, said(PROOF, bytes))) {
            return refused(end == End.LISTENING ? new byte[] {REFUSAL} : NOTHING, "the secret of " + remote
                + " is another than this end's; give both the same --secret-file");
        }
        awaited = Awaited.NOTHING;
        return new Step.Agreed(end == End.LISTENING ? proof(end) : NOTHING, other, secret.map(this::keys));
    }

    private Step refused(byte[] say, String reason) {
        awaited = Awaited.NOTHING;
        return new Step.Refused(say, reason, true);
    }

    private byte[] proof(End prover) {
        return said(PROOF, secret.map(known -> over(known.mac(), "superstep proof", prover)).orElse(NOTHING));
    }

    private Keys keys(Secret known) {
        byte[] both = over(known.mac(), "superstep keys", End.CONNECTING);
        return new Keys(over(Secret.mac(both), "superstep frames", End.CONNECTING),
            over(Secret.mac(both), "superstep frames", End.LISTENING));
    }

    /** Over a purpose, an end, and all that was said; the first two have lengths that are known, and a hello tells its own. */
    private byte[] over(Mac mac, String purpose, End which) {
        mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        mac.update((byte) which.ordinal());
        mac.update(end == End.CONNECTING ? hello : otherHello);
        return mac.doFinal(end == End.CONNECTING ? otherHello : hello);
    }

    private static byte[] said(byte kind, byte[] content) {
        return ByteBuffer.allocate(1 + content.length).put(kind).put(content).array();
    }
}
