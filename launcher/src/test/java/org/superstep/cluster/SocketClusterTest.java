package org.superstep.cluster;

import java.io.IOException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.superstep.net.Network;
import org.superstep.net.socket.SocketNetwork;
import org.superstep.net.socket.SocketOptions;

/** A cluster whose processes speak over sockets, each with a network of its own. */
class SocketClusterTest extends ClusterLaws {
    @Override Supplier<Network> networks() {
        return () -> {
            try {
                return new SocketNetwork(SocketOptions.defaults());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Override void close(Network used) {
        used.close();
    }

    /** Only here: a port of the network inside a process is never free again. */
    @Test
    void workersJoinAMasterThatIsStartedAgain() throws IOException {
        cluster.client().close();
        cluster.members().forEach(member -> member.network().breakAll());
        cluster.stopMasterAtOnce();
        cluster.startMaster();
        cluster.awaitIdle(2);
        requireGood(2);
    }
}
