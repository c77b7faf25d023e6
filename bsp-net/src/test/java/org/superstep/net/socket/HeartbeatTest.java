package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.superstep.net.Connection;
import org.superstep.net.Frame;
import org.superstep.net.HostPort;
import org.superstep.net.Party;
import org.superstep.net.Recorder;

/** A connection lives while both ends do, and not longer. */
@ExtendWith(Leaks.class)
@Timeout(60)
class HeartbeatTest {
    private static final Party MASTER = new Party(Party.Role.MASTER, "1.0");
    private static final Party MEMBER = new Party(Party.Role.MEMBER, "1.0");
    private static final HostPort ANY = new HostPort("localhost", 0);
    private static final Duration FLUSHING = Duration.ofMillis(300);
    private static final SocketOptions OPTIONS = new SocketOptions(Optional.empty(), Optional.empty(), true, Duration.ofMillis(50),
        Duration.ofMillis(1500), Duration.ofSeconds(5), Duration.ofSeconds(5), FLUSHING, 64, 1 << 20, Packing.NEVER);

    private final Opened opened = new Opened();
    private final Recorder there = new Recorder();
    private final Recorder here = new Recorder();

    @AfterEach
    void closeAll() throws Exception {
        opened.closeAll();
    }

    private Meddler meddled() throws Exception {
        Meddler meddler = opened.keep(new Meddler(opened.keep(new SocketNetwork(OPTIONS)).listen(ANY, MASTER, there)));
        opened.keep(new SocketNetwork(OPTIONS)).connect(meddler.at(), MEMBER, here);
        here.connection();
        there.connection();
        return meddler;
    }

    private static void await(Meddler meddler, long pieces) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (meddler.pieces() < pieces) {
            assertThat(System.nanoTime()).as("waited for %d pieces in vain, heard %d", pieces, meddler.pieces()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void aConnectionOnWhichNobodySpeaksStaysOpen() throws Exception {
        long before = System.nanoTime();
        // Both beat every 50 ms at most, so 80 beats take more than the timeout.
        await(meddled(), 4 + 80);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(OPTIONS.timeout());
        assertThat(here.events()).containsExactly("opened");
        assertThat(there.events()).containsExactly("opened");
    }

    @Test
    void anEndSpeaksAsOftenAsTheOtherHasToHear() throws Exception {
        // Left to itself, the end that connects would say nothing for longer than the master waits.
        var impatient = OPTIONS.withHeartbeat(Duration.ofMillis(100), Duration.ofMillis(500));
        var slow = OPTIONS.withHeartbeat(Duration.ofSeconds(50), Duration.ofSeconds(100));
        Meddler meddler = opened.keep(new Meddler(opened.keep(new SocketNetwork(impatient)).listen(ANY, MASTER, there)));
        opened.keep(new SocketNetwork(slow)).connect(meddler.at(), MEMBER, here);
        here.connection();
        there.connection();
        long before = System.nanoTime();
        await(meddler, 4 + 40);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(impatient.timeout());
        assertThat(here.events()).containsExactly("opened");
        assertThat(there.events()).containsExactly("opened");
    }

    @Test
    void bothEndsFindAConnectionThatCarriesNothingAnyMore() throws Exception {
        Meddler meddler = meddled();
        meddler.changeForth(piece -> new byte[0]);
        meddler.changeBack(piece -> new byte[0]);
        assertThat(here.reason()).isEqualTo("nothing was heard from " + meddler.at() + " for 1500 ms");
        assertThat(there.reason()).startsWith("nothing was heard from 127.0.0.1:").endsWith(" for 1500 ms");
    }

    @Test
    void theOtherEndHearsThatItWasNotHeard() throws Exception {
        meddled().changeForth(piece -> new byte[0]);
        assertThat(there.reason()).startsWith("nothing was heard from 127.0.0.1:");
        assertThat(here.reason()).isEqualTo(there.reason());
    }

    @Test
    void anEndThatIsGoneWithoutAWordIsMissedAtOnce() throws Exception {
        Meddler meddler = meddled();
        meddler.close();
        assertThat(here.reason()).startsWith(meddler.at() + " has gone without a word");
        assertThat(there.reason()).contains("has gone without a word");
    }

    /** Speaks the handshake by hand, and then neither reads nor writes. */
    private Socket silent(HostPort at) throws IOException {
        Socket socket = opened.keep(new Socket(at.host(), at.port()));
        var handshake = new Handshake(Handshake.End.CONNECTING, MEMBER, Optional.empty(), "there", new byte[Hello.NONCE_BYTES]);
        say(socket, handshake.start());
        byte[] header = socket.getInputStream().readNBytes(Frame.HEADER_BYTES);
        int count = FrameHeader.bodyBytes(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN));
        say(socket, ((Handshake.Step.GoOn) handshake.hear(socket.getInputStream().readNBytes(count))).say());
        return socket;
    }

    private static void say(Socket socket, byte[] bytes) throws IOException {
        byte[] frame = new byte[Frame.HEADER_BYTES + bytes.length];
        FrameHeader.write(new Frame(Frame.Type.HELLO, 0, 0, -1, bytes), ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN));
        System.arraycopy(bytes, 0, frame, Frame.HEADER_BYTES, bytes.length);
        socket.getOutputStream().write(frame);
    }

    @Test
    void anEndThatTakesNothingHoldsNobodyUpForLong() throws Exception {
        var network = opened.keep(new SocketNetwork(OPTIONS));
        silent(network.listen(ANY, MASTER, there));
        Connection to = there.connection();
        for (int i = 0; i < 40; i++) {
            to.send(new Frame(Frame.Type.OUTBOX, 0, 0, 0, new byte[1 << 20]));
        }
        long before = System.nanoTime();
        network.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(FLUSHING, FLUSHING.plusSeconds(10));
        assertThat(there.events()).containsExactly("opened", "closed");
    }

    @Test
    void anEndThatIsStoppedIsClosed() throws Exception {
        silent(opened.keep(new SocketNetwork(OPTIONS)).listen(ANY, MASTER, there));
        assertThat(there.reason()).contains("nothing was heard");
    }

    @Test
    void hostsThatDoNotExistAreNamed() throws Exception {
        // A part of a name has at most 63 characters, so that nobody needs to be asked for this one.
        String host = "x".repeat(64);
        opened.keep(new SocketNetwork(OPTIONS)).connect(new HostPort(host, 7077), MEMBER, here);
        assertThat(here.reason()).isEqualTo("cannot connect to " + host + ":7077: no host is called \"" + host
            + "\"; check the name, or give the address");
        assertThat(Reasons.listening(new HostPort("x", 1), new UnknownHostException("x"))).contains("no host is called \"x\"");
    }

    @Test
    void anAddressOfAnotherMachineCannotBeListenedAt() throws Exception {
        var network = opened.keep(new SocketNetwork(OPTIONS.withSecret(Secret.of(new byte[16]))));
        // 192.0.2.0/24 is nobody's: RFC 5737 keeps it for documents.
        assertThat(catchThrowable(() -> network.listen(new HostPort("192.0.2.1", 0), MASTER, there)))
            .isInstanceOf(IOException.class).hasMessageContaining("that is no address of this machine");
    }
}
