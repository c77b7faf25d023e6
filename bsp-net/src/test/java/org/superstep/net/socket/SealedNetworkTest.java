package org.superstep.net.socket;

import java.nio.charset.StandardCharsets;

/** The laws of a network, where both ends know a secret. */
class SealedNetworkTest extends SocketNetworkTest {
    @Override SocketOptions options() {
        return SocketOptions.defaults().withSecret(Secret.of("both ends know this".getBytes(StandardCharsets.UTF_8)));
    }
}
