package org.superstep.net.socket;

/** The laws of a network, for the sockets of machines that are not Linux. */
class NioNetworkTest extends SocketNetworkTest {
    @Override IoThread.Kind kind() {
        return IoThread.Kind.NIO;
    }
}
