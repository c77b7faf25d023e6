package org.superstep.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.superstep.net.Connection;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Frame;
import org.superstep.net.HostPort;
import org.superstep.net.Network;
import org.superstep.net.Party;

/** One process's view of a network, whose cable can be pulled. */
final class TestNetwork implements Network {
    private final Network network;
    private final Map<Long, Connection> open = new ConcurrentHashMap<>();
    private volatile boolean isCut;

    TestNetwork(Network network) {
        this.network = network;
    }

    /** Connections that stand. */
    int open() {
        return open.size();
    }

    /** Breaks all connections, and lets none stand any more. */
    void cut() {
        isCut = true;
        breakAll();
    }

    /** Breaks all connections; new ones can be made. */
    void breakAll() {
        // Those that stand now: what is made in answer to this is not meant.
        List.copyOf(open.values()).forEach(connection -> connection.close("the cable was pulled"));
    }

    /** Breaks the connections with other workers; the one with the master stands. */
    void breakPeers() {
        open.values().stream().filter(connection -> connection.party().role() != Party.Role.MASTER)
            .forEach(connection -> connection.close("the cable was pulled"));
    }

    @Override public HostPort listen(HostPort at, Party self, ConnectionListener listener) throws IOException {
        return network.listen(at, self, new Watched(listener));
    }

    @Override public void connect(HostPort to, Party self, ConnectionListener listener) {
        if (isCut) {
            listener.failed("the cable was pulled", false);
        } else {
            network.connect(to, self, new Watched(listener));
        }
    }

    @Override public void close() {
        network.close();
    }

    private final class Watched implements ConnectionListener {
        private final ConnectionListener listener;

        Watched(ConnectionListener listener) {
            this.listener = listener;
        }

        @Override public void opened(Connection connection) {
            open.put(connection.id(), connection);
            listener.opened(connection);
            if (isCut) {
                connection.close("the cable was pulled");
            }
        }

        @Override public void received(Connection connection, Frame frame) {
            listener.received(connection, frame);
        }

        @Override public void closed(Connection connection, String reason) {
            open.remove(connection.id());
            listener.closed(connection, reason);
        }

        @Override public void failed(String reason, boolean isFinal) {
            listener.failed(reason, isFinal);
        }
    }
}
