package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.superstep.net.Connection;
import org.superstep.net.Frame;
import org.superstep.net.HostPort;
import org.superstep.net.Party;
import org.superstep.net.Recorder;

/** A bit that is flipped on the way is found where anything proves what is sent. */
@ExtendWith(Leaks.class)
@Timeout(60)
class FlippedBitTest {
    private static final Party WORKER = new Party(Party.Role.PEER, "1.0", 1, 0);

    private static final Frame FRAME = new Frame(Frame.Type.ARCS_END, 1, 1, -1, new byte[4]);

    private final Opened opened = new Opened();
    private final Recorder there = new Recorder();
    private final Recorder here = new Recorder();

    @AfterEach
    void closeAll() throws Exception {
        opened.closeAll();
    }

    private Connection connected(SocketOptions options) throws Exception {
        HostPort at = opened.keep(new SocketNetwork(options)).listen(new HostPort("localhost", 0), WORKER, there);
        opened.keep(new SocketNetwork(options)).connect(at, WORKER, here);
        there.connection();
        here.connection().send(FRAME);
        there.frames(1);
        return here.connection();
    }

    @Test
    void aSealTellsIt() throws Exception {
        var connection = connected(SocketOptions.defaults().withSecret(Secret.of(new byte[16])));
        connection.corrupt();
        connection.send(FRAME);
        assertThat(there.reason()).contains("what has come was changed on the way");
    }

    @Test
    void tlsTellsIt() throws Exception {
        Certificates authority = Certificates.authority("ours");
        var connection = connected(SocketOptions.defaults().withTls(authority.signed(authority)));
        connection.corrupt();
        connection.send(FRAME);
        assertThat(there.reason()).isNotEmpty();
        // The frame may leave before the bit is flipped, and then it is a sign of life that shows it; nothing comes behind that.
        assertThat(there.events()).startsWith("opened", "received").endsWith("closed").hasSizeBetween(3, 4);
    }
}
