package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.superstep.net.Party;
import org.superstep.net.wire.WireException;

/** Two ends agree when both know the same, and in no other case. */
class HandshakeTest {
    private static final Optional<Secret> SECRET = Optional.of(Secret.of("sixteen bytes, or more".getBytes(StandardCharsets.UTF_8)));
    private static final Optional<Secret> OTHER = Optional.of(Secret.of("Sixteen bytes, or more".getBytes(StandardCharsets.UTF_8)));
    private static final Party MASTER = new Party(Party.Role.MASTER, "1.0");
    private static final Party PEER = new Party(Party.Role.PEER, "1.0", 5, 2);

    private static Handshake connecting(Optional<Secret> secret, int nonce) {
        return new Handshake(Handshake.End.CONNECTING, PEER, secret, "there", nonce(nonce));
    }

    private static Handshake listening(Optional<Secret> secret, int nonce) {
        return new Handshake(Handshake.End.LISTENING, MASTER, secret, "here", nonce(nonce));
    }

    private static byte[] nonce(int number) {
        return ByteBuffer.allocate(Hello.NONCE_BYTES).putInt(number).array();
    }

    private static byte[] goesOn(Handshake.Step step) {
        assertThat(step).isInstanceOf(Handshake.Step.GoOn.class);
        return ((Handshake.Step.GoOn) step).say();
    }

    private static Handshake.Step.Agreed agreed(Handshake.Step step) {
        assertThat(step).isInstanceOf(Handshake.Step.Agreed.class);
        return (Handshake.Step.Agreed) step;
    }

    private static Handshake.Step.Refused refused(Handshake.Step step) {
        assertThat(step).isInstanceOf(Handshake.Step.Refused.class);
        return (Handshake.Step.Refused) step;
    }

    @Test
    void twoEndsThatKnowTheSameSecretAgreeAndHaveTheSameKeys() {
        Handshake from = connecting(SECRET, 1);
        Handshake to = listening(SECRET, 2);
        assertThat(to.start()).isEmpty();
        var there = agreed(to.hear(goesOn(from.hear(goesOn(to.hear(from.start()))))));
        var here = agreed(from.hear(there.say()));
        assertThat(there.other()).isEqualTo(PEER);
        assertThat(here.other()).isEqualTo(MASTER);
        assertThat(here.say()).isEmpty();
        assertThat(here.keys().orElseThrow().connecting()).isEqualTo(there.keys().orElseThrow().connecting()).hasSize(32);
        assertThat(here.keys().orElseThrow().listening()).isEqualTo(there.keys().orElseThrow().listening());
        assertThat(here.keys().orElseThrow().listening()).isNotEqualTo(here.keys().orElseThrow().connecting());
    }

    @Test
    void twoEndsWithoutASecretAgreeAndHaveNoKeys() {
        Handshake from = connecting(Optional.empty(), 1);
        Handshake to = listening(Optional.empty(), 2);
        var there = agreed(to.hear(goesOn(from.hear(goesOn(to.hear(from.start()))))));
        assertThat(there.keys()).isEmpty();
        assertThat(agreed(from.hear(there.say())).keys()).isEmpty();
    }

    @Test
    void bothEndsHearThatTheirSecretsDiffer() {
        Handshake from = connecting(SECRET, 1);
        Handshake to = listening(OTHER, 2);
        var there = refused(to.hear(goesOn(from.hear(goesOn(to.hear(from.start()))))));
        var here = refused(from.hear(there.say()));
        assertThat(there.reason()).isEqualTo("the secret of here is another than this end's; give both the same --secret-file");
        assertThat(here.reason()).isEqualTo("the secret of there is another than this end's; give both the same --secret-file");
        assertThat(here.isFinal()).isTrue();
    }

