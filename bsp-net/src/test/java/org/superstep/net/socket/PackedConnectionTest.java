package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.superstep.net.Connection;
import org.superstep.net.Frame;
import org.superstep.net.HostPort;
import org.superstep.net.Party;
import org.superstep.net.Recorder;
import org.superstep.net.ToPeer;
import org.superstep.net.wire.PeerCodec;

/** What a connection packs, and what it leaves as it is. */
@ExtendWith(Leaks.class)
@Timeout(60)
class PackedConnectionTest {
    private static final Party PEER = new Party(Party.Role.PEER, "1.0");

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Recorder there = new Recorder();
    private final Recorder here = new Recorder();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable network : opened) {
            network.close();
        }
    }

    private Connection connect(Packing packing) throws IOException, InterruptedException {
        var listening = new SocketNetwork(SocketOptions.defaults().withPacking(packing));
        opened.add(listening);
        var connecting = new SocketNetwork(SocketOptions.defaults().withPacking(packing));
        opened.add(connecting);
        connecting.connect(listening.listen(new HostPort("localhost", 0), PEER, there), PEER, here);
        return here.connection();
    }

    private static Frame outbox(int bytes) {
        return PeerCodec.encode(new ToPeer.Outbox(0, 1, 2, new byte[bytes]), 3, 4);
    }

    @Test
    void largeOutboxesAndArcsArePackedAndNothingElse() throws Exception {
        Connection connection = connect(Packing.ALWAYS);
        List<Frame> sent = List.of(outbox(1000), outbox(100),
            PeerCodec.encode(new ToPeer.Hears(0, new long[1000], new int[0], new int[0]), 3, 4),
            PeerCodec.encode(new ToPeer.Arcs(0, 0, false, new long[1000], new long[1000], null, new long[0][]), 3, 4));
        var travelling = new ArrayList<Integer>();
        for (Frame frame : sent) {
            travelling.add(connection.sendData(frame));
        }
        List<Frame> received = there.frames(sent.size());
        assertThat(received).extracting(Frame::type).containsExactly(Frame.Type.PACKED, Frame.Type.OUTBOX, Frame.Type.HEARS,
            Frame.Type.PACKED);
        assertThat(received).extracting(frame -> frame.body().length).isEqualTo(travelling);
        assertThat(received.get(0).body().length).isLessThan(100);
        var decoded = (ToPeer.Outbox) PeerCodec.decode(received.get(0));
        assertThat(decoded.frame()).isEqualTo(new byte[1000]);
        assertThat(((ToPeer.Arcs) PeerCodec.decode(received.get(3))).hearers()).isEqualTo(new long[1000]);
    }

    @Test
    void whatPackingMakesLargerTravelsAsItIs() throws Exception {
        Connection connection = connect(Packing.ALWAYS);
        var body = new byte[300];
        new SplittableRandom(1).nextBytes(body);
        assertThat(connection.sendData(new Frame(Frame.Type.OUTBOX, 3, 4, 1, body))).isEqualTo(body.length);
        assertThat(there.frames(1).get(0).type()).isEqualTo(Frame.Type.OUTBOX);
    }

    @Test
    void nothingIsPackedThatStaysOnThisMachine() throws Exception {
        Connection connection = connect(Packing.WHEN_FASTER);
        var frames = new Frame[200];
        Arrays.fill(frames, outbox(1 << 20));
        for (Frame frame : frames) {
            assertThat(connection.sendData(frame)).isEqualTo(frame.body().length);
        }
        assertThat(there.frames(frames.length)).extracting(Frame::type).containsOnly(Frame.Type.OUTBOX);
    }

    @Test
    void aPackedFrameIsTheConnectionsOwn() throws Exception {
        Connection connection = connect(Packing.ALWAYS);
        assertThatThrownBy(() -> connection.sendData(new Frame(Frame.Type.PACKED, 0, 0, 0, new byte[10])))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("PACKED is the connection's own");
    }
}
