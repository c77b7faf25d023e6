package org.superstep.net;

import java.util.List;

/** The laws of a network, for the one inside a process. */
class InProcessNetworkTest extends NetworkLaws {
    @Override protected List<Network> networks() {
        var network = new InProcessNetwork(BOUND);
        return List.of(network, network);
    }
}
