package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.superstep.net.Connection;
import org.superstep.net.Frame;
import org.superstep.net.HostPort;
import org.superstep.net.Party;
import org.superstep.net.Recorder;

/** Who knows no secret gets nowhere, and who sits between two that do changes nothing unnoticed. */
@ExtendWith(Leaks.class)
@Timeout(60)
class SocketSecurityTest {
    private static final Party MASTER = new Party(Party.Role.MASTER, "1.0");
    private static final Party MEMBER = new Party(Party.Role.MEMBER, "1.0");
    private static final HostPort ANY = new HostPort("localhost", 0);
    private static final SocketOptions PLAIN = SocketOptions.defaults();
    private static final SocketOptions SECRET = PLAIN.withSecret(secret("what both ends know"));
    private static final int READ_LIMIT_MS = 20_000;
    /** Of {@link #frame} on a sealed connection: the header and its seal, the body and its. */
    private static final int FRAME_BYTES = 25 + 16 + 50 + 16;

    private final Opened opened = new Opened();
    private final Recorder there = new Recorder();
    private final Recorder here = new Recorder();

    private static Secret secret(String text) {
        return Secret.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void closeAll() throws Exception {
        opened.closeAll();
    }

    private HostPort listen(SocketOptions options) throws IOException {
        return opened.keep(new SocketNetwork(options)).listen(ANY, MASTER, there);
    }

    private void connect(HostPort at, SocketOptions options) throws IOException {
        opened.keep(new SocketNetwork(options)).connect(at, MEMBER, here);
    }

    private Socket raw(HostPort at) throws IOException {
        Socket socket = opened.keep(new Socket(at.host(), at.port()));
        socket.setSoTimeout(READ_LIMIT_MS);
        return socket;
    }

    /** Reads until the other end has closed; how many bytes have come. */
    private static int drain(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (SocketException e) {
            // Reset, because the other end has left bytes unread: closed as well.
            return 0;
        }
    }

    private void assertNobodyIsLetIn() throws InterruptedException {
        assertThat(there.refusal()).doesNotContain("\n");
        assertThat(there.events()).containsOnly("refused");
        assertThat(here.events()).doesNotContain("opened");
    }

    @Test
    void anotherSecretIsRefusedAndBothEndsAreTold() throws Exception {
        connect(listen(SECRET), PLAIN.withSecret(secret("what only one end knows")));
        assertThat(here.reason()).contains("the secret of localhost").contains("--secret-file").doesNotContain("knows");
        assertThat(here.isFinal()).isTrue();
        assertThat(there.refusal()).contains("the secret of 127.0.0.1").doesNotContain("know");
        assertNobodyIsLetIn();
    }

    @Test
    void oneSecretIsNotEnough() throws Exception {
        HostPort at = listen(SECRET);
        connect(at, PLAIN);
        assertThat(here.reason()).isEqualTo(at + " asks for a secret, and this end has none; give it the cluster's with --secret-file");
        assertThat(here.isFinal()).isTrue();
        assertNobodyIsLetIn();
    }

    @Test
    void whoKnowsASecretTrustsNobodyWithout() throws Exception {
        connect(listen(PLAIN), SECRET);
        assertThat(here.reason()).contains("has no secret, and this end has one");
        assertNobodyIsLetIn();
    }

    @Test
    void theSecretDoesNotCross() throws Exception {
        Meddler meddler = opened.keep(new Meddler(listen(SECRET)));
        connect(meddler.at(), SECRET);
        here.connection();
        assertThat(new String(meddler.heard(), StandardCharsets.ISO_8859_1)).contains("SUPERSTP").doesNotContain("what both ends know");
    }

    @Test
    void whatWasHeardFromAGoodConnectionOpensNoOther() throws Exception {
        HostPort at = listen(SECRET);
        Meddler meddler = opened.keep(new Meddler(at));
        connect(meddler.at(), SECRET);
        here.connection().send(new Frame(Frame.Type.FROM_MEMBER, 0, 0, -1, new byte[5]));
        there.frames(1);
        Socket socket = raw(at);
        socket.getOutputStream().write(meddler.heard());
        drain(socket);
        assertThat(there.refusal()).contains("is another than this end's");
        assertThat(there.events()).containsOnlyOnce("opened").containsOnlyOnce("received");
    }

    /** Sends three frames, of which the second is meddled with. */
    private void assertNoticed(UnaryOperator<byte[]> change) throws Exception {
        Meddler meddler = opened.keep(new Meddler(listen(SECRET)));
        connect(meddler.at(), SECRET);
        Connection from = here.connection();
        there.connection();
        from.send(frame(0));
        there.frames(1);
        meddler.changeForth(change);
        from.send(frame(1));
        from.send(frame(2));
        assertThat(there.reason()).contains("was changed on the way, or is not the next that was sent");
        here.reason();
        assertThat(there.frames(1)).hasSize(1);
    }

    private static Frame frame(int number) {
        return new Frame(Frame.Type.FROM_MEMBER, 0, 0, number, new byte[50]);
    }

    @Test
    void aChangedBitIsNoticed() throws Exception {
        var random = new SplittableRandom(3);
        assertNoticed(piece -> {
            piece[random.nextInt(25)] ^= 4;
            return piece;
        });
    }

    @Test
    void aFrameThatIsLeftOutIsNoticed() throws Exception {
        var left = new int[] {FRAME_BYTES};
        assertNoticed(piece -> {
            int cut = Math.min(left[0], piece.length);
            left[0] -= cut;
            return Arrays.copyOfRange(piece, cut, piece.length);
        });
    }

    @Test
    void aFrameThatIsPlayedAgainIsNoticed() throws Exception {
        Meddler meddler = opened.keep(new Meddler(listen(SECRET)));
        connect(meddler.at(), SECRET);
        Connection from = here.connection();
        // Only now has the last of the handshake passed the one between.
        there.connection();
        var whole = new ByteArrayOutputStream();
        meddler.changeForth(piece -> {
            whole.writeBytes(piece);
            if (whole.size() < FRAME_BYTES) {
                return new byte[0];
            }
            whole.writeBytes(whole.toByteArray());
            return whole.toByteArray();
        });
        from.send(frame(0));
        assertThat(there.reason()).contains("is not the next that was sent");
        assertThat(there.frames(1)).hasSize(1);
    }

    @Test
    void aLargeFrameBeforeTheHandshakeEndsTheConnection() throws Exception {
        Socket socket = raw(listen(SECRET));
        byte[] header = new byte[Frame.HEADER_BYTES];
        header[1] = 0x20;
        socket.getOutputStream().write(header);
        assertThat(drain(socket)).isZero();
        assertThat(there.refusal()).contains("at most 4096");
        assertNobodyIsLetIn();
    }

    @Test
    void whatIsNotSuperstepsEndsTheConnection() throws Exception {
        HostPort at = listen(SECRET);
        Socket browser = raw(at);
        browser.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        drain(browser);
        assertThat(there.refusal()).contains("is no frame");
        for (long seed = 0; seed < 20; seed++) {
            byte[] garbage = new byte[1000];
            new SplittableRandom(seed).nextBytes(garbage);
            Socket socket = raw(at);
            socket.getOutputStream().write(garbage);
            drain(socket);
        }
        assertNobodyIsLetIn();
    }

    @Test
    void aFrameOfDataBeforeTheHandshakeIsNotHeard() throws Exception {
        Socket socket = raw(listen(PLAIN));
        byte[] header = new byte[Frame.HEADER_BYTES];
        header[0] = 21;
        header[4] = (byte) Frame.Type.FROM_MEMBER.ordinal();
        socket.getOutputStream().write(header);
        drain(socket);
        assertNobodyIsLetIn();
    }

    private static SocketOptions guarded(Duration handshake, int strangers) {
        return new SocketOptions(SECRET.secret(), SECRET.tls(), SECRET.seals(), SECRET.heartbeat(), SECRET.timeout(), SECRET.connecting(),
            handshake, SECRET.flushing(), strangers, SECRET.queuedBytes(), SECRET.packing());
    }

    @Test
    void whoSpeaksSlowlyRunsOutOfTime() throws Exception {
        Socket socket = raw(listen(guarded(Duration.ofMillis(200), 8)));
        socket.getOutputStream().write(new byte[] {22});
        assertThat(drain(socket)).isZero();
        assertThat(there.refusal()).contains("has not told and proved who it is within 200 ms");
        assertNobodyIsLetIn();
    }

    @Test
    void whoeverComesWhenTooManyAreInTheHandshakeIsTurnedAwayUntilThereIsRoom() throws Exception {
        HostPort at = listen(guarded(Duration.ofSeconds(30), 3));
        var silent = new ArrayList<Socket>();
        for (int i = 0; i < 3; i++) {
            silent.add(raw(at));
        }
        connect(at, SECRET);
        assertThat(here.reason()).contains("before it said who it is");
        assertThat(here.isFinal()).isFalse();
        silent.get(0).close();
        // The place is free when this end has noticed, which nobody reports.
        for (int i = 2; !here.events().contains("opened"); i++) {
            connect(at, SECRET);
            int count = i;
            assertThat(here.events().size()).isLessThan(100);
            while (here.events().size() < count) {
                Thread.onSpinWait();
            }
        }
        // Those who have proved themselves take no place.
        for (int i = 0; i < 10; i++) {
            var next = new Recorder();
            opened.keep(new SocketNetwork(SECRET)).connect(at, MEMBER, next);
            next.connection();
        }
    }

    @Test
    void nobodyIsListenedForFromOtherMachinesWithoutASecret() throws Exception {
        for (String host : List.of("0.0.0.0", "::")) {
            var at = new HostPort(host, 0);
            assertThatThrownBy(() -> opened.keep(new SocketNetwork(PLAIN)).listen(at, MASTER, there)).isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen at " + at + " without a secret").hasMessageContaining("--secret-file");
        }
        assertThat(opened.keep(new SocketNetwork(SECRET)).listen(new HostPort("0.0.0.0", 0), MASTER, there).port()).isPositive();
    }

    @Test
    void onlyTlsMakesAWayOverANetworkSafe() throws Exception {
        var address = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
            .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress()).map(InetAddress::getHostAddress).findFirst();
        assumeTrue(address.isPresent(), "this machine has no address but its own");
        var at = new HostPort(address.get(), 0);
        connect(opened.keep(new SocketNetwork(SECRET)).listen(at, MASTER, there), SECRET);
        assertThat(here.connection().isSafe()).isFalse();
        assertThat(there.connection().isSafe()).isFalse();
        Certificates authority = Certificates.authority("ours");
        SocketOptions tls = SECRET.withTls(authority.signed(authority));
        var next = new Recorder();
        opened.keep(new SocketNetwork(tls)).connect(opened.keep(new SocketNetwork(tls)).listen(at, MASTER, there), MEMBER, next);
        assertThat(next.connection().isSafe()).isTrue();
        assertThat(there.connections(2).get(1).isSafe()).isTrue();
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
        Certificates ours = Certificates.authority("ours");
        Certificates theirs = Certificates.authority("theirs");
        connect(listen(PLAIN.withTls(ours.signed(ours))), PLAIN.withTls(theirs.signed(ours)));
        assertThat(here.reason()).contains("cannot agree on TLS with localhost").contains("--tls-ca");
        assertThat(here.isFinal()).isTrue();
        assertNobodyIsLetIn();
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTrusted() throws Exception {
        Certificates ours = Certificates.authority("ours");
        Certificates theirs = Certificates.authority("theirs");
        connect(listen(PLAIN.withTls(theirs.signed(ours))), PLAIN.withTls(ours.signed(ours)));
        assertThat(here.reason()).contains("cannot agree on TLS with localhost").contains("--tls-ca");
        assertNobodyIsLetIn();
    }

    @Test
    void whoShowsNoCertificateIsRefused() throws Exception {
        Certificates ours = Certificates.authority("ours");
        HostPort at = listen(PLAIN.withTls(ours.signed(ours)));
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        try (var socket = (SSLSocket) trusting.getSocketFactory().createSocket(at.host(), at.port())) {
            socket.setSoTimeout(READ_LIMIT_MS);
            assertThatThrownBy(() -> {
                socket.startHandshake();
                socket.getInputStream().read();
            }).isInstanceOf(IOException.class);
        }
        assertThat(there.refusal()).contains("cannot agree on TLS");
        assertNobodyIsLetIn();
    }

    private static final class Trusting implements X509TrustManager {
        @Override public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @Test
    void bothEndsHearThatOnlyTheOneThatListensUsesTls() throws Exception {
        Certificates ours = Certificates.authority("ours");
        HostPort at = listen(PLAIN.withTls(ours.signed(ours)));
        connect(at, PLAIN);
        assertThat(here.reason()).contains(at + " has closed the connection").contains("perhaps it uses TLS, and this end does not");
        assertThat(there.refusal()).contains("does not use TLS, and this end does");
        assertNobodyIsLetIn();
    }

    @Test
    void bothEndsHearThatOnlyTheOneThatConnectsUsesTls() throws Exception {
        Certificates ours = Certificates.authority("ours");
        connect(listen(PLAIN), PLAIN.withTls(ours.signed(ours)));
        assertThat(here.reason()).contains("TLS").doesNotContain("\n");
        assertThat(there.refusal()).contains("uses TLS, and this end does not");
        assertNobodyIsLetIn();
    }

    @Test
    void filesThatAreNoCertificatesAreNamed() throws Exception {
        var none = Path.of("no-such-file.pem");
        assertThatThrownBy(() -> new SocketNetwork(PLAIN.withTls(new TlsFiles(none, none, none)))).isInstanceOf(IOException.class)
            .hasMessageContaining("no-such-file.pem").hasMessageContaining("PKCS #8").hasMessageNotContaining("\n");
    }
}
