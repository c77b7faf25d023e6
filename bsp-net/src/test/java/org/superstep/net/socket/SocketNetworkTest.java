package org.superstep.net.socket;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.superstep.net.Network;
import org.superstep.net.NetworkLaws;

/** The laws of a network, for sockets. */
@ExtendWith(Leaks.class)
class SocketNetworkTest extends NetworkLaws {
    /** How both ends behave. */
    SocketOptions options() throws Exception {
        return SocketOptions.defaults();
    }

    IoThread.Kind kind() {
        return IoThread.Kind.best();
    }

    @Override protected List<Network> networks() throws Exception {
        return List.of(new SocketNetwork(bounded(options()), kind()), new SocketNetwork(bounded(options()), kind()));
    }

    private static SocketOptions bounded(SocketOptions options) {
        return new SocketOptions(options.secret(), options.tls(), options.seals(), options.heartbeat(), options.timeout(),
            options.connecting(), options.handshake(), options.flushing(), options.strangers(), BOUND, options.packing());
    }

    @Override protected int unused(int used) throws IOException {
        try (var taken = new ServerSocket(0)) {
            return taken.getLocalPort();
        }
    }
}