    @Test
    void bothEndsHearThatOnlyOneHasASecret() {
        Handshake from = connecting(SECRET, 1);
        var there = refused(listening(Optional.empty(), 2).hear(from.start()));
        assertThat(there.reason()).contains("here asks for a secret, and this end has none");
        assertThat(refused(from.hear(there.say())).reason()).contains("there has no secret, and this end has one");

        from = connecting(Optional.empty(), 1);
        there = refused(listening(SECRET, 2).hear(from.start()));
        assertThat(there.reason()).contains("here has no secret, and this end has one");
        assertThat(refused(from.hear(there.say())).reason()).contains("there asks for a secret, and this end has none")
            .contains("--secret-file");
    }

    @Test
    void anotherProtocolsHelloIsReadAsFarAsItsVersion() {
        Handshake from = connecting(Optional.empty(), 1);
        byte[] hello = from.start();
        hello[12] = 9;
        assertThat(refused(listening(Optional.empty(), 2).hear(Arrays.copyOf(hello, 20))).reason()).contains("here speaks protocol 9");
        hello[15] = '\n';
        assertThat(refused(listening(Optional.empty(), 2).hear(hello)).reason()).contains("here is Superstep ?.0, and this is 1.0");
    }

    @Test
    void whatServedForOneConnectionServesForNoOther() {
        Handshake from = connecting(SECRET, 1);
        byte[] hello = from.start();
        byte[] proof = goesOn(from.hear(goesOn(listening(SECRET, 2).hear(hello))));
        Handshake next = listening(SECRET, 3);
        goesOn(next.hear(hello));
        refused(next.hear(proof));
    }

    @Test
    void whatAnEndHasSaidProvesNothingWhenItIsSaidBackToIt() {
        Handshake from = connecting(SECRET, 1);
        byte[] proof = goesOn(from.hear(goesOn(listening(SECRET, 2).hear(from.start()))));
        refused(from.hear(proof));
        Handshake again = connecting(SECRET, 1);
        byte[] own = goesOn(again.hear(again.start()));
        refused(again.hear(own));
    }

    @Test
    void nothingIsAgreedOnWhenAnyBitWasChangedOnTheWay() {
        for (int message = 0; message < 4; message++) {
            int bits = agrees(message, -1);
            for (int bit = 0; bit < bits; bit++) {
                assertThat(agrees(message, bit)).as("message %d, bit %d", message, bit).isZero();
            }
        }
    }

    /** Bits of this message if both have agreed, else 0; one bit of it is changed on the way. */
    private static int agrees(int message, int bit) {
        Handshake from = connecting(SECRET, 1);
        Handshake to = listening(SECRET, 2);
        byte[] said = from.start();
        int bits = 0;
        for (int i = 0; i < 4; i++) {
            if (i == message) {
                bits = 8 * said.length;
                if (bit >= 0) {
                    said[bit / 8] ^= (byte) (1 << bit % 8);
                }
            }
            Handshake.Step step;
            try {
                step = (i % 2 == 0 ? to : from).hear(said);
            } catch (WireException e) {
                return 0;
            }
            if (step instanceof Handshake.Step.Refused) {
                return 0;
            }
            said = step instanceof Handshake.Step.GoOn go ? go.say() : agreed(step).say();
        }
        return bits;
    }

    @Test
    void whatIsCutOffOrOutOfTurnIsNotUnderstood() {
        byte[] hello = connecting(SECRET, 1).start();
        for (int length = 0; length < hello.length; length++) {
            byte[] cut = Arrays.copyOf(hello, length);
            assertThatThrownBy(() -> listening(SECRET, 2).hear(cut)).as("%d bytes", length).isInstanceOf(WireException.class);
        }
        assertThatThrownBy(() -> listening(SECRET, 2).hear(Arrays.copyOf(hello, hello.length + 1))).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> listening(SECRET, 2).hear(new byte[33])).isInstanceOf(WireException.class);
        Handshake to = listening(SECRET, 2);
        goesOn(to.hear(hello));
        assertThatThrownBy(() -> to.hear(hello)).isInstanceOf(WireException.class).hasMessageContaining("waits for PROOF");
    }
}
