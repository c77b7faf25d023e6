package org.superstep.cluster;

import java.util.function.Supplier;
import org.superstep.net.InProcessNetwork;
import org.superstep.net.Network;

/** A cluster without sockets: all processes share one network, which the cluster closes. */
class InProcessClusterTest extends ClusterLaws {
    private final Network network = new InProcessNetwork();

    @Override Supplier<Network> networks() {
        return () -> network;
    }

    @Override void close(Network used) {
        // It is the others' as well.
    }
}
